import type { Call, Duration } from '../../ast.js';
import { printDuration } from '../../duration.js';
import { instead, placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

/** So many samples a range holds at least where one may be missed. */
const comfortable = 4;

function rangeOf(call: Call): Duration | undefined {
  const [arg] = call.args;
  if (arg?.kind === 'selector' || arg?.kind === 'subquery') return arg.range;
  return arg?.kind === 'paren' ? rangeOf({ ...call, args: [arg.expr] }) : undefined;
}

/** OBS3124, OBS3125: a range from which a change is read holds two samples, and still does when one is missed. */
export function rangeOfTwoSamples(call: Call, { interval, sources, combined }: Value): Finding | undefined {
  const range = rangeOf(call);
  if (interval === undefined || range?.kind !== 'duration') return undefined;
  if (range.seconds >= comfortable * interval) return undefined;
  // What a subquery computes has no gaps of its own.
  const isSubquery = call.args[0]?.kind === 'subquery';
  if (isSubquery && range.seconds >= 2 * interval) return undefined;
  const isTooShort = range.seconds < 2 * interval;
  const every = printDuration(interval);
  const enough = printDuration(comfortable * interval);
  const written = printDuration(range.seconds);
  return {
    code: isTooShort ? 'OBS3124' : 'OBS3125',
    at: range.at ?? placeOf(call),
    message: isTooShort
      ? `a range of ${written} rarely holds the two samples that ${call.func}() needs: they come every ${every}`
      : `one missed sample empties ${call.func}() over ${written}: samples come every ${every}`,
    help: `use at least ${enough}`,
    replacement: range.at === undefined ? undefined : instead(enough),
    metrics: combined || sources[0] === undefined ? [] : [sources[0].metric],
  };
}
