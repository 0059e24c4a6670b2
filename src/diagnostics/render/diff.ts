import type { Fix } from '../diagnostic.js';
import { SourceFile } from '../source-file.js';
import { lineBounds } from './bounds.js';
import { gutterLine, type FrameStyle } from './frame.js';
import { drawLine } from './line.js';
import { maskedSlice, type Redactor } from './masking.js';

/** Lines of each side that are shown at most. */
const shownLines = 6;
const lineEnd = /\r\n|\r|\n/;

interface Side {
  readonly lines: readonly string[];
  readonly firstLine: number;
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

/** The lines that a fix takes away and those that it puts there, lines that stay the same left out, secrets masked. */
function sides(fix: Fix, redact: Redactor): { removed: Side; added: Side } {
  const { source } = fix.range;
  const start = Math.max(0, Math.min(fix.range.start, source.text.length));
  const end = Math.max(start, Math.min(fix.range.end, source.text.length));
  const firstLine = source.position(start).line;
  const lastLine = source.position(end).line;
  const from = lineBounds(source, firstLine).start;
  const to = lineBounds(source, lastLine).end;
  const before = maskedSlice(source, from, to).split(lineEnd);
  const after = (maskedSlice(source, from, start) + redact(fix.text) + maskedSlice(source, end, to)).split(
    lineEnd,
  );
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - same;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return {
    removed: { lines: before.slice(same, before.length - tail), firstLine: firstLine + same },
    added: { lines: after.slice(same, after.length - tail), firstLine: firstLine + same },
  };
}

/** The largest line number that the diff of a fix shows. */
export function lastLineOfFix(fix: Fix): number {
  const first = fix.range.source.position(fix.range.start).line;
  const last = fix.range.source.position(fix.range.end).line;
  return Math.max(last, first + fix.text.split(lineEnd).length - 1);
}

/** A fix as the lines that it changes, `-` before those that go and `+` before those that come. */
export function fixDiff(fix: Fix, style: Pick<FrameStyle, 'paint' | 'gutter'>, redact: Redactor): string[] {
  const { removed, added } = sides(fix, redact);
  const rows = [gutterLine(style, '', '')];
  const show = (side: Side, other: Side, sign: '-' | '+'): void => {
    for (const [index, line] of side.lines.slice(0, shownLines).entries()) {
      // The line is masked already, so it can be drawn as a file of its own, cut around what differs.
      const drawn = drawLine(new SourceFile('', line), 1, commonPrefix(line, other.lines[index] ?? ''));
      const number = style.paint('gutter', String(side.firstLine + index).padStart(style.gutter));
      const change = style.paint(sign === '-' ? 'removed' : 'added', `${sign} ${drawn.text}`.trimEnd());
      rows.push(`${number} ${change}`);
    }
    if (side.lines.length > shownLines) {
      const rest = side.lines.length - shownLines;
      rows.push(`${' '.repeat(style.gutter)} ${sign} ... ${rest} more ${rest === 1 ? 'line' : 'lines'}`);
    }
  };
  show(removed, added, '-');
  show(added, removed, '+');
  return rows;
}
