import type { Panel } from '../board.js';
import type { VectorRow } from './prometheus.js';
import { numberOf } from './series.js';

export type Cell = string | number | null;

export interface Column {
  readonly name: string;
  readonly refId: string;
  /** Whether it holds values; else labels. */
  readonly isValue: boolean;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What one query answered, as Grafana makes a table of it: time, labels, value. @param only whether the panel has no other query */
export function tableOf(rows: readonly VectorRow[], refId: string, only: boolean): Table {
  const labels = [...new Set(rows.flatMap(({ metric }) => Object.keys(metric)))].sort();
  const columns: Column[] = [
    { name: 'Time', refId, isValue: false },
    ...labels.map((name): Column => ({ name, refId, isValue: false })),
    { name: only ? 'Value' : `Value #${refId}`, refId, isValue: true },
  ];
  return {
    columns,
    rows: rows.map(({ metric, value: [time, value] }) => [
      time * 1000,
      ...labels.map((name) => metric[name] ?? ''),
      numberOf(value),
    ]),
  };
}

/** Rows of several tables that agree in all that both have become one. */
function merged(tables: readonly Table[]): Table {
  const columns: Column[] = [];
  for (const column of tables.flatMap((table) => table.columns)) {
    if (!columns.some(({ name }) => name === column.name)) columns.push(column);
  }
  const rows: (Cell | undefined)[][] = [];
  for (const table of tables) {
    const places = table.columns.map(({ name }) => columns.findIndex((column) => column.name === name));
    for (const row of table.rows) {
      const wide = new Array<Cell | undefined>(columns.length).fill(undefined);
      places.forEach((place, index) => (wide[place] = row[index]));
      const fits = rows.find((other) =>
        columns.every((_, index) => {
          const [one, two] = [other[index], wide[index]];
          return one === undefined || two === undefined || one === two;
        }),
      );
      if (fits === undefined) rows.push(wide);
      else wide.forEach((cell, index) => (fits[index] = cell ?? fits[index]));
    }
  }
  return { columns, rows: rows.map((row) => row.map((cell) => cell ?? null)) };
}

interface Organize {
  readonly excludeByName?: Readonly<Record<string, boolean>>;
  readonly includeByName?: Readonly<Record<string, boolean>>;
  readonly indexByName?: Readonly<Record<string, number>>;
  readonly renameByName?: Readonly<Record<string, string>>;
}

function organized(table: Table, options: Organize): Table {
  const { excludeByName = {}, includeByName = {}, indexByName = {}, renameByName = {} } = options;
  const listed = Object.keys(includeByName).length > 0;
  const kept = table.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => excludeByName[column.name] !== true)
    .filter(({ column }) => !listed || includeByName[column.name] === true);
  const order = ({ column }: (typeof kept)[number]): number => indexByName[column.name] ?? Infinity;
  // Columns without a place come last, in the order that they have.
  const sorted = [...kept].sort((a, b) => (order(a) === order(b) ? a.index - b.index : order(a) - order(b)));
  return {
    columns: sorted.map(({ column }) => ({ ...column, name: renameByName[column.name] || column.name })),
    rows: table.rows.map((row) => sorted.map(({ index }) => row[index] ?? null)),
  };
}

/** The transformations of a panel, as far as obs-gen writes them. */
export function transformed(tables: readonly Table[], transformations: Panel['transformations']): Table {
  let current = tables;
  for (const { id, options } of transformations ?? []) {
    if (id === 'merge') current = [merged(current)];
    if (id === 'organize') current = current.map((table) => organized(table, options as Organize));
    if (id === 'sortBy') {
      const { sort = [] } = options as {
        readonly sort?: readonly { readonly field: string; readonly desc?: boolean }[];
      };
      const [by] = sort;
      if (by !== undefined) current = current.map((table) => sortedTable(table, by.field, by.desc === true));
    }
    if (id === 'limit') {
      const { limitField = 10 } = options as { readonly limitField?: number };
      current = current.map((table) => ({ ...table, rows: table.rows.slice(0, limitField) }));
    }
  }
  return current[0] ?? { columns: [], rows: [] };
}

function compared(one: Cell, other: Cell): number {
  if (typeof one === 'number' && typeof other === 'number') {
    // What is no number goes last, whichever way.
    return one - other || Number(Number.isNaN(other)) - Number(Number.isNaN(one));
  }
  return String(one ?? '').localeCompare(String(other ?? ''), 'en', { numeric: true });
}

/** The rows by one column. */
export function sortedTable(table: Table, name: string, descending: boolean): Table {
  const index = table.columns.findIndex((column) => column.name === name);
  if (index === -1) return table;
  const rows = [...table.rows].sort((a, b) => compared(a[index] ?? null, b[index] ?? null));
  return { ...table, rows: descending ? rows.reverse() : rows };
}
