import type { Labels } from '../../../promql/evaluate/labels.js';
import { SeriesStore } from '../../../promql/evaluate/store.js';
import type { Family } from '../row.js';
import { indexAt, type Times } from '../times.js';

/** A lookback of Prometheus, in seconds, and one coarse step to begin a rate with. */
const margin = 600;

/**
 * A store for rules with the raw series that they read.
 * @param since by the series' names, the time in seconds from which on they are read
 */
export function rawStore(
  families: readonly Family[],
  times: Times,
  since: ReadonlyMap<string, number>,
  labels: Labels,
): SeriesStore {
  const store = new SeriesStore(labels);
  const milliseconds = times.at.map((time) => Math.round(time * 1000));
  const shared = new Map<number, Float64Array<ArrayBuffer>>();
  for (const row of families.flatMap(({ rows }) => rows)) {
    const first = since.get(row.name);
    if (first === undefined) continue;
    const from = indexAt(times, first - margin);
    const count = times.at.length - from;
    let at = shared.get(from);
    if (at === undefined) shared.set(from, (at = milliseconds.slice(from)));
    const series = store.seriesOf(labels.of([['__name__', row.name], ...row.labels]));
    series.times = at;
    series.values = new Float64Array(count);
    row.fill(series.values, from, times.at.length);
    series.length = count;
  }
  return store;
}
