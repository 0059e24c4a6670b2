import type { Expr } from '../../../promql/ast.js';
import type { Rule } from '../../../promql/rule.js';
import type { Site } from '../sites.js';
import { ancestors } from './path.js';
import { saysItsValue } from './values.js';

/** Aggregations that yield one value for each group, whichever of them it is. */
const ofGroups: ReadonlySet<string> = new Set(['sum', 'avg', 'max', 'min', 'count', 'group']);

/** Functions that yield a value for every value that they are given. */
const pointwise: ReadonlySet<string> = new Set(['abs', 'ceil', 'floor', 'round', 'sgn', 'sqrt']);

/** Functions of a range that yield a value wherever the other ones of their kind do: from one sample on, or from two. */
const kinds: readonly ReadonlySet<string>[] = [
  new Set([
    'avg_over_time',
    'count_over_time',
    'last_over_time',
    'max_over_time',
    'min_over_time',
    'present_over_time',
    'sum_over_time',
  ]),
  new Set(['rate', 'increase', 'delta', 'deriv']),
];

/** Whether one is there wherever the other is. */
export function haveSamePresence(one: string, other: string): boolean {
  if (ofGroups.has(one) && ofGroups.has(other)) return true;
  return kinds.some((kind) => kind.has(one) && kind.has(other));
}

/**
 * Why the value of a node does not matter, but only whether there is one: it is counted, stands on the right of `and` or `unless`, or is
 * the value of an alert that does not tell it. A comparison or a calculation on the way would read the value.
 */
export function onlyPresence(site: Pick<Site, 'node' | 'parents'>, rule: Rule): string | undefined {
  for (const { parent, child } of ancestors(site)) {
    switch (parent.kind) {
      case 'binary':
        if (parent.op !== 'and' && parent.op !== 'unless' && parent.op !== 'or') return undefined;
        if (parent.op !== 'or' && parent.right === child)
          return `on the right of \`${parent.op}\` only matters whether there is a value`;
        break;
      case 'aggregation':
        if (parent.expr !== child || !ofGroups.has(parent.op)) return undefined;
        if (parent.op === 'count' || parent.op === 'group') return `\`${parent.op}\` reads no values`;
        break;
      case 'call':
        if (parent.func === 'absent') return '`absent` reads no values';
        if (!pointwise.has(parent.func)) return undefined;
        break;
      default:
        return undefined;
    }
  }
  return rule.kind === 'alert' && !saysItsValue(rule) ? 'the alert does not tell its value' : undefined;
}

/** `count(…) > 0`: a group that is there has been counted to one at least. */
export function needlessCount(node: Expr): string | undefined {
  if (node.kind !== 'binary' || node.bool === true || node.right.kind !== 'number') return undefined;
  if (node.left.kind !== 'aggregation' || node.left.op !== 'count') return undefined;
  const { op, right } = node;
  return (op === '>' && right.value === 0) || (op === '>=' && right.value <= 1)
    ? 'a group that is there has been counted to one at least'
    : undefined;
}
