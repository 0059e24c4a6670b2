import type { Metric, Model } from '../../model/model.js';
import type { Spread } from './histograms.js';

/** The value below which so many standard deviations' share of a normal distribution lies: 1.75 for 96%. */
const quantileOf = (share: number): number => {
  // Half of what is outside a two-sided interval, by a short rational approximation (Abramowitz and Stegun, 26.2.23).
  const t = Math.sqrt(-2 * Math.log(1 - share));
  return (
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  );
};

/** So that the slowest hundredth takes about three times as long as usual. */
const widest = 0.5;
/** How much of its worst is seen in good times, where nothing is promised. */
const calm = 0.05;

/** What is over much sooner than its widest bucket allows for. */
const short = /gc_duration|lag|delay/;

interface Promise {
  readonly threshold: number;
  readonly budget: number;
}

function bucketAt(buckets: readonly number[], share: number): number {
  const positive = buckets.filter((bound) => bound > 0);
  const place = share * (positive.length - 1);
  const low = positive[Math.floor(place)] ?? 1;
  const high = positive[Math.ceil(place)] ?? low;
  return low * (high / low) ** (place - Math.floor(place));
}

/**
 * A distribution that suits the buckets: its middle lies in theirs, and next to nothing is beyond the last one. Where an objective speaks
 * of it, it is met in good times.
 */
export function spreadOf(metric: Metric, model: Model): Spread {
  const { buckets, name, unit } = metric;
  const median = bucketAt(buckets, short.test(name) ? 0.15 : unit === 'ratio' ? 0.35 : 0.42);
  const sigma = Math.min(widest, Math.max(0.25, Math.log(bucketAt(buckets, 0.82) / median) / 2.4));
  const worsening = unit === 'seconds' ? 3.2 : unit === undefined || unit === 'tokens' ? 1.25 : 1.5;
  const promised = promiseOf(metric, model);
  if (promised === undefined) return { median, sigma, worsening, wobble: calm };
  const far = quantileOf(1 - 0.3 * promised.budget);
  return {
    median: promised.threshold / Math.exp(far * sigma),
    sigma,
    worsening: Math.exp(1.4 * sigma) * 2,
    wobble: Math.min(calm, 3 * promised.budget),
  };
}

function promiseOf(metric: Metric, model: Model): Promise | undefined {
  const found = [...model.slos.values()].flatMap(({ sli, objective }) =>
    sli.form === 'latency' && sli.histogram === metric
      ? [{ threshold: sli.threshold.seconds, budget: 1 - Number(objective) / 100 }]
      : [],
  );
  return found.toSorted((a, b) => a.threshold - b.threshold)[0];
}
