import type { Duration, Expr } from '../promql/ast.js';
import { aggregate, binary, call, durationVariable, number, paren, subquery } from '../promql/build.js';
import { parsePromql } from '../promql/parse.js';
import { transform } from '../promql/walk.js';

/** What stands for the window in the queries of other generators and of dashboards. */
const templates =
  /\[\s*(?:\{\{\s*\.window\s*\}\}|\$\{?(?:__rate_interval|__interval|__range|window)\}?)\s*\]/g;

/** Reads a query; a fault is what Prometheus would say, in our words. */
export function readQuery(text: string): { readonly expr: Expr } | { readonly fault: string } {
  const { expr, errors } = parsePromql(text.replace(templates, '[$window]').trim());
  const [first] = errors;
  if (first !== undefined) return { fault: first.message };
  return expr === undefined ? { fault: 'it is empty' } : { expr };
}

/** A query that counts events, stripped down to what is counted. */
export interface Counted {
  readonly expr: Expr;
  /** Labels that the query was grouped by. */
  readonly groups: readonly string[];
  /** Whether it had a rate or an increase, so that it certainly counts. */
  readonly isRated: boolean;
}

function joined(a: Counted, b: Counted, expr: Expr): Counted {
  return { expr, groups: [...new Set([...a.groups, ...b.groups])], isRated: a.isRated && b.isRated };
}

/** The selectors below sums and rates, and sums and differences of them; undefined where a query does anything else. */
export function counted(expr: Expr): Counted | undefined {
  switch (expr.kind) {
    case 'paren':
      return counted(expr.expr);
    case 'aggregation': {
      if (expr.op !== 'sum' || expr.grouping?.mode === 'without') return undefined;
      const inner = counted(expr.expr);
      return inner && { ...inner, groups: [...new Set([...inner.groups, ...(expr.grouping?.labels ?? [])])] };
    }
    case 'call': {
      const [only, ...others] = expr.args;
      const isRate = expr.func === 'rate' || expr.func === 'increase';
      if (!isRate || only?.kind !== 'selector' || others.length > 0 || only.offset !== undefined)
        return undefined;
      return { expr: { ...only, range: undefined }, groups: [], isRated: true };
    }
    case 'selector':
      if (expr.range !== undefined || expr.offset !== undefined) return undefined;
      return { expr, groups: [], isRated: false };
    case 'binary': {
      if ((expr.op !== '+' && expr.op !== '-') || expr.matching !== undefined) return undefined;
      const [left, right] = [counted(expr.left), counted(expr.right)];
      return left && right && joined(left, right, binary(expr.op, left.expr, right.expr));
    }
    default:
      return undefined;
  }
}

const window = durationVariable('$window');

/** Rates over the window of what `counted` found. */
export function rated(expr: Expr): Expr {
  if (expr.kind === 'binary') return { ...expr, left: rated(expr.left), right: rated(expr.right) };
  return expr.kind === 'selector' ? aggregate('sum', call('rate', { ...expr, range: window })) : expr;
}

/** The query with `$window` in the place of its ranges, and how many there were. */
export function windowed(expr: Expr): { readonly expr: Expr; readonly ranges: number } {
  let ranges = 0;
  const replaced = (range: Duration): Duration => {
    ranges += 1;
    return range.kind === 'variable' && range.name !== '$window' ? range : window;
  };
  const result = transform(expr, (each) => {
    if (each.kind === 'selector' && each.range !== undefined) return { ...each, range: replaced(each.range) };
    if (each.kind === 'subquery') return { ...each, range: replaced(each.range) };
    return each;
  });
  return { expr: result, ranges };
}

/** The average of a value over the window. */
export function averaged(expr: Expr): Expr {
  const inner = expr.kind === 'paren' ? expr.expr : expr;
  if (inner.kind === 'selector') return call('avg_over_time', { ...inner, range: window });
  return call('avg_over_time', subquery(paren(inner), window));
}

/** A number for the window: with its ranges replaced, or as an average where it has none. */
export function overWindow(expr: Expr): Expr {
  const { expr: found, ranges } = windowed(expr);
  return ranges > 0 ? found : averaged(expr);
}

/** A part of all events, or what is left without it; nothing where nothing happened. */
export function shareOf(part: Expr, total: Expr, isRest: boolean): Expr {
  const share = binary('/', paren(part), paren(binary('>', total, number(0))));
  return isRest ? binary('-', number(1), share) : share;
}
