import type { Expr } from '../../../promql/ast.js';
import type { RuleGroup } from '../../../promql/rule.js';
import { comparisons, numberOf } from '../operators/numbers.js';
import { asksForMoreThanZero } from './path.js';
import { isScalar } from './pinned.js';

/** Functions that yield nothing below 0 of counters and of whatever else they are made for. */
const neverNegative = new Set([
  'abs',
  'count_over_time',
  'increase',
  'irate',
  'present_over_time',
  'rate',
  'stddev_over_time',
]);
/** Functions that yield nothing below 0 where there is nothing below it among the samples. */
const keepSign = new Set([
  'avg_over_time',
  'last_over_time',
  'max_over_time',
  'min_over_time',
  'sum_over_time',
  'vector',
]);
const aggregations = new Set(['avg', 'count', 'group', 'max', 'min', 'sum']);

/** Whether every value is more than 0: a filter says so, and what is multiplied with it afterwards is positive too. */
export function isPositive(expr: Expr): boolean {
  if (expr.kind === 'paren') return isPositive(expr.expr);
  if (expr.kind === 'number') return expr.value > 0;
  if (expr.kind !== 'binary') return false;
  if (expr.op === '*' || expr.op === '/') return isPositive(expr.left) && isPositive(expr.right);
  return asksForMoreThanZero(expr);
}

/**
 * Whether no value is less than 0; what is no number may be among them. Records are looked up among the rules; a metric that nothing
 * records may be anything, unless it is a counter.
 */
export function isNonNegative(
  expr: Expr,
  groups: readonly RuleGroup[],
  open: readonly string[] = [],
): boolean {
  const is = (inner: Expr): boolean => isNonNegative(inner, groups, open);
  switch (expr.kind) {
    case 'number':
      return expr.value >= 0;
    case 'paren':
    case 'subquery':
      return is(expr.expr);
    case 'selector': {
      const { metric } = expr;
      if (metric === undefined || open.includes(metric)) return false;
      const rules = groups.flatMap((group) =>
        group.rules.filter((rule) => rule.kind === 'record' && rule.record === metric),
      );
      // A counter by its name, which a check of the spec holds to its type.
      if (rules.length === 0) return /_(?:total|count|bucket)$/.test(metric);
      return rules.every((rule) => isNonNegative(rule.expr, groups, [...open, metric]));
    }
    case 'call': {
      const [first, second] = expr.args;
      if (neverNegative.has(expr.func)) return true;
      if (expr.func === 'clamp_min' && second !== undefined) return (numberOf(second) ?? -1) >= 0;
      return keepSign.has(expr.func) && first !== undefined && is(first);
    }
    case 'aggregation':
      return aggregations.has(expr.op) && is(expr.expr);
    case 'binary':
      if (comparisons.has(expr.op))
        return (
          expr.bool === true || is(isScalar(expr.left) ? expr.right : expr.left) || asksForMoreThanZero(expr)
        );
      if (expr.op === 'and' || expr.op === 'unless') return is(expr.left);
      return ['+', '*', '/', 'or'].includes(expr.op) && is(expr.left) && is(expr.right);
    case 'unary':
    case 'string':
      return false;
  }
}
