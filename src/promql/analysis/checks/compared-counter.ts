import { placeOf, type Finding } from '../finding.js';
import type { Comparison } from '../interval.js';
import type { Threshold } from '../threshold.js';

/** Whether a comparison asks no more than whether something has happened at all. */
function asksForAny(op: Comparison, limit: number): boolean {
  return (
    (limit === 0 && ['>', '==', '!=', '<='].includes(op)) || (limit === 1 && (op === '>=' || op === '<'))
  );
}

/** Whether a raw counter is asked whether anything has been counted since its program started. */
export function isOccurrence({ op, limit, value }: Threshold): boolean {
  return value.nature === 'counter' && asksForAny(op, limit);
}

/** OBS3127: a counter is not compared with a number, which it passes one day and stays beyond. */
export function comparedCounter({ op, limit, value, place }: Threshold): Finding | undefined {
  if (value.nature !== 'counter' || asksForAny(op, limit)) return undefined;
  const [source] = value.sources;
  if (source === undefined) return undefined;
  return {
    code: 'OBS3127',
    at: placeOf(place),
    message: `\`${source.name}\` only grows: it passes ${limit} one day and stays there until a restart`,
    help: `compare what was counted in a time: increase(${source.name}[1h]), or its speed: rate(${source.name}[5m])`,
    metrics: [source.metric],
  };
}
