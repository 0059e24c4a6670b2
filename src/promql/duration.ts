/** Units of Prometheus durations, longest first, in milliseconds. */
const units: readonly { readonly name: string; readonly milliseconds: number; readonly whole: boolean }[] = [
  // Years and weeks only where nothing is left over: 90d reads better than 12w6d.
  { name: 'y', milliseconds: 365 * 86_400_000, whole: true },
  { name: 'w', milliseconds: 7 * 86_400_000, whole: true },
  { name: 'd', milliseconds: 86_400_000, whole: false },
  { name: 'h', milliseconds: 3_600_000, whole: false },
  { name: 'm', milliseconds: 60_000, whole: false },
  { name: 's', milliseconds: 1000, whole: false },
  { name: 'ms', milliseconds: 1, whole: false },
];

const unitNames = new Map(units.map((unit) => [unit.name, unit.milliseconds]));

/**
 * A length of time as Prometheus prints it: `5m`, `1h30m`, `4w`; `-1h` where it is negative.
 * @param seconds rounded to milliseconds, the finest that PromQL knows
 */
export function printDuration(seconds: number): string {
  let rest = Math.round(Math.abs(seconds) * 1000);
  if (rest === 0) return '0s';
  let text = seconds < 0 ? '-' : '';
  for (const { name, milliseconds, whole } of units) {
    if (whole && rest % milliseconds !== 0) continue;
    const count = Math.floor(rest / milliseconds);
    if (count > 0) text += `${count}${name}`;
    rest -= count * milliseconds;
  }
  return text;
}

/** Seconds of a Prometheus duration such as `1h30m`; undefined where it is none. A bare number is seconds, as in Prometheus 3. */
export function parseDuration(text: string): number | undefined {
  if (/^(?:\d+(?:\.\d+)?|\.\d+)$/.test(text)) return Number(text);
  if (!/^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?$/.test(text) || text === '')
    return undefined;
  let milliseconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[ywdhms])/g)) {
    milliseconds += Number(count) * (unitNames.get(unit ?? '') ?? 0);
  }
  return milliseconds / 1000;
}
