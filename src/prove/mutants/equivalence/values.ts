import type { Aggregation } from '../../../promql/ast.js';
import type { Rule, RuleGroup } from '../../../promql/rule.js';
import { comparisons, numberOf } from '../operators/numbers.js';
import { bare, type Site } from '../sites.js';
import { ancestors } from './path.js';
import { isNonNegative } from './sign.js';

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
export function saysItsValue(rule: Rule): boolean {
  if (rule.kind === 'record') return true;
  return [...rule.annotations.values(), ...rule.labels.values()].some((text) => /\$value|\.Value/.test(text));
}

/** Whether a condition keeps its value for what the alert says: on the right of `and` and `unless` it is lost. */
function isTold(rule: Rule, outer: ReturnType<typeof ancestors>): boolean {
  const isLost = outer.some(
    ({ parent, child }) =>
      parent.kind === 'binary' && ['and', 'unless'].includes(parent.op) && parent.right === child,
  );
  return !isLost && saysItsValue(rule);
}

/**
 * Another function where only the sign of its result matters, since it is compared with 0 and its value is not told: a mean has the sign
 * of its sum; and where nothing is ever negative, the sum, the mean, the maximum, the rate and the increase are all above 0 or none is.
 * @param site of the function that is taken for another, or of the aggregation
 * @param other what it is taken for
 */
export function onlyWhetherAny(
  site: Pick<Site, 'node' | 'parents'>,
  other: string,
  rule: Rule,
  groups: readonly RuleGroup[],
): string | undefined {
  const { node } = site;
  const above = ancestors(site);
  const start = above.findIndex(({ parent }) => parent.kind !== 'aggregation');
  const inner = above.slice(0, start < 0 ? above.length : start);
  const [comparison, ...outer] = above.slice(inner.length);
  if (comparison?.parent.kind !== 'binary' || comparison.parent.left !== comparison.child) return undefined;
  const { op, right } = comparison.parent;
  if (!comparisons.has(op) || numberOf(right) !== 0) return undefined;
  const isCondition = outer.every(
    ({ parent }) => parent.kind === 'binary' && ['and', 'or', 'unless'].includes(parent.op),
  );
  if (!isCondition || isTold(rule, outer)) return undefined;
  if (node.kind === 'aggregation' && inner.length === 0 && haveOneSign(node.op, other))
    return 'a mean has the sign of its sum, and the alert asks for no more';
  const elements = node.kind === 'aggregation' ? node.expr : node;
  const reduce = [...inner.map(({ parent }) => parent), ...(node.kind === 'aggregation' ? [node] : [])];
  const ops = [...reduce.map((each) => (each.kind === 'aggregation' ? each.op : '')), other];
  if (!ops.every((each) => ['sum', 'max', 'avg', 'rate', 'increase'].includes(each))) return undefined;
  return ['>', '==', '!=', '<='].includes(op) && isNonNegative(elements, groups)
    ? 'none of them is negative, and the alert asks only whether it is 0'
    : undefined;
}

function haveOneSign(one: string, other: string): boolean {
  return (one === 'sum' && other === 'avg') || (one === 'avg' && other === 'sum');
}

/** A number in an alert that has no condition at all, and does not tell it: the alert fires whatever the number is. */
export function tellsNoNumber(
  { node, parents }: Pick<Site, 'node' | 'parents'>,
  rule: Rule,
): string | undefined {
  if (node.kind !== 'number' || saysItsValue(rule)) return undefined;
  const isVector = parents.some((parent) => parent.kind === 'call');
  const isKept = parents.every(
    (parent) =>
      parent.kind === 'paren' ||
      parent.kind === 'unary' ||
      (parent.kind === 'call' && parent.func === 'vector'),
  );
  return isVector && isKept ? 'the alert has no condition, and does not tell its value' : undefined;
}

/** Rates within a quantile: increases over the same window are as many times as much in every bucket. */
export function scaledWithinQuantile({ node, parents }: Pick<Site, 'node' | 'parents'>): string | undefined {
  if (node.kind !== 'call' || !['rate', 'increase'].includes(node.func)) return undefined;
  for (const { parent, child } of ancestors({ node, parents })) {
    if (parent.kind === 'aggregation') {
      if (parent.expr !== child || !['sum', 'avg', 'max', 'min'].includes(parent.op)) return undefined;
    } else if (parent.kind === 'call' && parent.func === 'histogram_quantile' && parent.args[1] === child) {
      return 'a quantile is the same where every bucket holds as many times as much';
    } else return undefined;
  }
  return undefined;
}
