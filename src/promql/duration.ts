/** Units of Prometheus durations, in milliseconds. */
export const unitMilliseconds: ReadonlyMap<string, number> = new Map([
  ['y', 365 * 86_400_000],
  ['w', 7 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]);

/** Weeks and years are left out: windows and periods are spoken of in days, and 28d names itself as well as 4w. */
const printed = ['d', 'h', 'm', 's', 'ms'];

/**
 * A length of time as Prometheus reads it: `5m`, `1h30m`, `28d`; `-1h` where it is negative.
 * @param seconds rounded to milliseconds, the finest that PromQL knows
 */
export function printDuration(seconds: number): string {
  let rest = Math.round(Math.abs(seconds) * 1000);
  if (rest === 0) return '0s';
  let text = seconds < 0 ? '-' : '';
  for (const name of printed) {
    const milliseconds = unitMilliseconds.get(name) ?? 1;
    const count = Math.floor(rest / milliseconds);
    if (count > 0) text += `${count}${name}`;
    rest -= count * milliseconds;
  }
  return text;
}

const written = /^(?=.)(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+(\.\d+)?s)?(?:\d+ms)?$/;

/**
 * Seconds of a duration such as `1h30m`, to the millisecond; undefined where it is none. A bare number is seconds, as in Prometheus 3.
 * @param fractions whether seconds may have a fraction, `51.2s`, as thresholds in a spec do and PromQL does not
 */
export function parseDuration(text: string, { fractions = false } = {}): number | undefined {
  if (/^(?:\d+(?:\.\d+)?|\.\d+)$/.test(text)) return Number(text);
  const found = written.exec(text);
  if (found === null || (found[1] !== undefined && !fractions)) return undefined;
  let milliseconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[ywdhms])/g)) {
    milliseconds += Number(count) * (unitMilliseconds.get(unit ?? '') ?? 0);
  }
  return Math.round(milliseconds) / 1000;
}
