import type { Markdown } from './markdown.js';

/** `<` where it could begin HTML or an automatic link. */
function withoutTags(part: string): string {
  return part.replace(/<(?=[A-Za-z/!?])/g, '&lt;');
}

/**
 * A line in pieces, words and code spans in turn, where every span that opens on it closes on it; undefined where one does not. A bar in
 * code could end a cell of a table and the code with it: such a line is not certain either.
 */
function codeSpansOf(line: string): readonly string[] | undefined {
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

/**
 * A paragraph, a list or a table, without HTML. What is code depends on all of it, so code is spared only where every line settles that
 * for itself; elsewhere an entity is shown in code, which is ugly and safe.
 */
function chunkWithoutTags(lines: readonly string[]): readonly string[] {
  const spans = lines.map((line) => (line.includes('\\`') ? undefined : codeSpansOf(line)));
  if (spans.includes(undefined)) return lines.map(withoutTags);
  return spans.map((pieces = []) =>
    pieces.map((piece, index) => (index % 2 === 0 ? withoutTags(piece) : piece)).join(''),
  );
}

/**
 * Markdown that the author of the spec wrote, of several lines, in which no HTML can open: `<` before a letter becomes an entity, except
 * in code that is certain to be code: a fence at the start of a line, and spans that end on their line. Its headings and open fences are
 * still its own: it belongs into a quotation or a panel of its own.
 */
export function authored(value: string): Markdown {
  const lines = value
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, ' ')
    .trimEnd()
    .split('\n');
  const out: string[] = [];
  let chunk: string[] = [];
  let fence: string | undefined;
  for (const line of lines) {
    if (fence !== undefined) {
      out.push(line);
      const close = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1];
      if (close?.startsWith(fence) === true) fence = undefined;
      continue;
    }
    fence = /^(`{3,})[^`]*$/.exec(line)?.[1] ?? /^(~{3,})/.exec(line)?.[1];
    if (fence === undefined && line.trim() !== '') {
      chunk.push(line);
      continue;
    }
    out.push(...chunkWithoutTags(chunk), line);
    chunk = [];
  }
  return [...out, ...chunkWithoutTags(chunk)].join('\n') as Markdown;
}
