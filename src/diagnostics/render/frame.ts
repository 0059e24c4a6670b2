import type { Range } from '../diagnostic.js';
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
  while (end > start + 1 && /\s/.test(source.text.charAt(end - 1))) end -= 1;
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

function contextAbove(range: Range, firstLine: number): number[] {
  const lines: number[] = [];
  for (let line = Math.max(1, firstLine - contextLines); line < firstLine; line += 1) {
    if (lines.length > 0 || range.source.line(line).trim() !== '') lines.push(line);
  }
  return lines;
}

/** The code frame of a range: source lines with the range underlined, columns counted as a terminal draws them. */
export function codeFrame(range: Range, style: FrameStyle): string[] {
  const { source } = range;
  const span = spanOf(range);
  const rows = [gutterLine(style, '', '')];
  if (style.context) {
    for (const line of contextAbove(range, span.firstLine)) {
      const drawn = drawLine(source, line, source.lineStarts[line - 1] ?? 0);
      rows.push(gutterLine(style, String(line), drawn.text));
    }
  }
  const count = span.lastLine - span.firstLine + 1;
  for (let line = span.firstLine; line <= span.lastLine; line += 1) {
    if (count > wholeRangeLines && line === span.firstLine + 2) {
      rows.push(style.paint('gutter', '...'));
      line = span.lastLine;
    }
    const lineStart = source.lineStarts[line - 1] ?? 0;
    const text = source.line(line);
    const indent = lineStart + text.length - text.trimStart().length;
    const from = line === span.firstLine ? span.start : indent;
    const to = line === span.lastLine ? span.end : lineStart + text.trimEnd().length;
    const drawn = drawLine(source, line, from);
    rows.push(gutterLine(style, String(line), drawn.text));
    if (line !== span.firstLine && to <= from) continue;
    const columns = drawn.columns(from, Math.max(from, to));
    const label = line === span.lastLine && style.label !== '' ? ` ${style.label}` : '';
    const underline = style.paint(style.tone, style.mark.repeat(columns.to - columns.from) + label);
    rows.push(gutterLine(style, '', ' '.repeat(columns.from) + underline));
  }
  return rows;
}
