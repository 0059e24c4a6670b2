import { calculate } from '../format/calcs.js';
import { shownText } from '../format/display.js';
import type { Field } from '../board.js';
import type { DataTable } from '../parts/context.js';
import { localTime } from '../query/time.js';

export interface Named {
  readonly name: string;
  readonly field: Field;
  readonly values: readonly (number | null)[];
}

/** A chart in words: the last, least and greatest value of each series. */
export function summaryOf(title: string, kind: string, series: readonly Named[]): string {
  const shown = series.slice(0, 10).map(({ name, field, values }) => {
    const [last, least, most] = ['lastNotNull', 'min', 'max'].map((calc) =>
      shownText(field, calculate(calc, values)),
    );
    return `${name}: last ${last ?? ''}, least ${least ?? ''}, greatest ${most ?? ''}`;
  });
  const more = series.length > 10 ? [`and ${series.length - 10} more`] : [];
  const count = `${series.length} series`;
  return `${title}: ${kind}, ${[count, ...shown, ...more].join('; ')}. The arrow keys move through time.`;
}

/** The numbers of a chart; the latest first. @param times milliseconds since 1970 */
export function valuesTable(times: readonly number[], series: readonly Named[]): DataTable {
  const rows = times.map((time, index) => [
    localTime(time),
    ...series.map(({ field, values }) => {
      const value = values[index] ?? null;
      return value === null ? '' : shownText(field, value);
    }),
  ]);
  return { columns: ['Time', ...series.map(({ name }) => name)], rows: rows.reverse() };
}
