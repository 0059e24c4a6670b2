import { placeOf, type Finding } from '../finding.js';
import { outcome } from '../interval.js';
import type { Threshold } from '../threshold.js';

/** OBS3138: a quantile is never above the last bound of the buckets. */
export function quantileBeyondBuckets({ op, limit, value, place }: Threshold): Finding | undefined {
  const { distribution, nature, range } = value;
  const top = distribution?.buckets.at(-1);
  if (nature !== 'quantile' || distribution === undefined || top === undefined) return undefined;
  if (limit < top || outcome(range, op, limit) !== 'never') return undefined;
  const seconds = limit / 1000;
  const looksLikeMilliseconds =
    distribution.observed === 'seconds' && seconds >= (distribution.buckets[0] ?? 0);
  return {
    code: 'OBS3138',
    at: placeOf(place),
    message: `a quantile of \`${distribution.metric}\` is never above its last bucket, ${top}: the comparison with ${limit} never holds`,
    help:
      looksLikeMilliseconds && limit >= 100
        ? `the values are seconds: ${seconds}`
        : `compare with a bound below ${top}, or add larger buckets`,
    metrics: [distribution.metric],
  };
}
