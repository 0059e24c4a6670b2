import { quantile } from './quantile.js';
import type { Window } from './store.js';
import { isInfinite, KahanSum, keepsInfinite } from './sums.js';

/** What a function of a range yields for the samples of one series; undefined for nothing. */
export type OverTime = (window: Window) => number | undefined;

function valuesOf({ values, from, to }: Window): Float64Array {
  return values.subarray(from, to);
}

function sum({ values, from, to }: Window): number {
  // Written out: this is where sums over days spend their time.
  let total = 0;
  let lost = 0;
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? 0;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return isInfinite(total) ? total : total + lost;
}

function average(window: Window): number {
  const mean = new KahanSum();
  let count = 0;
  for (const value of valuesOf(window)) {
    count += 1;
    if (!keepsInfinite(mean.sum, value)) mean.add(value / count - mean.sum / count);
  }
  return isInfinite(mean.sum) ? mean.sum : mean.total;
}

function variance(window: Window): number {
  const mean = new KahanSum();
  const squares = new KahanSum();
  let count = 0;
  for (const value of valuesOf(window)) {
    count += 1;
    const delta = value - mean.total;
    mean.add(delta / count);
    squares.add(delta * (value - mean.total));
  }
  return squares.total / count;
}

/** The value that none is better than; NaN only where there is nothing else. */
function best(window: Window, better: (a: number, b: number) => boolean): number {
  let found = window.values[window.from] ?? NaN;
  for (const value of valuesOf(window)) {
    if (better(value, found) || Number.isNaN(found)) found = value;
  }
  return found;
}

/** How often something holds of a value and the one before it. */
function steps(window: Window, counts: (before: number, after: number) => boolean): number {
  let before = window.values[window.from] ?? NaN;
  let found = 0;
  for (const value of valuesOf(window)) {
    if (counts(before, value)) found += 1;
    before = value;
  }
  return found;
}

/** The functions that look at nothing but the values of a range. */
export const overTime: Readonly<Record<string, OverTime>> = {
  avg_over_time: average,
  changes: (window) => steps(window, (a, b) => a !== b && !(Number.isNaN(a) && Number.isNaN(b))),
  count_over_time: ({ from, to }) => to - from,
  first_over_time: ({ values, from }) => values[from],
  last_over_time: ({ values, to }) => values[to - 1],
  mad_over_time: (window) => {
    const values = [...valuesOf(window)];
    const median = quantile(0.5, values);
    return quantile(
      0.5,
      values.map((value) => Math.abs(value - median)),
    );
  },
  max_over_time: (window) => best(window, (a, b) => a > b),
  min_over_time: (window) => best(window, (a, b) => a < b),
  present_over_time: () => 1,
  resets: (window) => steps(window, (a, b) => b < a),
  stddev_over_time: (window) => Math.sqrt(variance(window)),
  stdvar_over_time: variance,
  sum_over_time: sum,
};

/** Holt's double exponential smoothing. @throws where a factor is not between 0 and 1, by `refuse` */
export function smoothed({ values, from, to }: Window, smoothing: number, trend: number): number | undefined {
  if (to - from < 2) return undefined;
  let previous = 0;
  let level = values[from] ?? NaN;
  let slope = (values[from + 1] ?? NaN) - level;
  for (let index = from + 1; index < to; index += 1) {
    const scaled = smoothing * (values[index] ?? NaN);
    if (index > from + 1) slope = trend * (level - previous) + (1 - trend) * slope;
    const next = scaled + (1 - smoothing) * (level + slope);
    previous = level;
    level = next;
  }
  return level;
}
