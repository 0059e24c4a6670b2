import type { Call } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

/** OBS3135: a quantile is taken of what was counted lately. */
export function bucketsRated(call: Call, { buckets, nature }: Value): Finding | undefined {
  const [, arg] = call.args;
  if (buckets === undefined || nature !== 'counter' || arg === undefined) return undefined;
  return {
    code: 'OBS3135',
    at: placeOf(arg),
    message: `the quantile is over everything since the start of each program: what happens now hardly moves it`,
    help: `take the rate of the buckets first: rate(${buckets.name}[5m])`,
    metrics: [buckets.metric],
  };
}
