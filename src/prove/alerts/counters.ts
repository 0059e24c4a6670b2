import { line, type Segment, type TestSeries } from '../series.js';
import type { Row } from './rows.js';

/** A stretch in which a counter grows at one pace. */
export interface Phase {
  /** Intervals between samples. */
  readonly intervals: number;
  /** How much it grows in each. */
  readonly step: number;
}

/** A number that a test file shows without dust. */
export function tidy(value: number): number {
  return Number(value.toPrecision(9));
}

/**
 * A step that adds up to the same again and again: whole, or a small number of binary digits. promtool adds steps one by one, and dust at
 * the seam of two stretches would look like a counter that starts anew.
 */
export function exact(step: number): number {
  return Math.abs(step) >= 100 ? Math.round(step) : Math.round(step * 1024) / 1024;
}

/**
 * The samples of a counter that grows at changing paces.
 * @param from its first value
 */
export function grows(phases: readonly Phase[], from = 0): readonly Segment[] {
  const segments: Segment[] = [];
  let value = from;
  let isFirst = true;
  for (const { intervals, step } of phases) {
    if (intervals <= 0) continue;
    const each = phases.length > 1 ? exact(step) : tidy(step);
    segments.push(isFirst ? line(value, each, intervals) : line(value + each, each, intervals - 1));
    value += each * intervals;
    isFirst = false;
  }
  return segments;
}

export function seriesOf({ metric, labels }: Row, segments: readonly Segment[]): TestSeries {
  return { metric, labels, segments };
}
