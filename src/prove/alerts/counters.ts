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

/** Binary digits of a step, from its first one on. The longest windows are told from one interval more by one part in 20,000. */
const digits = 17;

/** What is less is the dust of a calculation, and a counter of millions could not be told to grow by it without any. */
const least = 2 ** -28;

/**
 * A step that adds up to the same again and again: a number of few binary digits. promtool adds steps one by one, and dust at the seam of
 * two stretches would look like a counter that starts anew. Digits count from the first one that is not 0: to the nearest 1/1024, a step
 * of 0.0696 is lower by 0.4 %, and with 36 of them a window never has the 5 events that an alert waits for.
 */
export function exact(step: number): number {
  if (Math.abs(step) < least) return 0;
  const unit = Math.min(1, Math.max(least, 2 ** (Math.floor(Math.log2(Math.abs(step))) + 1 - digits)));
  return Math.round(step / unit) * unit;
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
