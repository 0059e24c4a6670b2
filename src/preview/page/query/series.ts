export type Labels = Readonly<Record<string, string>>;

/** One series of an answer. Times in milliseconds since 1970; null where there is no value, NaN where a value is no number. */
export interface Series {
  readonly refId: string;
  readonly name: string;
  readonly labels: Labels;
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** What Prometheus answers. Times in seconds since 1970. */
export interface MatrixRow {
  readonly metric: Labels;
  readonly values: readonly (readonly [time: number, value: string])[];
}

/** `+Inf` and `NaN` as Prometheus writes them. */
export function numberOf(text: string): number {
  if (text === '+Inf' || text === 'Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}

/** A series of one point for each step, so that what is missing is a gap and several series can be stacked. @param step milliseconds */
export function onGrid(
  row: MatrixRow,
  grid: { readonly from: number; readonly to: number; readonly step: number },
): readonly (number | null)[] {
  const count = Math.floor((grid.to - grid.from) / grid.step) + 1;
  const values = new Array<number | null>(Math.max(count, 0)).fill(null);
  for (const [time, value] of row.values) {
    const index = Math.round((time * 1000 - grid.from) / grid.step);
    if (index >= 0 && index < values.length) values[index] = numberOf(value);
  }
  return values;
}

/** The times of a grid, milliseconds. */
export function timesOf(grid: {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}): readonly number[] {
  const count = Math.floor((grid.to - grid.from) / grid.step) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, index) => grid.from + index * grid.step);
}

/** The labels in which the series of one query differ. */
function differing(rows: readonly Labels[]): readonly string[] {
  const names = new Set(rows.flatMap((labels) => Object.keys(labels)));
  return [...names].filter((name) => new Set(rows.map((labels) => labels[name])).size > 1);
}

function promName(labels: Labels, expr: string): string {
  const { __name__: metric = '', ...rest } = labels;
  const pairs = Object.entries(rest).map(([name, value]) => `${name}="${value}"`);
  if (pairs.length === 0) return metric === '' ? expr : metric;
  return `${metric}{${pairs.join(', ')}}`;
}

/**
 * The names of the series of one query: its legend with the labels filled in; `__auto` shows the labels in which they differ, and the
 * query itself where there is only one without labels.
 */
export function legendNames(
  rows: readonly Labels[],
  format: string | undefined,
  expr: string,
): readonly string[] {
  if (format === undefined || format === '' || format === '__auto') {
    const names = differing(rows);
    if (rows.length > 1 && names.length === 1) return rows.map((labels) => labels[names[0] ?? ''] ?? '');
    if (rows.length === 1) {
      const [only] = rows;
      const values = Object.entries(only ?? {}).filter(([name]) => name !== '__name__');
      if (values.length === 1 && format === '__auto') return [values[0]?.[1] ?? ''];
    }
    return rows.map((labels) => promName(labels, expr));
  }
  return rows.map((labels) => filledLegend(format, labels) || promName(labels, expr));
}

/** `{{route}} p99` with the labels of a series. */
export function filledLegend(format: string, labels: Labels): string {
  return format.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, name: string) => labels[name] ?? '').trim();
}
