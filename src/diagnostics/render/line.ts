import type { SourceFile } from '../source-file.js';
import { lineBounds } from './bounds.js';
import { hiddenBetween, mask } from './masking.js';
import { visibleCharacter } from './visible.js';
import { characters, characterWidth } from './width.js';

/** Columns of source text that a frame shows at most. */
const widestLine = 100;
/** Columns kept before the focus of a line that is cut. */
const keptBefore = 36;
/** UTF-16 units read around the focus: a line may hold megabytes. */
const readAround = 600;
const tabStop = 4;
const ellipsis = '\u2026';

/** A character as it is drawn, and the stretch of the file that it stands for. */
interface Cell {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly width: number;
}

/** A line made ready for a terminal. */
export interface DrawnLine {
  readonly text: string;
  /** The columns (from 0, `to` exclusive) under which offsets `start` to `end` of the file stand; at least one column. */
  columns(start: number, end: number): { readonly from: number; readonly to: number };
}

function drawnWidth(text: string): number {
  let width = 0;
  for (const character of characters(text)) width += characterWidth(character);
  return width;
}

/** Moves a cut off the middle of a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}

function plainCells(text: string, start: number, column: number): Cell[] {
  const cells: Cell[] = [];
  let at = start;
  let drawnAt = column;
  for (const character of characters(text)) {
    const shown =
      character === '\t' ? ' '.repeat(tabStop - (drawnAt % tabStop)) : visibleCharacter(character);
    const width = shown === character ? characterWidth(character) : drawnWidth(shown);
    cells.push({ start: at, end: at + character.length, text: shown, width });
    at += character.length;
    drawnAt += width;
  }
  return cells;
}

function cellsBetween(source: SourceFile, start: number, end: number): Cell[] {
  const cells: Cell[] = [];
  let at = start;
  let column = 0;
  const add = (more: readonly Cell[]): void => {
    cells.push(...more);
    column += more.reduce((sum, cell) => sum + cell.width, 0);
  };
  for (const each of hiddenBetween(source, start, end)) {
    const from = Math.max(at, each.start);
    const to = Math.min(end, each.end);
    add(plainCells(source.text.slice(at, from), at, column));
    add([{ start: from, end: to, text: mask, width: mask.length }]);
    at = to;
  }
  add(plainCells(source.text.slice(at, end), at, column));
  return cells;
}

interface Fit {
  readonly kept: readonly Cell[];
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** The cells that fit on the line, the focus among them; a cut costs a column for its ellipsis. */
function fit(cells: readonly Cell[], focus: number): Fit {
  const total = cells.reduce((sum, cell) => sum + cell.width, 0);
  if (total <= widestLine) return { kept: cells, cutBefore: false, cutAfter: false };
  let focusColumn = 0;
  for (const cell of cells) {
    if (cell.end > focus) break;
    focusColumn += cell.width;
  }
  const left = Math.min(focusColumn - keptBefore, total - widestLine + 1);
  let first = 0;
  for (let column = 0; first < cells.length && column < left; first += 1) column += cells[first]?.width ?? 0;
  const kept: Cell[] = [];
  let room = widestLine - (first > 0 ? 1 : 0);
  for (const cell of cells.slice(first)) {
    // The last column is for the ellipsis, unless this is the last cell.
    if (room - cell.width < (first + kept.length + 1 < cells.length ? 1 : 0)) break;
    room -= cell.width;
    kept.push(cell);
  }
  return { kept, cutBefore: first > 0, cutAfter: first + kept.length < cells.length };
}

/**
 * Draws one line of a file: tabs as spaces, unprintable characters by name, secrets masked, a long line cut around the focus.
 * @param number the line, from 1
 * @param focus the offset in the file that must stay in sight
 */
export function drawLine(source: SourceFile, number: number, focus: number): DrawnLine {
  const { start: lineStart, end: lineEnd } = lineBounds(source, number);
  const from = wholeCharacter(source.text, Math.max(lineStart, Math.min(focus, lineEnd) - readAround));
  const to = wholeCharacter(source.text, Math.min(lineEnd, Math.max(focus, lineStart) + readAround));
  const { kept, cutBefore, cutAfter } = fit(cellsBetween(source, from, to), focus);
  const before = cutBefore || from > lineStart ? ellipsis : '';
  const after = cutAfter || to < lineEnd ? ellipsis : '';
  const body = kept.map((cell) => cell.text).join('');
  return {
    text: `${before}${body}${after}`.trimEnd(),
    columns(start, end) {
      let column = before.length;
      let first: number | undefined;
      let last = column;
      for (const cell of kept) {
        const touched = cell.end > start && (cell.start < end || (start === end && cell.start <= start));
        if (touched) {
          first ??= column;
          last = column + cell.width;
        }
        column += cell.width;
      }
      // Nothing touched: the place is the end of the line.
      const at = first ?? column;
      return { from: at, to: Math.max(first === undefined ? column : last, at + 1) };
    },
  };
}
