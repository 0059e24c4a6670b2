import { TemplateError } from './error.js';

/** What a template is made of, as far as it is filled in here. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | { readonly kind: 'declare'; readonly name: string; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'with';
      readonly pipeline: Pipeline;
      readonly then: readonly Node[];
      readonly otherwise: readonly Node[];
    };

/** Commands, each of which gets the value of the one before as its last argument. */
export type Pipeline = readonly Command[];
export type Command = readonly Operand[];
export type Operand =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number; readonly isWhole: boolean }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** `$labels.x`, `.Labels.x`; `.` alone has no path. */
  | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline };

const token =
  /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\$\w*(?:\.\w+)*|(?:\.[A-Za-z_]\w*)+|[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|\.|[A-Za-z_]\w*|:=|[|()=,]|[^]/gi;

interface Piece {
  readonly kind: 'text' | 'action';
  readonly text: string;
}

/** Text and actions, with the space that `{{-` and `-}}` eat taken away, and comments left out. */
function pieces(template: string): readonly Piece[] {
  const found: Piece[] = [];
  // A quotation mark is never a character by itself: what is not closed would be tried in twice as many ways with every string in it.
  const action =
    /\{\{(-\s)?((?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\/\*(?:[^*]|\*(?!\/))*\*\/|\/(?!\*)|(?!\}\})[^"`'/])*?)(\s-)?\}\}/g;
  let at = 0;
  let trims = false;
  const push = (text: string): void => {
    const kept = trims ? text.trimStart() : text;
    if (kept !== '') found.push({ kind: 'text', text: kept });
  };
  for (const each of template.matchAll(action)) {
    const before = template.slice(at, each.index);
    push(each[1] === undefined ? before : before.trimEnd());
    trims = each[3] !== undefined;
    at = each.index + each[0].length;
    const text = (each[2] ?? '').trim();
    if (!text.startsWith('/*')) found.push({ kind: 'action', text });
  }
  push(template.slice(at));
  return found;
}

/** Reads the words of one action. */
class ActionReader {
  readonly words: readonly string[];
  at = 0;

  constructor(text: string) {
    this.words = (text.match(token) ?? []).filter((word) => word.trim() !== '');
  }

  pipeline(): Pipeline {
    const commands: Command[] = [];
    for (;;) {
      const operands: Operand[] = [];
      for (let word = this.words[this.at]; word !== undefined && word !== '|' && word !== ')';) {
        operands.push(this.operand(word));
        word = this.words[this.at];
      }
      if (operands.length === 0) throw new TemplateError('a command of a template is empty');
      commands.push(operands);
      if (this.words[this.at] !== '|') return commands;
      this.at += 1;
    }
  }

  operand(word: string): Operand {
    this.at += 1;
    if (word.startsWith('"')) {
      try {
        return { kind: 'string', value: JSON.parse(word) as string };
      } catch {
        throw new TemplateError(`the string ${word} of a template is not read`);
      }
    }
    if (word.startsWith('`')) return { kind: 'string', value: word.slice(1, -1) };
    if (/^[+-]?\.?\d/.test(word))
      return { kind: 'number', value: Number(word), isWhole: /^[+-]?\d+$/.test(word) };
    if (word === 'true' || word === 'false') return { kind: 'bool', value: word === 'true' };
    if (word === '.') return { kind: 'variable', name: '.', path: [] };
    if (word.startsWith('$') || word.startsWith('.')) {
      const [name = '', ...path] = word.split('.');
      return { kind: 'variable', name: name === '' ? '.' : name, path };
    }
    if (word === '(') {
      const pipeline = this.pipeline();
      if (this.words[this.at] !== ')') throw new TemplateError('a parenthesis of a template is not closed');
      this.at += 1;
      return { kind: 'pipeline', pipeline };
    }
    if (/^[A-Za-z_]/.test(word)) return { kind: 'function', name: word };
    throw new TemplateError(`${word} is not understood in a template`);
  }
}

class TemplateReader {
  readonly pieces: readonly Piece[];
  at = 0;

  constructor(template: string) {
    this.pieces = pieces(template);
  }

  /** Nodes up to the end, or up to `else` or `end`, which is left to be read. */
  nodes(isInner: boolean): readonly Node[] {
    const found: Node[] = [];
    for (let piece = this.pieces[this.at]; piece !== undefined; piece = this.pieces[this.at]) {
      if (piece.kind === 'text') {
        found.push({ kind: 'text', text: piece.text });
        this.at += 1;
        continue;
      }
      if (/^(?:else|end)\b/.test(piece.text)) {
        if (isInner) return found;
        throw new TemplateError(`${piece.text} stands outside a block of a template`);
      }
      this.at += 1;
      found.push(this.action(piece.text));
    }
    if (isInner) throw new TemplateError('a block of a template is not ended');
    return found;
  }

  action(text: string): Node {
    const word = /^(?:if|with|range|block|define|template|break|continue)\b/.exec(text)?.[0];
    if (word === 'if' || word === 'with') return this.block(word, text.slice(word.length));
    if (word !== undefined) throw new TemplateError(`{{ ${word} }} is not filled in`);
    const declared = /^(\$\w+)\s*:?=\s*([^]*)$/.exec(text);
    if (declared !== null)
      return { kind: 'declare', name: declared[1] ?? '', pipeline: pipelineOf(declared[2] ?? '') };
    return { kind: 'action', pipeline: pipelineOf(text) };
  }

  block(kind: 'if' | 'with', condition: string): Node {
    const pipeline = pipelineOf(condition);
    const then = this.nodes(true);
    const next = this.pieces[this.at]?.text ?? '';
    this.at += 1;
    if (next === 'end') return { kind, pipeline, then, otherwise: [] };
    const chained = /^else\s+(if|with)\b([^]*)$/.exec(next);
    if (chained !== null)
      return {
        kind,
        pipeline,
        then,
        otherwise: [this.block(chained[1] === 'if' ? 'if' : 'with', chained[2] ?? '')],
      };
    const otherwise = this.nodes(true);
    this.at += 1;
    return { kind, pipeline, then, otherwise };
  }
}

function pipelineOf(text: string): Pipeline {
  if (text.includes(':=')) throw new TemplateError('a variable inside a condition is not filled in');
  const reader = new ActionReader(text);
  const found = reader.pipeline();
  if (reader.at < reader.words.length) throw new TemplateError(`{{ ${text} }} is not understood`);
  return found;
}

/** @throws TemplateError where a template has what is not filled in here */
export function parseTemplate(template: string): readonly Node[] {
  return new TemplateReader(template).nodes(false);
}
