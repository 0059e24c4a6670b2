import type { Aggregation, Expr } from '../../ast.js';
import { isComparison } from '../../precedence.js';
import { placeOf, type Finding } from '../finding.js';

/** The aggregation that decides which series an alert fires for, where it is one that picks some. */
function pickerOf(expr: Expr): Aggregation | undefined {
  switch (expr.kind) {
    case 'paren':
      return pickerOf(expr.expr);
    case 'aggregation':
      return ['topk', 'bottomk', 'limitk', 'limit_ratio'].includes(expr.op) ? expr : undefined;
    case 'binary':
      if (expr.op === 'or') return pickerOf(expr.left) ?? pickerOf(expr.right);
      if (expr.op === 'and' || expr.op === 'unless') return pickerOf(expr.left);
      if (!isComparison(expr.op)) return undefined;
      return pickerOf(expr.left.kind === 'number' ? expr.right : expr.left);
    default:
      return undefined;
  }
}

/** OBS3158: an alert does not hang on which series are the largest at the moment. */
export function pickedSeries(expr: Expr): Finding | undefined {
  const found = pickerOf(expr);
  if (found === undefined) return undefined;
  return {
    code: 'OBS3158',
    at: found.opAt ?? placeOf(found),
    message: `${found.op} picks other series from one moment to the next: alerts end and begin again without a reason`,
    help: 'compare every series with a threshold, or use max or min',
  };
}
