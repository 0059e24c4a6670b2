/** Paces of evaluation that divide most windows, in seconds. */
const paces = [600, 300, 120, 60, 30, 20, 15, 10, 5, 1];

/** A selector finds nothing behind this many seconds, so that samples must not lie further apart. */
const furthest = 300;

function isWhole(seconds: number, pace: number): boolean {
  return Math.abs(seconds / pace - Math.round(seconds / pace)) < 1e-9;
}

/**
 * Seconds between samples and evaluations: as far apart as possible, with at least so many of them in the window, and with whole numbers
 * of them in each of the times that matter.
 * @param window seconds, the shortest range that is read; undefined where none is
 * @param times seconds, such as `for`
 */
export function paceFor(
  window: number | undefined,
  least: number,
  times: readonly (number | undefined)[],
): number {
  const known = [window, ...times].filter((time) => time !== undefined && time > 0);
  const found = paces.find(
    (pace) =>
      pace <= furthest &&
      (window === undefined ? pace <= 60 : window / pace >= least) &&
      known.every((time) => isWhole(time ?? 0, pace)) &&
      // Half of a time has to be told from the whole.
      times.every((time) => time === undefined || time === 0 || time / pace >= 2),
  );
  return found ?? 1;
}

/** Samples or evaluations that a time takes, rounded up. */
export function steps(seconds: number | undefined, pace: number): number {
  return Math.ceil((seconds ?? 0) / pace - 1e-9);
}
