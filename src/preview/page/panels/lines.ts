import type { Field } from '../board.js';
import type { Style } from '../format/field.js';
import type { Labels, Series } from '../query/series.js';

/** A series with how it is drawn. */
export interface Line {
  readonly name: string;
  readonly labels: Labels;
  readonly field: Field;
  readonly style: Style;
  readonly values: readonly (number | null)[];
  readonly colour: string;
  /** One for each unit. */
  readonly scale: string;
  readonly shown: boolean;
  readonly stackedOn: boolean;
}

/** Series with the times of all of them; queries of a panel may have different steps. */
export function aligned(series: readonly Series[]): {
  readonly times: readonly number[];
  readonly series: readonly Series[];
} {
  const first = series[0]?.times ?? [];
  if (
    series.every(({ times }) => times === first || (times.length === first.length && times[0] === first[0]))
  )
    return { times: first, series };
  const times = [...new Set(series.flatMap((each) => [...each.times]))].sort((a, b) => a - b);
  return {
    times,
    series: series.map((each) => {
      const known = new Map(each.times.map((time, index) => [time, each.values[index] ?? null]));
      return { ...each, times, values: times.map((time) => known.get(time) ?? null) };
    }),
  };
}
