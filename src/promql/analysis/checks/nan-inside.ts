import type { Finding } from '../finding.js';
import type { Value } from '../value.js';

const poisoned = new Set(
  'sum avg stddev stdvar sum_over_time avg_over_time stddev_over_time stdvar_over_time quantile_over_time mad_over_time'.split(
    ' ',
  ),
);

/** OBS3145: NaN is kept away from sums, all of which it makes NaN. */
export function nanInside(name: string, { nan }: Value): Finding | undefined {
  if (nan === undefined || !poisoned.has(name)) return undefined;
  return {
    code: 'OBS3145',
    at: nan.at,
    message: `one NaN makes the whole ${name} NaN, and ${nan.message}`,
    help: nan.help,
    replacement: nan.replacement,
  };
}
