import type { Call } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

const instead: Readonly<Record<string, string>> = {
  histogram_count: '_count',
  histogram_sum: '_sum',
};

/** OBS3137: functions of native histograms are given some. */
export function nativeNeeded(call: Call, { sources }: Value): Finding | undefined {
  const arg = call.args.at(-1);
  const source = sources.find((each) => each.isOwn && each.type !== 'native');
  if (arg === undefined || source === undefined || sources.length !== 1) return undefined;
  const part = instead[call.func];
  return {
    code: 'OBS3137',
    at: placeOf(arg),
    message: `${call.func}() reads native histograms only, and \`${source.name}\` is none: there is no result`,
    help:
      part === undefined
        ? 'a classic histogram is read by its _bucket, _sum and _count'
        : `a classic histogram has it as a series: \`${source.metric}${part}\``,
    metrics: [source.metric],
  };
}
