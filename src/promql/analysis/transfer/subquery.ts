import type { Subquery } from '../../ast.js';
import { subqueryStep } from '../checks/subquery-step.js';
import type { Scope } from '../scope.js';
import type { Value } from '../value.js';

/** Values of an expression at several times. What is pending stays so: the function around it decides. */
export function subquery(scope: Scope, expr: Subquery): Value {
  const inner = scope.value(expr.expr);
  scope.report(subqueryStep(expr, inner));
  const step = expr.step?.kind === 'duration' ? expr.step.seconds : undefined;
  return { ...inner, kind: 'range', interval: step ?? scope.environment.evaluationInterval };
}
