import type { Call } from '../../ast.js';
import { instead, placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

const successors: Readonly<Record<string, string | undefined>> = { delta: 'increase', deriv: 'rate' };

/** OBS3123: functions that know nothing of resets are not given counters. */
export function counterDelta(call: Call, arg: Value): Finding | undefined {
  if (arg.nature !== 'counter') return undefined;
  const [source] = arg.sources;
  const successor = successors[call.func];
  const name = source === undefined ? 'a counter' : `the counter \`${source.name}\``;
  return {
    code: 'OBS3123',
    at: call.funcAt ?? placeOf(call),
    message: `${call.func}() of ${name} takes each restart for a fall`,
    help:
      successor === undefined
        ? `take rate() first, and ${call.func}() of a subquery of it: ${call.func}(rate(…[5m])[30m:])`
        : `use ${successor}(), which knows of resets`,
    replacement:
      successor === undefined || call.funcAt === undefined || arg.combined ? undefined : instead(successor),
    metrics: source === undefined ? [] : [source.metric],
  };
}
