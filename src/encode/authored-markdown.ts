import type { Markdown } from './markdown.js';

/** `<` where it could begin HTML or an automatic link. */
function withoutTags(part: string): string {
  return part.replace(/<(?=[A-Za-z/!?])/g, '&lt;');
}

/**
 * A line in pieces, words and code spans in turn, where every span that opens on it closes on it; undefined where one does not. A bar in
 * code could end a cell of a table and the code with it, and a backslash takes a backtick out of the code: such lines are not certain.
 */
function codeSpansOf(line: string): readonly string[] | undefined {
  if (line.includes('\\`')) return undefined;
  const pieces: string[] = [];
  let rest = line;
  for (let open = /`+/.exec(rest); open !== null; open = /`+/.exec(rest)) {
    const [run] = open;
    const from = open.index + run.length;
    const close = [...rest.slice(from).matchAll(/`+/g)].find(([each]) => each === run);
    if (close === undefined) return undefined;
    const end = from + close.index + run.length;
    const span = rest.slice(open.index, end);
    if (span.includes('|')) return undefined;
    pieces.push(rest.slice(0, open.index), span);
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

/** Lines between blank ones, or a fence at the start of a line and what it holds, up to its end. */
interface Block {
  readonly kind: 'fence' | 'words';
  readonly lines: readonly string[];
}

function blocksOf(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  let open: string[] = [];
  let fence: string | undefined;
  const finish = (kind: Block['kind']): void => {
    if (open.length > 0) blocks.push({ kind, lines: open });
    open = [];
  };
  for (const line of lines) {
    const opening = /^(`{3,})[^`]*$/.exec(line)?.[1] ?? /^(~{3,})/.exec(line)?.[1];
    if (fence === undefined && opening !== undefined) {
      finish('words');
      fence = opening;
      open.push(line);
      continue;
    }
    open.push(line);
    if (fence === undefined) {
      if (line.trim() === '') finish('words');
    } else if (/^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1]?.startsWith(fence) === true) {
      finish('fence');
      fence = undefined;
    }
  }
  finish(fence === undefined ? 'words' : 'fence');
  return blocks;
}

/** Links and addresses that have ended before any code begins. */
const plainLink = /\[[^[\]`\\${}]*\](?:\([^\s()<>[\]`"'\\${}]*\)|(?![([:]))/g;
const plainAddress = /(?:https?:\/\/|www\.)[^\s<>[\]`${}]*(?=\s|$)/gi;

/**
 * What can take a backtick, or a fence, to itself, so that what looks like code is none: an address up to the next blank; the target,
 * the title or the label of a link; a formula; a tag of a template.
 */
const taking = /:\/\/|www\.|mailto:|[[$]|\{[{%]/i;

/**
 * Whether what looks like code is code for every reader of Markdown, wherever it stands in the text. A reader that sees it in another way
 * has to have met something before it, outside of code, that took its beginning; here nothing can.
 */
function leavesCodeAlone(blocks: readonly Block[]): boolean {
  // Between such lines at the very beginning some readers look for the page's properties.
  if (/^(?:---|\+\+\+)/.test(blocks[0]?.lines[0] ?? '')) return false;
  return blocks.every(({ kind, lines }) => {
    const words = (kind === 'fence' ? [] : lines)
      .map((line) => codeSpansOf(line)?.map((piece, index) => (index % 2 === 0 ? piece : '`')) ?? [line])
      .map((pieces) => pieces.join(''))
      .join('\n');
    return !taking.test(words.replace(plainLink, ' ').replace(plainAddress, ' '));
  });
}

/**
 * A paragraph, a list or a table, without HTML. What is code depends on all of it, so code is spared only where every line settles that
 * for itself; elsewhere an entity is shown in code, which is ugly and safe.
 */
function wordsWithoutTags(lines: readonly string[]): readonly string[] {
  const spans = lines.map(codeSpansOf);
  if (spans.includes(undefined)) return lines.map(withoutTags);
  return spans.map((pieces = []) =>
    pieces.map((piece, index) => (index % 2 === 0 ? withoutTags(piece) : piece)).join(''),
  );
}

/**
 * Markdown that the author of the spec wrote, of several lines, in which no HTML can open: `<` before a letter becomes an entity, except
 * in code that is certain to be code: a fence at the start of a line, and spans that end on their line, in a text without anything that
 * could swallow their backticks. Its headings and open fences are still its own: it belongs into a quotation or a panel of its own.
 */
export function authored(value: string): Markdown {
  const lines = value
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, ' ')
    .trimEnd()
    .split('\n');
  const blocks = blocksOf(lines);
  if (!leavesCodeAlone(blocks)) return lines.map(withoutTags).join('\n') as Markdown;
  return blocks
    .flatMap((block) => (block.kind === 'fence' ? block.lines : wordsWithoutTags(block.lines)))
    .join('\n') as Markdown;
}
