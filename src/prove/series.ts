import { quoteString } from '../promql/strings.js';

/**
 * A stretch of samples of a test series. A line is promtool's `from+stepxmore`: the first value and `more` after it, each a step further.
 * A gap is a number of intervals without a sample, `stale` the marker that ends a series at once.
 */
export type Segment =
  | { readonly kind: 'line'; readonly from: number; readonly step: number; readonly more: number }
  | { readonly kind: 'gap'; readonly samples: number }
  | { readonly kind: 'stale' };

/** A series that a test feeds to the rules. */
export interface TestSeries {
  readonly metric: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly segments: readonly Segment[];
}

/** A value at a time, in seconds since the start of the test. NaN only in a marker of staleness. */
export interface Sample {
  readonly time: number;
  readonly value: number;
  readonly stale?: boolean;
}

/** `from`, and `more` samples after it, each `step` further. */
export function line(from: number, step: number, more: number): Segment {
  return { kind: 'line', from, step, more };
}

/** One value, `samples` times. */
export function flat(value: number, samples: number): Segment {
  return line(value, 0, samples - 1);
}

/** A series as a selector names it: `runs_total{outcome="failed"}`. */
export function seriesName({ metric, labels }: Pick<TestSeries, 'metric' | 'labels'>): string {
  const matchers = [...labels].map(([label, value]) => `${label}=${quoteString(value)}`);
  return matchers.length === 0 ? metric : `${metric}{${matchers.join(',')}}`;
}

/** Segments in promtool's notation: `0+9.9x360 3564+8x20 _x5 stale`. */
export function notation(segments: readonly Segment[]): string {
  const words = segments.map((segment) => {
    switch (segment.kind) {
      case 'line':
        return `${segment.from}${segment.step < 0 ? '' : '+'}${segment.step}x${segment.more}`;
      case 'gap':
        return `_x${segment.samples}`;
      case 'stale':
        return 'stale';
    }
  });
  return words.join(' ');
}

/** The samples of a series: times in seconds, values, and which of them are markers that end it. */
export interface Columns {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly stale: ReadonlySet<number>;
}

const columns = new WeakMap<readonly Segment[], { readonly interval: number; readonly columns: Columns }>();

/**
 * The samples of segments, made once for as long as these are needed: many rules are tried on the same series. A line's values are added up
 * one by one, as promtool does, so that they agree to the last bit.
 * @param interval seconds between samples
 */
export function columnsOf(segments: readonly Segment[], interval: number): Columns {
  const known = columns.get(segments);
  if (known?.interval === interval) return known.columns;
  const made = filledColumns(segments, interval);
  columns.set(segments, { interval, columns: made });
  return made;
}

function filledColumns(segments: readonly Segment[], interval: number): Columns {
  const length = segments.reduce(
    (sum, each) => sum + (each.kind === 'line' ? each.more + 1 : each.kind === 'stale' ? 1 : 0),
    0,
  );
  const [times, values] = [new Float64Array(length), new Float64Array(length)];
  const stale = new Set<number>();
  let [index, next] = [0, 0];
  for (const segment of segments) {
    switch (segment.kind) {
      case 'line': {
        let value = segment.from;
        for (let count = 0; count <= segment.more; count += 1) {
          times[next] = index * interval;
          values[next] = value;
          value += segment.step;
          index += 1;
          next += 1;
        }
        break;
      }
      case 'gap':
        index += segment.samples;
        break;
      case 'stale':
        stale.add(next);
        times[next] = index * interval;
        values[next] = NaN;
        index += 1;
        next += 1;
        break;
    }
  }
  return { times, values, stale };
}

/** The samples of segments, one by one. @param interval seconds between samples */
export function samplesOf(segments: readonly Segment[], interval: number): readonly Sample[] {
  const { times, values, stale } = columnsOf(segments, interval);
  return Array.from(times, (time, index): Sample => {
    const value = values[index] ?? NaN;
    return stale.has(index) ? { time, value, stale: true } : { time, value };
  });
}
