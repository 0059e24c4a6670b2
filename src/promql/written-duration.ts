import { printDuration, unitMilliseconds } from './duration.js';

/** How people spell the units that Prometheus writes with one letter. */
const spellings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ms: ['ms', 'msec', 'msecs', 'millis', 'millisecond', 'milliseconds'],
    s: ['s', 'sec', 'secs', 'second', 'seconds'],
    m: ['m', 'min', 'mins', 'minute', 'minutes'],
    h: ['h', 'hr', 'hrs', 'hour', 'hours'],
    d: ['d', 'day', 'days'],
    w: ['w', 'week', 'weeks'],
  }).flatMap(([unit, words]) => words.map((word): [string, string] => [word, unit])),
);

/** The duration that was meant by `5 min`, `1.5h` or `90 seconds`, in the spelling of Prometheus; undefined where that is not clear. */
export function suggestedDuration(written: string): string | undefined {
  const compact = written
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '');
  if (compact.length > 60) return undefined;
  let total = 0;
  let rest = compact;
  while (rest !== '') {
    const match = /^([0-9]{1,9}(?:\.[0-9]{1,6})?)([a-z]+)/.exec(rest);
    const unit = spellings.get(match?.[2] ?? '');
    if (match === null || unit === undefined) return undefined;
    total += Number(match[1]) * (unitMilliseconds.get(unit) ?? 0);
    rest = rest.slice(match[0].length);
  }
  return total > 0 && Number.isInteger(total) ? printDuration(total / 1000) : undefined;
}
