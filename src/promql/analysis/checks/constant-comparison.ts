import { instead, placeOf, type Finding } from '../finding.js';
import { outcome, type Interval } from '../interval.js';
import type { Threshold } from '../threshold.js';

function inWords({ low, high }: Interval): string {
  if (low === high) return `always ${low}`;
  if (high === Infinity) return `${low} or more`;
  return low === -Infinity ? `${high} or less` : `${low} to ${high}`;
}

/** OBS3151, OBS3152: a threshold lies where values can be on either side of it. */
export function constantComparison(
  { op, limit, value, place }: Threshold,
  which: 'never' | 'always',
): Finding | undefined {
  const { range, nature } = value;
  if (range.low > range.high || outcome(range, op, limit) !== which) return undefined;
  // That there are series at all is often asked in this way.
  if (which === 'always' && (nature === 'count' || value.nan !== undefined)) return undefined;
  const isShare = range.low >= 0 && range.low < range.high && range.high <= 1 && limit > 1 && limit <= 100;
  const share = String(Number((limit / 100).toPrecision(12)));
  const written = place.kind === 'number' && place.text?.startsWith('$') !== true;
  const related = value.sources.filter((each) => each.range !== undefined).map(({ metric }) => metric);
  return {
    code: which === 'never' ? 'OBS3151' : 'OBS3152',
    at: placeOf(place),
    message:
      which === 'never'
        ? `the value is ${inWords(range)}: \`${op} ${limit}\` never holds`
        : `the value is ${inWords(range)}: \`${op} ${limit}\` always holds`,
    help:
      nature === 'count'
        ? 'where there is nothing to count there is no series, not 0: use absent()'
        : isShare
          ? `a share is at most 1: ${share}`
          : 'compare with a value that it can pass',
    replacement: isShare && written && which === 'never' ? instead(share) : undefined,
    metrics: related.slice(0, 1),
  };
}
