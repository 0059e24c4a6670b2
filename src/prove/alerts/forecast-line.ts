import type { Sample } from '../series.js';

/** The line of least squares, seen from a time. */
export function lineThrough(
  samples: readonly Sample[],
  at: number,
): { readonly slope: number; readonly now: number; readonly deviation: number } {
  const count = samples.length;
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, each) => sum + of(each), 0) / count;
  const [middle, level] = [mean(({ time }) => time - at), mean(({ value }) => value)];
  const covariance = mean(({ time, value }) => (time - at - middle) * (value - level));
  const spread = mean(({ time }) => (time - at - middle) ** 2);
  const slope = spread === 0 ? 0 : covariance / spread;
  return {
    slope,
    now: level - slope * middle,
    deviation: Math.sqrt(mean(({ value }) => (value - level) ** 2)),
  };
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
