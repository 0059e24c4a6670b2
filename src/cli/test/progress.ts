import type { Progress } from '../../prove/run/rule-tests.js';

/** Characters of the bar itself. */
const length = 20;

/** `1m 5s`, or `4.2 s` below ten seconds. @param milliseconds a length of time */
export function elapsed(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)}m ${whole % 60}s`;
}

/**
 * Draws how far a run has come: a bar, a count, the time that has gone by, and what is at work, on one line.
 * @param columns of the terminal
 * @param started milliseconds on the clock that is given to the result
 */
export function progressBar(
  columns: number | undefined,
  started: number,
): (progress: Progress, now: number) => string {
  const width = (columns ?? 80) - 1;
  return ({ done, total, what }, now) => {
    const full = total === 0 ? length : Math.floor((done / total) * length);
    const bar = `${'='.repeat(full)}${' '.repeat(length - full)}`;
    return `[${bar}] ${done}/${total}  ${elapsed(now - started)}  ${what}`.slice(0, width);
  };
}
