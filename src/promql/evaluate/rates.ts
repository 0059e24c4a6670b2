import type { Window } from './store.js';
import { isInfinite, KahanSum } from './sums.js';

/** A range as it was asked for, in milliseconds. */
export interface Asked {
  readonly start: number;
  readonly end: number;
}

/** How much longer than the average gap the way to the edge of a range may be, for a sample to be expected there. */
const allowance = 1.1;

/**
 * What rate(), increase() and delta() share: the growth of a range, drawn out to its edges. A counter does not start below zero, and
 * what it lost in a reset is added again.
 */
export function extrapolated(
  { times, values, from, to }: Window,
  asked: Asked,
  { counter, perSecond }: { readonly counter: boolean; readonly perSecond: boolean },
): number | undefined {
  const samples = to - from;
  if (samples < 2) return undefined;
  const first = values[from] ?? NaN;
  let growth = (values[to - 1] ?? NaN) - first;
  if (counter) {
    let before = first;
    for (let index = from + 1; index < to; index += 1) {
      const value = values[index] ?? NaN;
      if (value < before) growth += before;
      before = value;
    }
  }
  const [firstAt, lastAt] = [times[from] ?? NaN, times[to - 1] ?? NaN];
  let toStart = (firstAt - asked.start) / 1000;
  const toEnd = (asked.end - lastAt) / 1000;
  const covered = (lastAt - firstAt) / 1000;
  const gap = covered / (samples - 1);
  if (counter && growth > 0 && first >= 0) {
    const toZero = covered * (first / growth);
    if (toZero < toStart) toStart = toZero;
  }
  const threshold = gap * allowance;
  let drawnOut = covered;
  drawnOut += toStart < threshold ? toStart : gap / 2;
  drawnOut += toEnd < threshold ? toEnd : gap / 2;
  let factor = drawnOut / covered;
  if (perSecond) factor /= (asked.end - asked.start) / 1000;
  return growth * factor;
}

/** irate() and idelta(): the last two samples of a range. */
export function instantaneous({ times, values, from, to }: Window, perSecond: boolean): number | undefined {
  if (to - from < 2) return undefined;
  const [before, last] = [values[to - 2] ?? NaN, values[to - 1] ?? NaN];
  const growth = perSecond && last < before ? last : last - before;
  const milliseconds = (times[to - 1] ?? NaN) - (times[to - 2] ?? NaN);
  if (milliseconds === 0) return undefined;
  return perSecond ? growth / (milliseconds / 1000) : growth;
}

/** The line through the samples of a range, by least squares: growth a second, and its value at a time in milliseconds. */
export function regression(
  { times, values, from, to }: Window,
  at: number,
): { readonly slope: number; readonly intercept: number } | undefined {
  const samples = to - from;
  if (samples < 2) return undefined;
  const sums = { x: new KahanSum(), y: new KahanSum(), xy: new KahanSum(), xx: new KahanSum() };
  const first = values[from] ?? NaN;
  let isFlat = true;
  for (let index = from; index < to; index += 1) {
    const y = values[index] ?? NaN;
    if (index > from && y !== first) isFlat = false;
    const x = ((times[index] ?? NaN) - at) / 1000;
    sums.x.add(x);
    sums.y.add(y);
    sums.xy.add(x * y);
    sums.xx.add(x * x);
  }
  if (isFlat) return isInfinite(first) ? { slope: NaN, intercept: NaN } : { slope: 0, intercept: first };
  const [x, y] = [sums.x.total, sums.y.total];
  const covariance = sums.xy.total - (x * y) / samples;
  const variance = sums.xx.total - (x * x) / samples;
  const slope = covariance / variance;
  return { slope, intercept: y / samples - (slope * x) / samples };
}
