import type { LabelSet } from './labels.js';
import type { Sample } from './sample.js';

/** Ascending, NaN first. */
export function ascending(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  return Number.isNaN(b) ? 1 : a - b || 0;
}

function outside(q: number): number | undefined {
  if (Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  return q > 1 ? Infinity : undefined;
}

/** A quantile of some numbers, the line between the two nearest ones. */
export function quantile(q: number, numbers: readonly number[]): number {
  if (numbers.length === 0) return NaN;
  const special = outside(q);
  if (special !== undefined) return special;
  const sorted = numbers.toSorted(ascending);
  const rank = q * (sorted.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(sorted.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return (sorted[lower] ?? NaN) * (1 - weight) + (sorted[upper] ?? NaN) * weight;
}

interface Bucket {
  readonly bound: number;
  count: number;
}

/** A bucket's upper bound as Go reads it; undefined where the label is none. */
function bound(le: string): number | undefined {
  if (/^\+?inf(?:inity)?$/i.test(le)) return Infinity;
  if (/^-inf(?:inity)?$/i.test(le)) return -Infinity;
  if (/^nan$/i.test(le)) return NaN;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(le) ? Number(le) : undefined;
}

const bounds = new WeakMap<LabelSet, { readonly bound: number | undefined }>();

/** The bound of a bucket, read once for each set of labels. */
function boundOf(labels: LabelSet): number | undefined {
  const known = bounds.get(labels);
  if (known !== undefined) return known.bound;
  const made = bound(labels.get('le'));
  bounds.set(labels, { bound: made });
  return made;
}

/** Buckets by their bounds, those of one bound joined, counts raised so that none falls. */
function cumulative(buckets: readonly Bucket[]): readonly Bucket[] {
  const joined: Bucket[] = [];
  for (const bucket of buckets.toSorted((a, b) => (a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0))) {
    const last = joined.at(-1);
    if (last?.bound === bucket.bound) last.count += bucket.count;
    else joined.push({ ...bucket });
  }
  let highest = joined[0]?.count ?? 0;
  for (const bucket of joined) {
    if (bucket.count > highest) highest = bucket.count;
    else if (bucket.count < highest) bucket.count = highest;
  }
  return joined;
}

/** A quantile of observations that were counted in buckets, the line within the bucket that holds it. */
function bucketQuantile(q: number, unsorted: readonly Bucket[]): number {
  const special = outside(q);
  if (special !== undefined) return special;
  const buckets = cumulative(unsorted);
  const last = buckets.at(-1);
  if (last?.bound !== Infinity || buckets.length < 2 || last.count === 0) return NaN;
  const rank = q * last.count;
  let [low, high] = [0, buckets.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((buckets[middle]?.count ?? 0) >= rank) high = middle;
    else low = middle + 1;
  }
  const found = buckets[low];
  const before = buckets[low - 1];
  if (found === undefined) return NaN;
  if (low === buckets.length - 1) return before?.bound ?? NaN;
  if (before === undefined) return found.bound <= 0 ? found.bound : found.bound * (rank / found.count);
  return before.bound + (found.bound - before.bound) * ((rank - before.count) / (found.count - before.count));
}

/** One quantile for every set of buckets; series without a bound are left out. */
export function histogramQuantiles(
  q: number,
  samples: readonly Sample[],
  withoutBound: (labels: LabelSet) => LabelSet,
  named: (labels: LabelSet) => LabelSet,
): Sample[] {
  const histograms = new Map<LabelSet, Bucket[]>();
  for (const { labels, value } of samples) {
    const upper = boundOf(labels);
    if (upper === undefined) continue;
    const key = withoutBound(labels);
    const buckets = histograms.get(key);
    if (buckets === undefined) histograms.set(key, [{ bound: upper, count: value }]);
    else buckets.push({ bound: upper, count: value });
  }
  return [...histograms].map(([labels, buckets]) => ({
    labels: named(labels),
    value: bucketQuantile(q, buckets),
  }));
}
