import type { Binary } from '../../ast.js';
import { isComparison, isSetOperator } from '../../precedence.js';
import type { Scope } from '../scope.js';
import type { Value } from '../value.js';
import { arithmeticOf } from './arithmetic.js';
import { comparison } from './comparison.js';
import { setOperation } from './set-operation.js';

/** Two operands and what stands between them. */
export function binary(scope: Scope, expr: Binary): Value {
  const left = scope.value(expr.left);
  const right = scope.value(expr.right);
  if (isSetOperator(expr.op)) return setOperation(scope, expr, left, right);
  if (isComparison(expr.op)) return comparison(scope, expr, left, right);
  return arithmeticOf(scope, expr, left, right);
}
