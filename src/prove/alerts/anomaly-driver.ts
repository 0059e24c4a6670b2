import type { Expr, VectorSelector } from '../../promql/ast.js';

/** How a query follows one series: it is `factor` times a gauge, or times the events that a counter gains in a second. */
export interface Driver {
  readonly selector: VectorSelector;
  /** Seconds that a rate is taken over; undefined for a gauge. */
  readonly window: number | undefined;
  readonly factor: number;
  /** Whether several series add up; otherwise each has the value of the whole. */
  readonly adds: boolean;
  /** The labels that the result keeps; undefined: all of the series. */
  readonly by: readonly string[] | undefined;
}

function constant(expr: Expr): number | undefined {
  if (expr.kind === 'paren') return constant(expr.expr);
  return expr.kind === 'number' && Number.isFinite(expr.value) && expr.text?.startsWith('$') !== true
    ? expr.value
    : undefined;
}

const picks: ReadonlySet<string> = new Set(['avg', 'min', 'max']);

/** What drives a query of one selector under rates, sums and factors; undefined where it is made of more. */
export function driverOf(expr: Expr): Driver | undefined {
  switch (expr.kind) {
    case 'paren':
      return driverOf(expr.expr);
    case 'selector':
      if (
        expr.metric === undefined ||
        expr.range !== undefined ||
        expr.offset !== undefined ||
        expr.evaluatedAt !== undefined
      )
        return undefined;
      return { selector: expr, window: undefined, factor: 1, adds: false, by: undefined };
    case 'call': {
      const [only] = expr.args;
      if (only?.kind !== 'selector' || only.range?.kind !== 'duration' || only.metric === undefined)
        return undefined;
      if (only.offset !== undefined || only.evaluatedAt !== undefined) return undefined;
      const { seconds } = only.range;
      const factor = expr.func === 'rate' ? 1 : expr.func === 'increase' ? seconds : undefined;
      return factor === undefined
        ? undefined
        : { selector: only, window: seconds, factor, adds: false, by: undefined };
    }
    case 'aggregation': {
      const inner = driverOf(expr.expr);
      if (inner === undefined || expr.grouping?.mode === 'without') return undefined;
      if (expr.op !== 'sum' && !picks.has(expr.op)) return undefined;
      const kept = expr.grouping?.labels ?? [];
      if (inner.by !== undefined)
        return kept.every((label) => inner.by?.includes(label)) ? { ...inner, by: kept } : undefined;
      return { ...inner, adds: expr.op === 'sum', by: kept };
    }
    case 'binary': {
      if (expr.op !== '*' && expr.op !== '/') return undefined;
      const [left, right] = [constant(expr.left), constant(expr.right)];
      if (right !== undefined && right > 0) {
        const inner = driverOf(expr.left);
        return inner && { ...inner, factor: expr.op === '*' ? inner.factor * right : inner.factor / right };
      }
      if (left !== undefined && left > 0 && expr.op === '*') {
        const inner = driverOf(expr.right);
        return inner && { ...inner, factor: inner.factor * left };
      }
      return undefined;
    }
    default:
      return undefined;
  }
}
