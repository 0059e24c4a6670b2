import { placeOf, type Finding } from '../finding.js';
import type { Threshold } from '../threshold.js';

/** A mean that is so many times its largest bucket is no mean of what the buckets were made for. */
const far = 10;

/** OBS3153: a threshold is in the unit of the value: no percent for a share, no milliseconds for seconds. */
export function thresholdScale({ limit, value, place }: Threshold): Finding | undefined {
  const { unit, distribution, range, sources } = value;
  const metrics = sources.slice(0, 1).map(({ metric }) => metric);
  const at = placeOf(place);
  if (unit === 'ratio' && range.high === Infinity && limit >= 10 && limit <= 100 && Number.isInteger(limit)) {
    return {
      code: 'OBS3153',
      at,
      message: `the value is a share, and ${limit} looks like percent`,
      help: `write ${limit / 100}, or multiply the share by 100`,
      metrics,
    };
  }
  const top = distribution?.buckets.at(-1);
  if (unit !== 'seconds' || top === undefined || limit < far * top) return undefined;
  return {
    code: 'OBS3153',
    at,
    message: `the value is in seconds, and ${limit} s is far beyond the largest bucket of \`${distribution?.metric ?? ''}\`, ${top} s`,
    help: `write ${limit / 1000}, if milliseconds were meant`,
    metrics,
  };
}
