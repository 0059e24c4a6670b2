import type { Metric } from '../../model/model.js';

/**
 * How the values of a series move from sample to sample, which decides what a sample costs. `events`: a counter of whole numbers;
 * `amounts`: a sum of amounts with all their digits; `whole`: a gauge of whole numbers, about as large as `size`; `real`: a gauge with
 * all its digits.
 */
export type Motion =
  | { readonly kind: 'still' }
  | { readonly kind: 'events'; readonly perSecond: number }
  | { readonly kind: 'amounts'; readonly perSecond: number }
  | { readonly kind: 'whole'; readonly size: number }
  | { readonly kind: 'real' };

/** What tells motions apart whose figures agree to so many digits. */
export function keyOf(motion: Motion, digits: number): string {
  const figure = 'perSecond' in motion ? motion.perSecond : 'size' in motion ? motion.size : 0;
  return `${motion.kind} ${figure.toPrecision(digits)}`;
}

const constant =
  /timestamp_seconds$|start_time|_info$|capacity|_max|max_|limit(?!_?remaining)|_budget|_up$|learning_rate/;

/** How often amounts are added, a second and instance, where nothing says: an amount of 1800 tokens is that of one call. */
const usualAmounts = 1;

/** Units that are measured, not counted. */
const measured = new Set(['seconds', 'usd', 'eur', 'gbp', 'joules', 'ratio']);

function gaugeMotion({ name, unit, range }: Metric): Motion {
  if (constant.test(name) || (range?.[0] === 0 && range[1] === 1 && unit === undefined))
    return { kind: 'still' };
  if (unit === 'bytes') return { kind: 'whole', size: 1e8 };
  if (unit !== undefined && unit !== 'tokens') return { kind: 'real' };
  return { kind: 'whole', size: 10 };
}

/** Of a gauge, or of a row of a counter. @param perSecond what the row grows by, in its unit */
export function motionOf(metric: Metric, perSecond: number): Motion {
  if (metric.type === 'gauge') return gaugeMotion(metric);
  if (perSecond === 0) return { kind: 'still' };
  const { unit } = metric;
  if (unit === undefined) return { kind: 'events', perSecond };
  const times = Math.min(perSecond, usualAmounts);
  return measured.has(unit) ? { kind: 'amounts', perSecond: times } : { kind: 'events', perSecond };
}

/**
 * Of the series of a row of a histogram: each bucket counts what is below its bound. Observations are taken to be spread evenly over the
 * logarithm of the inner half of the bounds, and none to be beyond them.
 */
export function histogramMotions({ buckets, unit }: Metric, perSecond: number): readonly Motion[] {
  if (perSecond === 0) return Array.from({ length: buckets.length + 3 }, () => ({ kind: 'still' }));
  const quarter = Math.floor(buckets.length / 4);
  const inner = Math.max(1, buckets.length - 2 * quarter);
  const counted = buckets.map((_, index): Motion => {
    const below = Math.min(1, Math.max(0, (index + 1 - quarter) / inner));
    return below === 0 ? { kind: 'still' } : { kind: 'events', perSecond: perSecond * below };
  });
  const all: Motion = { kind: 'events', perSecond };
  const isCount = unit === undefined || unit === 'tokens' || unit === 'bytes';
  return [...counted, all, all, isCount ? all : { kind: 'amounts', perSecond }];
}
