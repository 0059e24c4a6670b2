import type { DiagnosticCode } from '../../diagnostics/catalogue.js';
import type { Expr, Position } from '../ast.js';

/** The codes that the analysis of a query can yield. */
export type FindingCode = Extract<DiagnosticCode, `OBS31${string}`>;

/** Something in a query that cannot be meant, at offsets of its text. */
export interface Finding {
  readonly code: FindingCode;
  readonly at: Position;
  readonly message: string;
  readonly help?: string | undefined;
  /** What to write in the place of `at`, made from what stands there. */
  readonly replacement?: ((written: string) => string) | undefined;
  /** The metrics that it is about, where they are declared. */
  readonly metrics?: readonly string[] | undefined;
}

const nowhere: Position = { from: 0, to: 0 };

/** Where an expression stands; expressions that were built stand nowhere. */
export function placeOf(expr: Expr): Position {
  return expr.at ?? nowhere;
}

/** What stands there is put in the place of it, whatever it was. */
export function instead(text: string): (written: string) => string {
  return () => text;
}
