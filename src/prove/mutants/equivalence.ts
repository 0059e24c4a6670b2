import type { Aggregation, Binary, Expr, Matcher, VectorSelector } from '../../promql/ast.js';
import { printPromql } from '../../promql/print.js';
import type { Rule } from '../../promql/rule.js';
import { numberOf } from './operators/numbers.js';
import { bare, isZeroOf, type Site } from './sites.js';

/** The selector in `sum by (…) (rate(x[w]))`, with what has to agree for two such sums to be of one kind. */
function rateSum(expr: Expr): { readonly selector: VectorSelector; readonly form: string } | undefined {
  const inner = bare(expr);
  if (inner.kind !== 'aggregation' || inner.op !== 'sum' || inner.expr.kind !== 'call') return undefined;
  const [selector] = inner.expr.args;
  if (selector?.kind !== 'selector' || !['rate', 'increase'].includes(inner.expr.func)) return undefined;
  const form = printPromql({
    ...inner,
    expr: { ...inner.expr, args: [{ ...selector, matchers: [] }] },
  });
  return { selector, form };
}

/** Whether every value that one matcher lets pass passes another of the same label. */
function implies(one: Matcher, other: Matcher): boolean {
  if (one.label !== other.label) return false;
  if (one.operator === other.operator && one.value === other.value) return true;
  return one.operator === '=' && other.operator === '!=' && one.value !== other.value;
}

/** Whether every series that one sum adds up is among those of another: the same metric, window and groups, and its matchers or narrower ones. */
function isPartOf(part: Expr, whole: Expr): boolean {
  const [one, other] = [rateSum(part), rateSum(whole)];
  if (one === undefined || other === undefined || one.form !== other.form) return false;
  return other.selector.matchers.every((wanted) =>
    one.selector.matchers.some((each) => implies(each, wanted)),
  );
}

/** What stands in `part or 0 * whole`, or `part` alone. */
function partOf(expr: Expr): Expr {
  const inner = bare(expr);
  return inner.kind === 'binary' && inner.op === 'or' && isZeroOf(inner.right) !== undefined
    ? bare(inner.left)
    : inner;
}

/** clamp_min(whole - part, 0): nothing but rounding makes the difference negative where the part is really a part. */
export function needlessClamp(inner: Expr): string | undefined {
  const difference = bare(inner);
  if (difference.kind !== 'binary' || difference.op !== '-') return undefined;
  if (!isPartOf(partOf(difference.right), difference.left)) return undefined;
  return 'every series that is subtracted is one of those that it is subtracted from, so that the difference is negative by no more than rounding';
}

/** Whether a filter lets only what is above a limit of 0 or more pass. */
function asksForMoreThanZero(expr: Expr): expr is Binary {
  if (expr.kind !== 'binary' || expr.bool === true) return false;
  const limit = numberOf(expr.right);
  if (limit === undefined) return false;
  return (expr.op === '>' && limit >= 0) || (expr.op === '>=' && limit > 0);
}

/** The parents of a node from the inside out, without parentheses, each with its operand that holds the node. */
function ancestors(
  site: Pick<Site, 'node' | 'parents'>,
): readonly { readonly parent: Expr; readonly child: Expr }[] {
  const path = [...site.parents, site.node];
  return site.parents
    .map((parent, index) => ({ parent, child: path[index + 1] ?? site.node }))
    .filter(({ parent }) => parent.kind !== 'paren')
    .reverse();
}

/**
 * `part or 0 * whole` in a share that is only let pass above a limit: 0 is held back like what is not there. Holds as long as there is
 * nothing between the two but a quotient.
 */
export function needlessZero(site: Pick<Site, 'node' | 'parents'>): string | undefined {
  for (const { parent, child } of ancestors(site)) {
    if (parent.kind !== 'binary' || parent.left !== child) return undefined;
    if (parent.op === '/') continue;
    return asksForMoreThanZero(parent)
      ? `a share of 0 is held back by \`${parent.op} ${printPromql(parent.right)}\` just as no share at all`
      : undefined;
  }
  return undefined;
}

/** Every condition that has to hold besides the one that a node stands in. */
function otherConditions(site: Pick<Site, 'node' | 'parents'>): readonly Expr[] {
  const found: Expr[] = [];
  const collect = (expr: Expr): void => {
    const inner = bare(expr);
    if (inner.kind === 'binary' && inner.op === 'and') {
      collect(inner.left);
      collect(inner.right);
    } else found.push(inner);
  };
  for (const { parent, child } of ancestors(site)) {
    if (parent.kind === 'binary' && parent.op === 'and')
      collect(parent.left === child ? parent.right : parent.left);
    else if (parent.kind === 'binary' && parent.op === 'or') break;
  }
  return found;
}

/** Whether a condition holds only where a value is more than 0: it asks for so many times of it. */
function impliesMoreThanZero(condition: Expr, value: string): boolean {
  if (!asksForMoreThanZero(condition)) return false;
  const left = bare(condition.left);
  const counted =
    left.kind === 'binary' && left.op === '*' && (numberOf(left.right) ?? 0) > 0 ? left.left : left;
  return printPromql(bare(counted)) === value;
}

/** `part / (whole > 0)` where a whole of 0 is held back by something else. */
export function needlessGuard(site: Pick<Site, 'node' | 'parents'>): string | undefined {
  const { node } = site;
  if (node.kind !== 'binary' || node.op !== '>' || numberOf(node.right) !== 0) return undefined;
  const [divided, ...outer] = ancestors(site);
  if (
    divided?.parent.kind !== 'binary' ||
    divided.parent.op !== '/' ||
    divided.parent.right !== divided.child
  )
    return undefined;
  const value = printPromql(bare(node.left));
  if (otherConditions(site).some((condition) => impliesMoreThanZero(condition, value)))
    return 'another condition asks for more than 0 of the same divisor';
  const [comparison] = outer;
  if (comparison?.parent.kind !== 'binary' || comparison.parent.left !== comparison.child) return undefined;
  const isFilter = ['>', '<', '>=', '<='].includes(comparison.parent.op) && comparison.parent.bool !== true;
  return isFilter && isPartOf(partOf(divided.parent.left), node.left)
    ? 'where the whole is 0 its part is 0 too, and a comparison holds 0 / 0 back'
    : undefined;
}

/** Another aggregation over groups of one element each: what it is over has been aggregated by no more labels. */
export function needlessAggregation({ op, grouping, expr }: Aggregation): string | undefined {
  const inner = bare(expr);
  if (!['sum', 'max', 'min', 'avg'].includes(op) || inner.kind !== 'aggregation') return undefined;
  if (inner.op === 'topk' || inner.op === 'bottomk' || inner.op === 'count_values') return undefined;
  const isSingle = (mode: 'by' | 'without' | undefined, labels: readonly string[]): boolean =>
    mode !== 'without' && labels.every((label) => grouping?.mode === 'by' && grouping.labels.includes(label));
  return isSingle(inner.grouping?.mode, inner.grouping?.labels ?? [])
    ? `each group of \`${op}\` is one series already`
    : undefined;
}

/** Whether what an alert says holds the value that it fires with. */
function saysItsValue(rule: Rule): boolean {
  if (rule.kind === 'record') return true;
  return [...rule.annotations.values(), ...rule.labels.values()].some((text) => /\$value|\.Value/.test(text));
}

/**
 * Rates, increases and their sums, maxima and averages in an alert that only asks whether there is any: none of them is ever negative,
 * so that one is 0 where the other is.
 * @param site of the function that is taken for another, or of the aggregation over it
 */
export function onlyWhetherAny(site: Pick<Site, 'node' | 'parents'>, rule: Rule): string | undefined {
  const { node } = site;
  const rated = node.kind === 'aggregation' ? bare(node.expr) : node;
  if (rated.kind !== 'call' || !['rate', 'increase'].includes(rated.func) || saysItsValue(rule))
    return undefined;
  const above = ancestors(site);
  const start = above.findIndex(({ parent }) => parent.kind !== 'aggregation');
  const inner = above.slice(0, start < 0 ? above.length : start);
  const [comparison, ...outer] = above.slice(inner.length);
  if (inner.some(({ parent }) => parent.kind !== 'aggregation' || !['sum', 'max', 'avg'].includes(parent.op)))
    return undefined;
  if (comparison?.parent.kind !== 'binary' || comparison.parent.left !== comparison.child) return undefined;
  const { op, right } = comparison.parent;
  if (!['>', '==', '!=', '<='].includes(op) || numberOf(right) !== 0) return undefined;
  const isCondition = outer.every(
    ({ parent }) => parent.kind === 'binary' && ['and', 'or', 'unless'].includes(parent.op),
  );
  return isCondition ? 'none of them is negative, and the alert asks only whether it is 0' : undefined;
}
