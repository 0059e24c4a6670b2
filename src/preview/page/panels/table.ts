import type { Field, Link, Panel } from '../board.js';
import { readable, textOn } from '../format/colours.js';
import { fieldColour, shownValue } from '../format/display.js';
import { fieldOf, styleOf } from '../format/field.js';
import { safeUrl } from '../format/markdown.js';
import { formattedText } from '../format/units.js';
import type { Context, DataTable, Load, Render } from '../parts/context.js';
import { button, h, icon, styleValue } from '../parts/dom.js';
import { isGrafanaPage } from '../parts/url.js';
import { rowsOf } from '../query/panel-data.js';
import { sortedTable, tableOf, transformed, type Cell, type Column, type Table } from '../query/table.js';
import { localTime } from '../query/time.js';
import { emptyText } from './empty.js';
import { nothing } from './single-values.js';

interface Options {
  readonly showHeader?: boolean;
  readonly cellHeight?: string;
  readonly sortBy?: readonly { readonly displayName: string; readonly desc?: boolean }[];
}

interface Shape {
  readonly column: Column;
  readonly field: Field;
  /** The column as people know it. */
  readonly title: string;
}

function shapesOf(panel: Panel, table: Table): readonly Shape[] {
  return table.columns.map((column) => {
    const field = fieldOf(panel, column);
    return { column, field, title: field.displayName ?? column.name };
  });
}

function cellText({ column, field }: Shape, cell: Cell): string {
  if (column.name === 'Time' && typeof cell === 'number') return localTime(cell);
  if (typeof cell === 'string') return cell;
  return formattedText(shownValue(field, cell, 0, 'dark'));
}

/** Fills the fields of the row into a link: `${__data.fields.name}`, `${__value.text}`. */
function rowLink(
  link: Link,
  shapes: readonly Shape[],
  row: readonly Cell[],
  index: number,
  context: Context,
): string | undefined {
  const own = link.url.replace(
    /\$\{__data\.fields(?:\.(\w+)|\["([^"]+)"\]|\[(\d+)\])(?:\.\w+)?(?::\w+)?\}/g,
    (_, word?: string, quoted?: string, number?: string) => {
      const at =
        number === undefined
          ? shapes.findIndex(
              ({ column, title }) => column.name === (word ?? quoted) || title === (word ?? quoted),
            )
          : Number(number);
      return encodeURIComponent(String(row[at] ?? ''));
    },
  );
  const value = own.replace(
    /\$\{__value\.(?:text|raw)(?::\w+)?\}/g,
    encodeURIComponent(String(row[index] ?? '')),
  );
  const url = context.href(value);
  return isGrafanaPage(url) ? undefined : safeUrl(url);
}

function dataCell(
  shapes: readonly Shape[],
  row: readonly Cell[],
  index: number,
  context: Context,
): HTMLElement {
  const shape = shapes[index];
  const cell = row[index] ?? null;
  if (shape === undefined) return h('td');
  const { field, column } = shape;
  const text = cellText(shape, cell);
  const style = styleOf(field);
  const number = column.isValue && typeof cell !== 'string';
  const made = h('td', { class: number ? 'number' : undefined });
  const link = field.links?.[0];
  const url = link === undefined ? undefined : rowLink(link, shapes, row, index, context);
  made.append(url === undefined ? text : h('a', { href: url, title: link?.title }, text));
  if (style.align === 'left' || style.align === 'center' || style.align === 'right')
    made.style.textAlign = style.align;
  if (typeof cell === 'number' && !Number.isNaN(cell)) {
    const shown = shownValue(field, cell, index, context.theme());
    const colour = fieldColour(field, cell, index, context.theme());
    if (style.cellOptions?.type === 'color-text')
      made.style.color = readable(shown.colour, styleValue('--panel'));
    if (style.cellOptions?.type === 'color-background') {
      made.style.backgroundColor = colour;
      made.style.color = textOn(colour);
    }
    if (style.cellOptions?.type === 'gauge') {
      const max = field.max ?? 1;
      const share = Math.min(1, Math.max(0, (cell - (field.min ?? 0)) / (max - (field.min ?? 0) || 1)));
      const bar = h('span', { class: 'cell-bar', 'aria-hidden': 'true' });
      bar.style.setProperty('--share', `${(share * 100).toFixed(1)}%`);
      bar.style.setProperty('--bar', shown.colour);
      made.prepend(bar);
    }
  }
  return made;
}

function head(
  shape: Shape,
  sort: { name: string; descending: boolean } | undefined,
  choose: (name: string) => void,
): HTMLElement {
  const { column, field, title } = shape;
  const sorted = sort?.name === column.name;
  const made = h(
    'th',
    {
      scope: 'col',
      class: column.isValue ? 'number' : undefined,
      'aria-sort': sorted ? (sort.descending ? 'descending' : 'ascending') : undefined,
    },
    button(
      { class: 'sort', title },
      () => {
        choose(column.name);
      },
      h('span', { class: 'th-text' }, title),
      sorted ? icon('down') : undefined,
    ),
  );
  const { width } = styleOf(field);
  if (width !== undefined) made.style.width = `${width}px`;
  return made;
}

/** A table that people can sort. */
export function renderTable(panel: Panel, found: Table, context: Context): Render {
  const options = (panel.options ?? {}) as Options;
  const [by] = options.sortBy ?? [];
  let sort = by === undefined ? undefined : { name: by.displayName, descending: by.desc === true };
  return (host) => {
    const shapes = shapesOf(panel, found);
    const kept = shapes.map(({ field }) => styleOf(field).hidden !== true);
    if (found.rows.length === 0) {
      host.replaceChildren(emptyText(nothing(panel)));
      return { state: 'empty' };
    }
    const draw = (): void => {
      const table = sort === undefined ? found : sortedTable(found, sort.name, sort.descending);
      const choose = (name: string): void => {
        sort = { name, descending: sort?.name === name ? !sort.descending : true };
        draw();
        const heads = [...host.querySelectorAll('th')];
        heads
          .find((each) => each.hasAttribute('aria-sort'))
          ?.querySelector('button')
          ?.focus();
      };
      const columns = shapes.flatMap((_, index) => (kept[index] === true ? [index] : []));
      host.replaceChildren(
        h(
          'div',
          {
            class: `table-box ${options.cellHeight ?? 'sm'}`,
            tabindex: 0,
            role: 'region',
            'aria-label': `${panel.title}, table`,
          },
          h(
            'table',
            { class: 'data-table' },
            options.showHeader === false
              ? undefined
              : h(
                  'thead',
                  {},
                  h(
                    'tr',
                    {},
                    ...shapes.filter((_, index) => kept[index]).map((shape) => head(shape, sort, choose)),
                  ),
                ),
            h(
              'tbody',
              {},
              ...table.rows.map((row) =>
                h('tr', {}, ...columns.map((index) => dataCell(shapes, row, index, context))),
              ),
            ),
          ),
        ),
      );
    };
    draw();
    const asText = (): DataTable => ({
      columns: shapes.map(({ title }) => title),
      rows: found.rows.map((row) => shapes.map((shape, index) => cellText(shape, row[index] ?? null))),
    });
    return { state: 'ready', table: asText };
  };
}

/** A row for each label set. */
export const loadTable: Load = async (panel, room, context) => {
  const answers = await rowsOf(panel, room, context);
  const tables = answers.map(({ refId, rows }) => tableOf(rows, refId, answers.length === 1));
  return renderTable(panel, transformed(tables, panel.transformations), context);
};
