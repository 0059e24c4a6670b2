import type { Columns } from '../series.js';

/** The line of least squares through samples `from` to `to` (exclusive), seen from a time. */
export function lineThrough(
  columns: Columns,
  from: number,
  to: number,
  at: number,
): { readonly slope: number; readonly now: number; readonly deviation: number } {
  const count = to - from;
  // Written out: a search looks through hundreds of windows of hundreds of samples.
  let [times, values] = [0, 0];
  for (let index = from; index < to; index += 1) {
    times += (columns.times[index] ?? NaN) - at;
    values += columns.values[index] ?? NaN;
  }
  const [middle, level] = [times / count, values / count];
  let [covariance, spread, squares] = [0, 0, 0];
  for (let index = from; index < to; index += 1) {
    const time = (columns.times[index] ?? NaN) - at - middle;
    const value = (columns.values[index] ?? NaN) - level;
    covariance += time * value;
    spread += time ** 2;
    squares += value ** 2;
  }
  const slope = spread === 0 ? 0 : covariance / count / (spread / count);
  return { slope, now: level - slope * middle, deviation: Math.sqrt(squares / count) };
}

/** Whether a sample lies before the edge of a window; Prometheus 2 counts one at the edge itself. */
export function isTooOld(time: number, edge: number, isClosed: boolean): boolean {
  return isClosed ? time < edge : time <= edge;
}

/** A condition that differs from the one in question. */
export interface Variant {
  /** Whether a line through noise is told from a way. */
  readonly guarded?: boolean;
  /** The part of the window that the scatter is taken over. */
  readonly scatter?: number;
  /** The part of the window that samples are counted in. */
  readonly known?: number;
}
