import type { AggregationOperator } from '../../../promql/ast.js';
import type { ExprChange, ExprOperator } from '../mutant.js';
import { needlessAggregation, onlyWhetherAny } from '../equivalence.js';
import { isBehindZero } from '../sites.js';
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

/** Another aggregation, another function, or none. */
export const functionChanges: ExprOperator = (site, { rule }) => {
  const { node } = site;
  if (isBehindZero(site)) return [];
  if (node.kind === 'aggregation') {
    return (aggregations.get(node.op) ?? []).map((op): ExprChange => ({
      kind: 'function',
      what: became(node.op, op),
      expr: site.put({ ...node, op }),
      equivalent: ['sum', 'max', 'min', 'avg'].includes(op)
        ? (needlessAggregation(node) ??
          (op === 'min' || node.op === 'min' ? undefined : onlyWhetherAny(site, rule)))
        : undefined,
    }));
  }
  if (node.kind !== 'call') return [];
  const others = (functions.get(node.func) ?? []).map((func): ExprChange => ({
    kind: 'function',
    what: became(node.func, func),
    expr: site.put({ ...node, func }),
    equivalent: ['rate', 'increase'].includes(func) ? onlyWhetherAny(site, rule) : undefined,
  }));
  const [first] = node.args;
  if (first === undefined || !removable.has(node.func)) return others;
  return [...others, { kind: 'function', what: dropped(node.func), expr: site.put(first) }];
};
