import type { Buckets } from '../spec/spec.js';
import { bucketPresets, presetOfUnit } from './bucket-presets.js';
import { arithmetic, geometric } from './progressions.js';

/** The upper bounds that a histogram's `buckets` stands for, as written: order and doubles are for the checks. */
export function expandBuckets(buckets: Buckets): readonly number[] {
  if (Array.isArray(buckets)) return buckets;
  if ('exponential' in buckets) {
    const { start, factor, count } = buckets.exponential;
    return geometric(start, factor, count);
  }
  if ('linear' in buckets)
    return arithmetic(buckets.linear.start, buckets.linear.width, buckets.linear.count);
  return bucketPresets[buckets.preset];
}

/** Ascending and distinct, which is what the model promises even where the author wrote them otherwise. */
export function ascending(bounds: readonly number[]): readonly number[] {
  const isAscending = bounds.every((bound, index) => index === 0 || (bounds[index - 1] ?? 0) < bound);
  return isAscending ? bounds : [...new Set(bounds)].sort((a, b) => a - b);
}

/** Bounds for a histogram without `buckets`, from the unit in its name; undefined where the name has none that tells. */
export function defaultBuckets(unit: string | undefined): readonly number[] | undefined {
  const preset = unit === undefined ? undefined : presetOfUnit.get(unit);
  return preset === undefined ? undefined : bucketPresets[preset];
}
