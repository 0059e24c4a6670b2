import type { TsCode } from '../../encode/typescript.js';

/**
 * Code with the places where it may be broken into lines: the same kinds of nodes as prettier's documents, of which this needs few.
 * A group is printed flat where it fits and broken otherwise.
 */
export type Layout =
  | TsCode
  | Punctuation
  | readonly Layout[]
  | { readonly kind: 'group' | 'indent' | 'ifBroken' | 'afterOperator'; readonly content: Layout }
  | { readonly kind: 'fill'; readonly items: readonly Layout[]; readonly end: Layout }
  | { readonly kind: 'line'; readonly flat: '' | ' '; readonly hard: boolean };

/** Text of ours between code. */
export type Punctuation =
  ' ' | ',' | ';' | ':' | '{' | '}' | '[' | ']' | '<' | '>' | '(' | ')' | '| ' | ' =' | ': ' | '{}';

/** A space, or a new line. */
export const line: Layout = { kind: 'line', flat: ' ', hard: false };
/** Nothing, or a new line. */
export const softLine: Layout = { kind: 'line', flat: '', hard: false };
/** A new line, which breaks the groups around it. */
export const hardLine: Layout = { kind: 'line', flat: '', hard: true };

export function group(content: Layout): Layout {
  return { kind: 'group', content };
}

export function indent(content: Layout): Layout {
  return { kind: 'indent', content };
}

/**
 * What follows a colon or an equals sign: on the same line, unless not even its beginning fits there; then on the next one, indented.
 */
export function afterOperator(content: Layout): Layout {
  return { kind: 'afterOperator', content };
}

/** What is printed only where the group around it is broken. */
export function ifBroken(content: Layout): Layout {
  return { kind: 'ifBroken', content };
}

/**
 * Items with lines between them, each of which is broken only where the next item would not fit.
 * @param end follows the last item where the group around the items is broken
 */
export function fill(items: readonly Layout[], end: Layout): Layout {
  return { kind: 'fill', items, end };
}

/** Items with something between each two. */
export function separated(items: readonly Layout[], separator: Layout): Layout {
  return items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
}

/** Columns of a line. */
export const lineWidth = 110;

type Fill = Extract<Layout, { readonly kind: 'fill' }>;

interface Command {
  readonly indent: number;
  readonly broken: boolean;
  readonly layout: Layout;
}

/** Prints at an indentation, which is written before the first line too. */
export function print(layout: Layout, indentation = 0): TsCode {
  const out: string[] = [' '.repeat(indentation)];
  let column = indentation;
  const todo: Command[] = [{ indent: indentation, broken: true, layout }];
  for (let command = todo.pop(); command !== undefined; command = todo.pop()) {
    const { indent: depth, broken, layout: node } = command;
    if (typeof node === 'string') {
      out.push(node);
      column += node.length;
    } else if (isList(node)) {
      for (const item of [...node].reverse()) todo.push({ indent: depth, broken, layout: item });
    } else if (node.kind === 'line') {
      if (broken || node.hard) {
        // An empty line has no indentation.
        if (column > 0 && out.at(-1) === ' '.repeat(column)) out.pop();
        out.push('\n', ' '.repeat(depth));
        column = depth;
      } else {
        out.push(node.flat);
        column += node.flat.length;
      }
    } else if (node.kind === 'fill') {
      todo.push(...fillCommands(node, command, lineWidth - column));
    } else if (node.kind === 'indent') {
      todo.push({ indent: depth + 2, broken, layout: node.content });
    } else if (node.kind === 'ifBroken') {
      if (broken) todo.push({ indent: depth, broken, layout: node.content });
    } else if (node.kind === 'afterOperator') {
      const same = { indent: depth, broken, layout: [' ', node.content] as const };
      const next = { indent: depth + 2, broken, layout: [hardLine, node.content] as const };
      todo.push(!broken || fits(same, todo, lineWidth - column) ? same : next);
    } else {
      const flat = { indent: depth, broken: false, layout: node.content };
      todo.push(!broken || fits(flat, todo, lineWidth - column) ? flat : { ...flat, broken: true });
    }
  }
  return out.join('') as TsCode;
}

function isList(layout: Layout): layout is readonly Layout[] {
  return Array.isArray(layout);
}

/** The first item of a fill and, after it, a line that is flat where the item behind it fits too; pushed in reverse. */
function fillCommands(fillNode: Fill, around: Command, room: number): Command[] {
  const [first, between, second, ...rest] = fillNode.items;
  if (first === undefined) return [];
  const { end } = fillNode;
  const at = (layout: Layout, broken: boolean): Command => ({ indent: around.indent, broken, layout });
  const closed = (item: Layout, isLast: boolean): Layout => (isLast && around.broken ? [item, end] : item);
  const head = closed(first, second === undefined);
  const printedHead = at(head, !fits(at(head, false), [], room));
  if (between === undefined || second === undefined) return [printedHead];
  const pair = [head, between, closed(second, rest.length === 0)];
  const pairFits = fits(at(pair, false), [], room);
  return [at(fill([second, ...rest], end), around.broken), at(between, !pairFits), printedHead];
}

/** Whether a command and what follows it up to the next line end fit into the room. */
function fits(command: Command, following: readonly Command[], room: number): boolean {
  const todo: Command[] = [command];
  let left = room;
  let next = following.length;
  while (left >= 0) {
    let current = todo.pop();
    if (current === undefined) {
      next -= 1;
      current = following[next];
      if (current === undefined) return true;
    }
    const { indent: depth, broken, layout: node } = current;
    if (typeof node === 'string') {
      left -= node.length;
    } else if (isList(node)) {
      for (const item of [...node].reverse()) todo.push({ indent: depth, broken, layout: item });
    } else if (node.kind === 'line') {
      if (node.hard) return broken;
      if (broken) return true;
      left -= node.flat.length;
    } else if (node.kind === 'fill') {
      for (const item of [...node.items].reverse()) todo.push({ indent: depth, broken, layout: item });
    } else if (node.kind === 'afterOperator') {
      todo.push({ indent: depth, broken, layout: [' ', node.content] });
    } else if (node.kind !== 'ifBroken' || broken) {
      // A group that follows counts as broken, so that only what stands before its first line has to fit.
      todo.push({ indent: depth, broken, layout: node.content });
    }
  }
  return false;
}
