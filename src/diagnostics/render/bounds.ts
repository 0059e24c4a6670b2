import type { SourceFile } from '../source-file.js';

/** Offsets of a line's first character and of its line end. */
export interface Bounds {
  readonly start: number;
  readonly end: number;
}

/** Where a line (from 1) stands in the text; unlike the line itself, it costs the same for a line of megabytes. */
export function lineBounds(source: SourceFile, number: number): Bounds {
  const start = source.lineStarts[number - 1] ?? source.text.length;
  let end = source.lineStarts[number] ?? source.text.length;
  while (end > start && /[\r\n]/.test(source.text.charAt(end - 1))) end -= 1;
  return { start, end };
}
