import type { AggregationOperator } from '../../../promql/ast.js';
import type { ExprChange, ExprOperator, Surroundings } from '../mutant.js';
import {
  haveSamePresence,
  needlessAggregation,
  onlyPresence,
  onlyWhetherAny,
  scaledWithinQuantile,
} from '../equivalence/index.js';
import { isBehindZero, type Site } from '../sites.js';
import { became, dropped } from '../words.js';

const aggregations: ReadonlyMap<AggregationOperator, readonly AggregationOperator[]> = new Map([
  ['sum', ['max', 'avg']],
  ['avg', ['max', 'sum']],
  ['max', ['min', 'sum']],
  ['min', ['max', 'sum']],
  ['count', ['sum']],
]);

/** Functions that take the same arguments, and are easily taken for one another. */
const functions: ReadonlyMap<string, readonly string[]> = new Map([
  ['rate', ['increase']],
  ['irate', ['increase']],
  ['increase', ['rate']],
  ['delta', ['deriv']],
  ['deriv', ['delta']],
  ['avg_over_time', ['max_over_time', 'min_over_time']],
  ['max_over_time', ['avg_over_time', 'min_over_time']],
  ['min_over_time', ['avg_over_time', 'max_over_time']],
  ['sum_over_time', ['avg_over_time']],
  ['count_over_time', ['sum_over_time']],
  ['last_over_time', ['max_over_time']],
  ['stddev_over_time', ['avg_over_time']],
  ['clamp_min', ['clamp_max']],
  ['clamp_max', ['clamp_min']],
]);

/** Functions whose argument can stand alone. */
const removable = new Set(['abs', 'absent', 'ceil', 'floor', 'round']);

/** Whether a sum stands under a quantile, where its mean tells instances with different buckets apart and nothing else. */
function isSumOfBuckets({ node, parents }: Site): boolean {
  const parent = parents.at(-1);
  return (
    node.kind === 'aggregation' &&
    node.op === 'sum' &&
    parent?.kind === 'call' &&
    parent.func === 'histogram_quantile'
  );
}

/** Why another aggregation or function in the place of one cannot be told from it. */
function sameAs(site: Site, one: string, other: string, { rule, suite }: Surroundings): string | undefined {
  const { node } = site;
  const needless =
    node.kind === 'aggregation' && ['sum', 'max', 'min', 'avg'].includes(other)
      ? needlessAggregation(node)
      : undefined;
  const presence = haveSamePresence(one, other) ? onlyPresence(site, rule) : undefined;
  return needless ?? presence ?? onlyWhetherAny(site, other, rule, suite.groups);
}

/** Another aggregation, another function, or none. */
export const functionChanges: ExprOperator = (site, surroundings) => {
  const { node } = site;
  if (isBehindZero(site)) return [];
  if (node.kind === 'aggregation') {
    return (aggregations.get(node.op) ?? [])
      .filter((op) => op !== 'avg' || !isSumOfBuckets(site))
      .map((op): ExprChange => ({
        kind: 'function',
        what: became(node.op, op),
        expr: site.put({ ...node, op }),
        equivalent: sameAs(site, node.op, op, surroundings),
      }));
  }
  if (node.kind !== 'call') return [];
  const others = (functions.get(node.func) ?? []).map((func): ExprChange => ({
    kind: 'function',
    what: became(node.func, func),
    expr: site.put({ ...node, func }),
    equivalent:
      sameAs(site, node.func, func, surroundings) ??
      (['rate', 'increase'].includes(func) ? scaledWithinQuantile(site) : undefined),
  }));
  const [first] = node.args;
  if (first === undefined || !removable.has(node.func)) return others;
  return [...others, { kind: 'function', what: dropped(node.func), expr: site.put(first) }];
};
