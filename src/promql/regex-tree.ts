import type { Position } from './ast.js';

/** A regular expression of RE2 that JavaScript reads too, as a tree. */
export type PatternNode =
  /** A character, a class or an escape. */
  | { readonly kind: 'atom'; readonly source: string }
  /** What matches between characters: `^`, `$`, `\b`. */
  | { readonly kind: 'anchor' }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | {
      readonly kind: 'repeat';
      readonly of: PatternNode;
      readonly least: number;
      /** Infinity: without end. */
      readonly most: number;
      readonly at: Position;
    };

const token =
  /\\[pPu]\{[^}]*\}|\\x[0-9a-fA-F]{2}|\\[^]|\[\^?(?:\\[^]|[^\]\\])*\]|\((?:\?(?:P?<\w+>|[imsU-]*:))?|[^]/uy;
const quantifier = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/uy;

/** Reads a pattern that RE2 and JavaScript have accepted. */
export function patternTree(pattern: string): PatternNode {
  let at = /^\(\?[ims]+\)/.exec(pattern)?.[0].length ?? 0;

  function match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = at;
    const found = expression.exec(pattern) ?? undefined;
    if (found !== undefined) at += found[0].length;
    return found;
  }

  function choice(): PatternNode {
    const options: PatternNode[] = [];
    let items: PatternNode[] = [];
    for (;;) {
      const from = at;
      const text = match(token)?.[0];
      if (text === undefined || text === ')') break;
      if (text === '|') {
        options.push({ kind: 'sequence', items });
        items = [];
      } else {
        items.push(repeated(text.startsWith('(') ? choice() : single(text), from));
      }
    }
    const last: PatternNode = { kind: 'sequence', items };
    return options.length === 0 ? last : { kind: 'choice', options: [...options, last] };
  }

  function repeated(of: PatternNode, from: number): PatternNode {
    const found = match(quantifier);
    if (found === undefined) return of;
    const [text, least = '', comma, most = ''] = found;
    const bounds: readonly [number, number] =
      least !== ''
        ? [Number(least), comma === '' ? Number(least) : most === '' ? Infinity : Number(most)]
        : [text.startsWith('+') ? 1 : 0, text.startsWith('?') ? 1 : Infinity];
    return { kind: 'repeat', of, least: bounds[0], most: bounds[1], at: { from, to: at } };
  }

  return choice();
}

function single(text: string): PatternNode {
  return /^(?:[\^$]|\\[bBAz])$/.test(text) ? { kind: 'anchor' } : { kind: 'atom', source: text };
}
