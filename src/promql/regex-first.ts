import type { PatternNode } from './regex-tree.js';

/** Characters that something can begin with; more than it can, where that is not known exactly. */
export interface First {
  /** Of the first 128 characters, by code. */
  readonly ascii: readonly boolean[];
  /** Whether some other character can. */
  readonly beyond: boolean;
  /** Whether it can match without taking a character: then what follows is not known here. */
  readonly isEmpty: boolean;
}

/** Begins with anything: nothing is known of it. */
export const anything: First = { ascii: [], beyond: false, isEmpty: true };
/** Begins with no character: it is the end. */
export const nothing: First = { ascii: [], beyond: false, isEmpty: false };
const known = new Map<string, First>();

/** What a row of parts can begin with, given what follows it. */
export function firstOf(items: readonly PatternNode[], follow: First = anything): First {
  let first = anything;
  for (const item of items) {
    // Asked once: a question for each of two uses would double with every parenthesis inside another.
    const next = ofNode(item);
    first = { ...either(first, next), isEmpty: next.isEmpty };
    if (!first.isEmpty) return first;
  }
  return { ...either(first, follow), isEmpty: follow.isEmpty };
}

/** Whether one character can begin both. What can be empty begins with anything. */
export function overlap(one: First, other: First): boolean {
  return (
    one.isEmpty ||
    other.isEmpty ||
    (one.beyond && other.beyond) ||
    one.ascii.some((can, code) => can && other.ascii[code] === true)
  );
}

function ofNode(node: PatternNode): First {
  switch (node.kind) {
    case 'atom':
      return ofAtom(node.source);
    case 'anchor':
      return anything;
    case 'sequence':
      return firstOf(node.items);
    case 'choice':
      return node.options
        .map((option) => firstOf([option]))
        .reduce((all, each) => ({ ...either(all, each), isEmpty: all.isEmpty || each.isEmpty }), {
          ...nothing,
        });
    case 'repeat': {
      const of = ofNode(node.of);
      return { ...of, isEmpty: of.isEmpty || node.least === 0 };
    }
  }
}

function either(one: First, other: First): Pick<First, 'ascii' | 'beyond'> {
  const ascii = Array.from(
    { length: 128 },
    (_, code) => one.ascii[code] === true || other.ascii[code] === true,
  );
  return { ascii, beyond: one.beyond || other.beyond };
}

/** The engine itself says what a class holds; letters count in both cases, since a pattern may ignore the case. */
function ofAtom(source: string): First {
  let first = known.get(source);
  if (first === undefined) {
    const expression = new RegExp(`^(?:${source})$`, 'iu');
    const ascii = Array.from({ length: 128 }, (_, code) => expression.test(String.fromCharCode(code)));
    // Letters with the sign of a class: \W, \p{L}, [^a], a dot; and every character beyond ASCII itself.
    const beyond = /^\.$|^\[\^|\\[WDSpPux]|[^\x20-\x7e]/u.test(source);
    known.set(source, (first = { ascii, beyond, isEmpty: false }));
  }
  return first;
}
