import { indentationAt } from '../../file/text-style.js';

/** A place where text can stand on lines of its own: the start of a line, and the indentation that the line has. */
export interface LinePlace {
  readonly at: number;
  readonly indentation: string;
}

/** White space, and comments that end on their line. */
const blank = /^[ \t]*(?:\/\*(?:[^*]|\*(?!\/))*\*\/[ \t]*)*(?:\/\/.*)?$/;

/** Where the line of a place ends, its line break excluded; undefined where more than a comment follows on it. */
export function lineEnd(text: string, at: number): number | undefined {
  const next = text.indexOf('\n', at);
  if (next < 0) return undefined;
  const end = next > at && text[next - 1] === '\r' ? next - 1 : next;
  return blank.test(text.slice(at, end)) ? end : undefined;
}

/** The line after a place, empty ones passed over; undefined where more than a comment follows on its own line. */
export function nextLine(text: string, at: number): LinePlace | undefined {
  if (lineEnd(text, at) === undefined) return undefined;
  let start = text.indexOf('\n', at) + 1;
  for (;;) {
    const indentation = indentationAt(text, start);
    const end = start + indentation.length;
    const breaks = text[end] === '\r' && text[end + 1] === '\n' ? 2 : text[end] === '\n' ? 1 : 0;
    if (breaks === 0) return { at: start, indentation };
    start = end + breaks;
  }
}

/** The line that a token begins; undefined where something stands before it. */
export function ownLine(text: string, at: number): LinePlace | undefined {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const indentation = indentationAt(text, start);
  return start + indentation.length === at ? { at: start, indentation } : undefined;
}

/** The indentation of the line that a place is on. */
export function indentationOf(text: string, at: number): string {
  return indentationAt(text, text.lastIndexOf('\n', at - 1) + 1);
}
