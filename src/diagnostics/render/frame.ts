import type { Range } from '../diagnostic.js';
import type { SourceFile } from '../source-file.js';
import { lineBounds } from './bounds.js';
import { drawLine } from './line.js';
import type { Paint, Tone } from './style.js';
import { visible } from './visible.js';

/** Non-blank lines shown above the place, for orientation. */
const contextLines = 2;
/** A range over more lines than this shows its first and its last ones. */
const wholeRangeLines = 4;

/** How a place is shown. */
export interface FrameStyle {
  readonly paint: Paint;
  /** Digits of the largest line number that the diagnostic shows. */
  readonly gutter: number;
  readonly tone: Tone;
  readonly mark: '^' | '-';
  /** What stands behind the underline. */
  readonly label: string;
  readonly context: boolean;
}

/** The lines that a range covers; trailing white space and line ends are no part of what is meant. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

function spanOf(range: Range): Span {
  const { source } = range;
  const start = Math.max(0, Math.min(range.start, source.text.length));
  let end = Math.max(start, Math.min(range.end, source.text.length));
  while (end > start + 1 && isSpace(source, end - 1)) end -= 1;
  // A range that is a line end alone is a place, not a stretch.
  if (end === start + 1 && /[\r\n]/.test(source.text.charAt(start))) end = start;
  const firstLine = source.position(start).line;
  return { start, end, firstLine, lastLine: end > start ? source.position(end - 1).line : firstLine };
}

/** The largest line number that the frame of a range shows. */
export function lastLineShown(range: Range): number {
  return spanOf(range).lastLine;
}

/** `file:line:column` of where a range starts. */
export function placeOf(range: Range): string {
  const { line, column } = range.source.position(range.start);
  return `${visible(range.source.path)}:${line}:${column}`;
}

/** One line of a frame: a number or a blank, the bar, and what stands right of it. */
export function gutterLine(style: Pick<FrameStyle, 'paint' | 'gutter'>, head: string, body: string): string {
  const bar = style.paint('gutter', `${head.padStart(style.gutter)} |`);
  return body === '' ? bar : `${bar} ${body}`;
}

/** A span that no line is the first or last of. */
const nowhere: Span = { start: 0, end: 0, firstLine: 0, lastLine: 0 };

function contextAbove(range: Range, firstLine: number): number[] {
  const lines: number[] = [];
  for (let line = Math.max(1, firstLine - contextLines); line < firstLine; line += 1) {
    const { from, to } = part(range.source, nowhere, line);
    if (lines.length > 0 || to > from) lines.push(line);
  }
  return lines;
}

/** What a span covers of one of its lines, the indentation and trailing white space of lines that it covers whole left out. */
function part(source: SourceFile, span: Span, line: number): { readonly from: number; readonly to: number } {
  const bounds = lineBounds(source, line);
  let from = line === span.firstLine ? span.start : bounds.start;
  let to = line === span.lastLine ? span.end : bounds.end;
  if (line !== span.firstLine) while (from < to && isSpace(source, from)) from += 1;
  if (line !== span.lastLine) while (to > from && isSpace(source, to - 1)) to -= 1;
  return { from, to };
}

function isSpace(source: SourceFile, offset: number): boolean {
  return /\s/.test(source.text.charAt(offset));
}

/** The code frame of a range: source lines with the range underlined, columns counted as a terminal draws them. */
export function codeFrame(range: Range, style: FrameStyle): string[] {
  const { source } = range;
  const span = spanOf(range);
  const rows = [gutterLine(style, '', '')];
  if (style.context) {
    for (const line of contextAbove(range, span.firstLine)) {
      const drawn = drawLine(source, line, lineBounds(source, line).start);
      rows.push(gutterLine(style, String(line), drawn.text));
    }
  }
  const count = span.lastLine - span.firstLine + 1;
  for (let line = span.firstLine; line <= span.lastLine; line += 1) {
    if (count > wholeRangeLines && line === span.firstLine + 2) {
      rows.push(style.paint('gutter', '...'));
      line = span.lastLine;
    }
    const { from, to } = part(source, span, line);
    const drawn = drawLine(source, line, from);
    rows.push(gutterLine(style, String(line), drawn.text));
    if (line !== span.firstLine && to <= from) continue;
    const columns = drawn.columns(from, to);
    const label = line === span.lastLine && style.label !== '' ? ` ${style.label}` : '';
    const underline = style.paint(style.tone, style.mark.repeat(columns.to - columns.from) + label);
    rows.push(gutterLine(style, '', ' '.repeat(columns.from) + underline));
  }
  return rows;
}
