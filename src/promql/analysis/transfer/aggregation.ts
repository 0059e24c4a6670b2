import type { Aggregation, AggregationOperator } from '../../ast.js';
import { averagedQuantiles } from '../checks/averaged-quantiles.js';
import { droppedLabels } from '../checks/dropped-labels.js';
import { nanInside } from '../checks/nan-inside.js';
import { quantileLevel } from '../checks/quantile-level.js';
import { addedCounters } from '../checks/added-counters.js';
import { anything, interval, notNegative, type Interval } from '../interval.js';
import { adding, dropping, keeping, someOf, unlabelled, type LabelSet } from '../labels.js';
import { settled, type Scope } from '../scope.js';
import { onlyLabels, type Value } from '../value.js';

/** Aggregations that pick series and leave their labels as they are. */
const picking: ReadonlySet<AggregationOperator> = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);
const counting: ReadonlySet<AggregationOperator> = new Set(['count', 'count_values', 'group']);

function labelsOf(scope: Scope, expr: Aggregation, inner: LabelSet | undefined): LabelSet | undefined {
  if (picking.has(expr.op)) return someOf(inner);
  const { grouping } = expr;
  if (grouping?.mode === 'without') return inner && dropping(inner, grouping.labels);
  const kept = grouping?.labels ?? [];
  scope.report(droppedLabels(expr, inner));
  // A label that the series lack is reported elsewhere, and which one was meant is not known.
  if (
    inner?.closed === false &&
    kept.some((label) => !inner.labels.has(label) && !scope.environment.isInfrastructureLabel(label))
  )
    return undefined;
  const found = kept.length === 0 ? unlabelled : keeping(inner, kept);
  return expr.op === 'count_values' && expr.parameter?.kind === 'string'
    ? adding(found, expr.parameter.value, true)
    : found;
}

function rangeOf(op: AggregationOperator, { low, high }: Interval): Interval {
  switch (op) {
    case 'sum':
      return interval(low < 0 ? -Infinity : low, high > 0 ? Infinity : high);
    case 'count':
      return interval(1, Infinity);
    case 'group':
      return interval(1, 1);
    case 'stddev':
    case 'stdvar':
      return notNegative;
    case 'count_values':
      return interval(1, Infinity);
    default:
      return { low, high };
  }
}

/** Whether series differ in the bounds of buckets no more, or what they differ in has been reported. */
function losesBuckets(before: LabelSet | undefined, after: LabelSet | undefined): boolean {
  if (after === undefined) return before !== undefined;
  return after.closed && !after.labels.has('le');
}

/** One value for several series. */
export function aggregation(scope: Scope, expr: Aggregation): Value {
  const { op } = expr;
  const raw = scope.value(expr.expr);
  const parameter = expr.parameter === undefined ? undefined : scope.value(expr.parameter);
  if (op === 'quantile') scope.report(quantileLevel(expr.parameter, parameter));
  const found = averagedQuantiles(expr, raw) ?? nanInside(op, raw);
  scope.report(found);
  const labels = labelsOf(scope, expr, raw.labels);
  // How many there are does not depend on what they are.
  const inner = counting.has(op) || picking.has(op) ? raw : settled(scope, raw);
  if (counting.has(op)) {
    return {
      ...onlyLabels({ ...inner, labels }),
      nature: 'count',
      combined: true,
      unit: 'count',
      range: rangeOf(op, inner.range),
      filtered: inner.filtered,
    };
  }
  const value: Value = {
    ...inner,
    labels,
    combined: inner.combined || !picking.has(op),
    range: found === undefined ? rangeOf(op, inner.range) : anything,
    constant: undefined,
    buckets: losesBuckets(raw.labels, labels) ? undefined : inner.buckets,
    distribution: op === 'sum' ? undefined : inner.distribution,
    unit: op === 'stdvar' ? undefined : inner.unit,
    fractional: inner.fractional || op === 'avg' || op === 'stddev' || op === 'stdvar',
    nan: found === undefined && !['sum', 'avg', 'stddev', 'stdvar'].includes(op) ? inner.nan : undefined,
    asAlert: picking.has(op) ? inner.asAlert : undefined,
    idle: inner.idle && op !== 'stddev' && op !== 'stdvar',
  };
  return { ...value, pending: addedCounters(expr, inner) };
}
