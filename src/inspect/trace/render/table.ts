import { visible } from '../../../diagnostics/render/visible.js';
import { characters, characterWidth } from '../../../diagnostics/render/width.js';

/** A column of a table for terminals. */
export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Columns below which it is not made narrower; without it, it keeps its width. */
  readonly least?: number;
}

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of characters(text)) width += characterWidth(character);
  return width;
}

/** A text in as many columns, with an ellipsis where it is longer, padded where it is shorter. */
export function fitted(text: string, columns: number, align?: 'right'): string {
  const width = widthOf(text);
  if (width <= columns) {
    const pad = ' '.repeat(columns - width);
    return align === 'right' ? pad + text : text + pad;
  }
  if (columns <= 0) return '';
  let cut = '';
  let taken = 0;
  for (const character of characters(text)) {
    const each = characterWidth(character);
    if (taken + each > columns - 1) break;
    cut += character;
    taken += each;
  }
  return `${cut}…${' '.repeat(Math.max(0, columns - 1 - taken))}`;
}

const gap = 2;
const indent = '  ';

/**
 * Lines of a table, title first, no wider than the terminal where its columns can give way. What spans are called is shown without
 * anything that a terminal would obey.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number | undefined,
): readonly string[] {
  const cells = rows.map((row) => row.map(visible));
  const widths = columns.map(({ title }, place) =>
    cells.reduce((most, row) => Math.max(most, widthOf(row[place] ?? '')), title.length),
  );
  if (width !== undefined) {
    const least = (place: number): number => columns[place]?.least ?? Infinity;
    let excess = widths.reduce((sum, each) => sum + each + gap, indent.length - gap) - width;
    while (excess > 0) {
      const widest = widths.reduce(
        (best, each, place) => (each > least(place) && each > (widths[best] ?? 0) ? place : best),
        widths.findIndex((each, place) => each > least(place)),
      );
      if (widest === -1) break;
      widths[widest] = (widths[widest] ?? 0) - 1;
      excess -= 1;
    }
  }
  const line = (row: readonly string[]): string =>
    (
      indent +
      row.map((cell, place) => fitted(cell, widths[place] ?? 0, columns[place]?.align)).join(' '.repeat(gap))
    ).trimEnd();
  return [line(columns.map(({ title }) => title)), ...cells.map(line)];
}
