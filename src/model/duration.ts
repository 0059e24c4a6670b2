import type { Duration } from './model.js';

/** Milliseconds of each unit; a year of Prometheus has 365 days. */
const unitMilliseconds: Readonly<Record<string, number>> = {
  y: 365 * 86_400_000,
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};

/** Weeks and years are left out: objectives are spoken of in days. */
const printedUnits = ['d', 'h', 'm', 's', 'ms'] as const;

/** A duration of so many seconds, to the millisecond. */
export function durationOf(seconds: number): Duration {
  let rest = Math.round(seconds * 1000);
  let text = '';
  for (const unit of printedUnits) {
    const size = unitMilliseconds[unit] ?? 1;
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return Object.freeze({ text: text === '' ? '0s' : text, seconds });
}

/**
 * Reads a duration that the schema has let through: `30d`, `1h30m`, and for thresholds also `51.2s`.
 * What cannot be read is zero: the schema stage has reported it.
 */
export function parseDuration(text: string): Duration {
  let milliseconds = 0;
  for (const [, number, unit] of text.matchAll(/([0-9]+(?:\.[0-9]+)?)(ms|[ywdhms])/g)) {
    milliseconds += Number(number) * (unitMilliseconds[unit ?? ''] ?? 0);
  }
  return durationOf(Math.round(milliseconds) / 1000);
}
