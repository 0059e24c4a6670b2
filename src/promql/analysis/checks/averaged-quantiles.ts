import type { Aggregation } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

/** OBS3136: quantiles are not averaged or added. */
export function averagedQuantiles(
  { op, opAt, ...expr }: Aggregation,
  { nature }: Value,
): Finding | undefined {
  if (nature !== 'quantile' || (op !== 'avg' && op !== 'sum')) return undefined;
  return {
    code: 'OBS3136',
    at: opAt ?? placeOf({ op, ...expr }),
    message: `the ${op === 'avg' ? 'mean' : 'sum'} of quantiles is the quantile of nothing`,
    help: 'add the buckets up first: histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m]))); or take the max',
  };
}
