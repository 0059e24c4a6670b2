import type { Expr, Matcher, VectorSelector } from '../../../promql/ast.js';
import { printPromql } from '../../../promql/print.js';
import type { RuleGroup } from '../../../promql/rule.js';
import { numberOf } from '../operators/numbers.js';
import { bare, isZeroOf, type Site } from '../sites.js';
import { ancestors, asksForMoreThanZero } from './path.js';
import { isNonNegative, isPositive } from './sign.js';

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

/**
 * The factor in `part or 0 * whole`, where another condition asks for more than 0 of the part: that one has nothing to ask where there is
 * no part, and the factor counts nowhere else.
 */
export function needlessFactor(site: Pick<Site, 'node' | 'parents'>): string | undefined {
  const [product, ...outer] = ancestors(site);
  const [either] = outer;
  if (product === undefined || isZeroOf(product.parent) === undefined) return undefined;
  if (either?.parent.kind !== 'binary' || either.parent.op !== 'or' || either.parent.right !== either.child)
    return undefined;
  const part = printPromql(bare(either.parent.left));
  return otherConditions({ node: either.parent, parents: parentsOf(site, either.parent) }).some((condition) =>
    impliesMoreThanZero(condition, part),
  )
    ? 'another condition asks for more than 0 of the part, and does not hold where there is none'
    : undefined;
}

/** The parents of one of a node's parents. */
function parentsOf({ parents }: Pick<Site, 'parents'>, parent: Expr): readonly Expr[] {
  return parents.slice(0, parents.indexOf(parent));
}

/** `part / (whole > 0)` where a whole of 0 is held back by something else. */
export function needlessGuard(
  site: Pick<Site, 'node' | 'parents'>,
  groups: readonly RuleGroup[],
): string | undefined {
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
  const { op, bool } = comparison.parent;
  if (bool === true || !['>', '<', '>=', '<='].includes(op)) return undefined;
  if (isPartOf(partOf(divided.parent.left), node.left))
    return 'where the whole is 0 its part is 0 too, and a comparison holds 0 / 0 back';
  const limit = numberOf(comparison.parent.right);
  const holdsInfinityBack = limit !== undefined && Number.isFinite(limit) && op.startsWith('<');
  const isNoLess = isPositive(divided.parent.left) || isNonNegative(divided.parent.left, groups);
  return holdsInfinityBack && isNoLess && isNonNegative(node.left, groups)
    ? `what is not negative is infinite by 0, or no number, which \`${op} ${printPromql(comparison.parent.right)}\` holds back too`
    : undefined;
}
