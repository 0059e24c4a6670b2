import type { BinaryOperator, Expr, NumberLiteral } from '../../../promql/ast.js';
import { number } from '../../../promql/build.js';

/** Operators that let pass or hold back. */
export const comparisons: ReadonlySet<BinaryOperator> = new Set(['==', '!=', '>', '<', '>=', '<=']);

/** Numbers to put in the place of one: twice and half of it; 0 has neither, and 1 is put in its place. */
export function otherNumbers({ value }: NumberLiteral): readonly NumberLiteral[] {
  if (!Number.isFinite(value)) return [];
  return value === 0 ? [number(1)] : [number(value * 2), number(value / 2)];
}

/** Whether a node is a number, with a sign or without. */
export function isNumber(expr: Expr): boolean {
  return expr.kind === 'number' || ((expr.kind === 'unary' || expr.kind === 'paren') && isNumber(expr.expr));
}

/** The value of a node that is a number. */
export function numberOf(expr: Expr): number | undefined {
  if (expr.kind === 'number') return expr.value;
  if (expr.kind === 'paren') return numberOf(expr.expr);
  if (expr.kind !== 'unary') return undefined;
  const value = numberOf(expr.expr);
  return value === undefined || expr.op === '+' ? value : -value;
}
