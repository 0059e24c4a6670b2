import type { Call } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

const meaningless = new Set(
  'avg_over_time sum_over_time quantile_over_time stddev_over_time stdvar_over_time mad_over_time'.split(' '),
);

/** OBS3132: the mean of a counter's readings means nothing. */
export function counterOverTime(call: Call, { nature, sources, pending }: Value): Finding | undefined {
  const [source] = sources;
  if (nature !== 'counter' || source === undefined || !meaningless.has(call.func)) return undefined;
  return (
    pending ?? {
      code: 'OBS3132',
      at: call.funcAt ?? placeOf(call),
      message: `${call.func}() of the counter \`${source.name}\` says when its program was started, not what it counted`,
      help: `use increase(${source.name}[…]) for a number of events, rate() for their speed`,
      metrics: [source.metric],
    }
  );
}
