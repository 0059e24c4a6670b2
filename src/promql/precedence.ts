import type { BinaryOperator } from './ast.js';

/** How tightly each operator binds. */
export const precedence: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '>': 3,
  '<': 3,
  '>=': 3,
  '<=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
};

/** A sign binds as a product does: -a ^ b is -(a ^ b), -a * b is (-a) * b. */
export const signPrecedence = 5;

/** `^` alone groups from the right. */
export function isRightAssociative(op: BinaryOperator): boolean {
  return op === '^';
}

export function isComparison(op: BinaryOperator): boolean {
  return precedence[op] === 3;
}

export function isSetOperator(op: BinaryOperator): boolean {
  return precedence[op] <= 2;
}
