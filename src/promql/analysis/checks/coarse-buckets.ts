import { placeOf, type Finding } from '../finding.js';
import type { Threshold } from '../threshold.js';

/** A bucket whose ends are more than so many times apart says next to nothing of what lies between them. */
const coarse = 5;

/** OBS3139: where a quantile is compared, the buckets are fine enough to tell. */
export function coarseBuckets({ limit, value, place }: Threshold): Finding | undefined {
  const { distribution, nature } = value;
  if (nature !== 'quantile' || distribution === undefined) return undefined;
  const { buckets, metric } = distribution;
  const below = buckets.findLast((bound) => bound <= limit);
  const above = buckets.find((bound) => bound > limit);
  if (below === limit || below === undefined || above === undefined || below <= 0 || above <= coarse * below)
    return undefined;
  return {
    code: 'OBS3139',
    at: placeOf(place),
    message: `between its bounds ${below} and ${above} \`${metric}\` cannot tell: a quantile near ${limit} is a guess`,
    help: `compare with ${below} or ${above}, or add the bound ${limit} to its buckets`,
    metrics: [metric],
  };
}
