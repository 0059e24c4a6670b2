import type { Range } from '../../diagnostics/diagnostic.js';
import { lineBounds } from '../../diagnostics/render/bounds.js';
import { SourceFile } from '../../diagnostics/source-file.js';
import type { Place } from './seen.js';

/** Characters of one line that a finding shows. */
const longestLine = 500;

function partOf(source: SourceFile, start: number, end: number, part: string | undefined): Range {
  if (part === undefined || part === '') return { source, start, end };
  const at = source.text.slice(start, end).indexOf(part);
  return at < 0 ? { source, start, end } : { source, start: start + at, end: start + at + part.length };
}

/** A line of a text that is kept whole. */
export function lineOf(source: SourceFile, line: number): Place {
  return (part) => {
    const { start, end } = lineBounds(source, line);
    return partOf(source, start, Math.min(end, start + longestLine), part);
  };
}

/**
 * A place that is told by what stood there alone: the text that it came with is not kept.
 * @param path what it was: a file, or the address that took it
 * @param line from 1, in that file; the lines above stay empty
 * @param text of one line, made when it is first asked for
 */
export function shownAt(path: string, line: number, text: () => string): Place {
  let source: SourceFile | undefined;
  return (part) => {
    const whole = text().replace(/[\r\n]+/g, ' ');
    const shown = whole.length > longestLine ? `${whole.slice(0, longestLine)}…` : whole;
    source ??= new SourceFile(path, '\n'.repeat(line - 1) + shown);
    return partOf(source, line - 1, line - 1 + shown.length, part);
  };
}
