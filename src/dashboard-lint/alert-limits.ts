import type { Alert } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import { printPromql } from '../promql/print.js';
import { transform } from '../promql/walk.js';

/** What an alert compares, and with which number. */
export interface Watch {
  readonly expr: Expr;
  readonly limit: number;
}

function numberOf(expr: Expr): number | undefined {
  if (expr.kind === 'number') return Number.isFinite(expr.value) ? expr.value : undefined;
  if (expr.kind === 'paren') return numberOf(expr.expr);
  if (expr.kind === 'unary') {
    const value = numberOf(expr.expr);
    return value === undefined || expr.op === '+' ? value : -value;
  }
  if (expr.kind !== 'binary' || (expr.op !== '*' && expr.op !== '/')) return undefined;
  const [left, right] = [numberOf(expr.left), numberOf(expr.right)];
  if (left === undefined || right === undefined) return undefined;
  return expr.op === '*' ? left * right : left / right;
}

/** A comparison with a number; undefined where both sides are series, or nothing is compared. */
function comparison(expr: Expr): Watch | undefined {
  if (expr.kind === 'paren') return comparison(expr.expr);
  if (expr.kind !== 'binary' || !/^(?:[<>]=?|[=!]=)$/.test(expr.op)) return undefined;
  const [left, right] = [numberOf(expr.left), numberOf(expr.right)];
  if (right !== undefined) return { expr: expr.left, limit: right };
  return left === undefined ? undefined : { expr: expr.right, limit: left };
}

/** What an expression looks at: `and` and `unless` only say when, and both sides of `or` count. */
function watchesIn(expr: Expr): readonly Watch[] {
  if (expr.kind === 'paren') return watchesIn(expr.expr);
  if (expr.kind === 'binary' && (expr.op === 'and' || expr.op === 'unless')) return watchesIn(expr.left);
  if (expr.kind === 'binary' && expr.op === 'or') return [...watchesIn(expr.left), ...watchesIn(expr.right)];
  return [comparison(expr) ?? []].flat();
}

function exprOf({ condition }: Alert): Expr | undefined {
  return condition.form === 'expr' ? condition.query.expr : undefined;
}

/** The comparison that an alert consists of, without side conditions; undefined where there is more to it. */
export function onlyWatchOf(alert: Alert): Watch | undefined {
  const expr = exprOf(alert);
  return expr && comparison(expr);
}

/** The numbers at which an alert fires; undefined where they are not written down. */
export function limitsOf(alert: Alert): readonly number[] | undefined {
  const { condition } = alert;
  if (condition.form === 'ratio' || condition.form === 'forecast')
    return [condition.above, condition.below].filter((each) => each !== undefined);
  const expr = exprOf(alert);
  const limits = expr === undefined ? [] : watchesIn(expr).map(({ limit }) => limit);
  return limits.length === 0 ? undefined : limits;
}

/** An expression without what a dashboard adds to it, so that two of them can be compared. */
export function plainText(expr: Expr): string {
  const bare = transform(expr, (each) => {
    if (each.kind === 'paren') return each.expr;
    if (each.kind !== 'selector') return each;
    return { ...each, matchers: each.matchers.filter(({ value }) => !value.includes('$')) };
  });
  return printPromql(bare);
}
