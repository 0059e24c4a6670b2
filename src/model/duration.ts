import { parseDuration as secondsOf, printDuration } from '../promql/duration.js';

/** Length of time; `text` is a Prometheus duration in its shortest form. */
export interface Duration {
  readonly text: string;
  readonly seconds: number;
}

/** A duration of so many seconds; its text is to the millisecond. */
export function durationOf(seconds: number): Duration {
  return Object.freeze({ text: printDuration(seconds), seconds });
}

/**
 * Reads a duration that the schema has let through: `30d`, `1h30m`, and for thresholds also `51.2s`.
 * What cannot be read is zero: the schema stage has reported it.
 */
export function parseDuration(text: string): Duration {
  return durationOf(secondsOf(text, { fractions: true }) ?? 0);
}
