import type { Call } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

/** OBS3128: rate() is taken before counters are joined. */
export function rateOfAggregate(call: Call, arg: Value): Finding | undefined {
  if (arg.nature !== 'counter' || !arg.combined) return undefined;
  const [inner] = call.args;
  return {
    code: 'OBS3128',
    at: inner === undefined ? placeOf(call) : placeOf(inner),
    message: `${call.func}() of joined counters: the restart of one program looks like a fall of all, and then like a leap`,
    help: `take ${call.func}() of the counter itself, and join what it yields: sum(${call.func}(…[5m]))`,
    metrics: arg.sources.slice(0, 1).map(({ metric }) => metric),
  };
}
