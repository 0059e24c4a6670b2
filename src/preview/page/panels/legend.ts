import { calcNames } from '../format/calcs.js';
import { button, h } from '../parts/dom.js';
import { swatch } from './tooltip.js';

export interface LegendItem {
  readonly name: string;
  readonly colour: string;
  readonly hidden: boolean;
  /** As they are shown, in the order of the calculations. */
  readonly values: readonly string[];
  /** What the rows are sorted by. */
  readonly numbers: readonly (number | null)[];
}

export interface LegendOptions {
  readonly displayMode?: string;
  readonly placement?: string;
  readonly showLegend?: boolean;
  readonly calcs?: readonly string[];
  readonly values?: readonly string[];
  readonly sortBy?: string;
  readonly sortDesc?: boolean;
  readonly width?: number;
}

/** @param choose a click shows this series alone, or all again; with a control key it takes this one out or back in */
type Choose = (index: number, add: boolean) => void;

function item({ name, colour, hidden }: LegendItem, index: number, choose: Choose | undefined): HTMLElement {
  const content = [swatch(colour), h('span', { class: 'legend-name', title: name }, name)];
  if (choose === undefined) return h('span', { class: 'legend-item' }, ...content);
  return button(
    { class: 'legend-item', 'aria-pressed': String(!hidden) },
    (event) => {
      choose(index, event.ctrlKey || event.metaKey || event.shiftKey);
    },
    ...content,
  );
}

function order(items: readonly LegendItem[], column: number, descending: boolean): readonly number[] {
  const indices = items.map((_, index) => index);
  if (column < 0) return indices;
  const number = (index: number): number => items[index]?.numbers[column] ?? -Infinity;
  return indices.sort((a, b) => (descending ? number(b) - number(a) : number(a) - number(b)));
}

function table(
  items: readonly LegendItem[],
  columns: readonly string[],
  options: LegendOptions,
  choose: Choose | undefined,
): HTMLElement {
  const sorted = options.sortBy === undefined ? -1 : columns.indexOf(options.sortBy);
  const rows = order(items, sorted, options.sortDesc === true).flatMap((index) => {
    const each = items[index];
    if (each === undefined) return [];
    return h(
      'tr',
      { class: each.hidden ? 'hidden-series' : undefined },
      h('th', { scope: 'row' }, item(each, index, choose)),
      ...each.values.map((value) => h('td', {}, value)),
    );
  });
  return h(
    'table',
    { class: 'legend-table' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'Name'),
        ...columns.map((name, index) =>
          h('th', { scope: 'col', class: index === sorted ? 'sorted' : undefined }, name),
        ),
      ),
    ),
    h('tbody', {}, ...rows),
  );
}

/** What the calculations of a legend are called. */
export function calcTitles(calcs: readonly string[]): readonly string[] {
  return calcs.map((calc) => calcNames.get(calc) ?? calc);
}

/** The names of the series, as a list or as a table with their calculations. */
export function legend(
  items: readonly LegendItem[],
  columns: readonly string[],
  options: LegendOptions,
  choose?: Choose,
): HTMLElement {
  const asTable = options.displayMode === 'table';
  const content = asTable
    ? [table(items, columns, options, choose)]
    : items.map((each, index) =>
        h(
          'span',
          { class: each.hidden ? 'legend-entry hidden-series' : 'legend-entry' },
          item(each, index, choose),
          ...each.values.map((value, at) =>
            h('span', { class: 'legend-calc' }, `${columns[at] ?? ''}: ${value}`),
          ),
        ),
      );
  const placement = options.placement === 'right' ? 'right' : 'bottom';
  return h(
    'div',
    {
      class: `legend ${asTable ? 'as-table' : 'as-list'} ${placement}`,
      role: 'group',
      'aria-label': 'Legend',
    },
    ...content,
  );
}
