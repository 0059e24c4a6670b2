import type { Aggregation } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

/** OBS3126: counters are added up after rate(), not before it. Pending: what it is compared with may show that it is meant. */
export function addedCounters(
  { op, opAt, ...expr }: Aggregation,
  { nature, sources, pending }: Value,
): Finding | undefined {
  if (pending !== undefined || nature !== 'counter' || (op !== 'sum' && op !== 'avg')) return pending;
  const [source] = sources;
  if (source === undefined) return undefined;
  return {
    code: 'OBS3126',
    at: opAt ?? placeOf({ op, ...expr }),
    message: `${op} of the counter \`${source.name}\` falls whenever one of its programs restarts`,
    help: `take the rate first: ${op}(rate(${source.name}[5m])), or increase() over the time that you mean`,
    metrics: [source.metric],
  };
}
