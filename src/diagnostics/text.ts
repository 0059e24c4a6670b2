import type { Range } from './diagnostic.js';

/**
 * A string of the spec that knows where each of its characters stands in the file, through quotes, escapes and block scalars:
 * what a range inside a PromQL string is made from.
 */
export interface Text {
  readonly value: string;
  /** The whole scalar, quotes included. */
  readonly range: Range;
  /** The range in the file of the characters `from` (inclusive) to `to` (exclusive) of `value`. */
  slice(from: number, to: number): Range;
}
