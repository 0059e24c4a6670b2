import type { Binary, Expr } from '../ast.js';
import type { Comparison } from './interval.js';
import type { Value } from './value.js';

/** A comparison of something with a number, the number on the right. */
export interface Threshold {
  readonly expr: Binary;
  readonly op: Comparison;
  readonly value: Value;
  /** What the value was computed by. */
  readonly subject: Expr;
  readonly limit: number;
  /** Where the number stands. */
  readonly place: Expr;
}
