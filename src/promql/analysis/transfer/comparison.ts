import type { Binary } from '../../ast.js';
import { coarseBuckets } from '../checks/coarse-buckets.js';
import { constantComparison } from '../checks/constant-comparison.js';
import { comparedCounter, isOccurrence } from '../checks/compared-counter.js';
import { differentUnits } from '../checks/different-units.js';
import { equalIncrease } from '../checks/equal-increase.js';
import { missingNumerator } from '../checks/missing-numerator.js';
import { quantileBeyondBuckets } from '../checks/quantile-beyond-buckets.js';
import { thresholdScale } from '../checks/threshold-scale.js';
import type { Finding } from '../finding.js';
import { interval, mirrored, passing, type Comparison } from '../interval.js';
import { someOf } from '../labels.js';
import { settled, type Scope } from '../scope.js';
import type { Threshold } from '../threshold.js';
import { onlyLabels, type Value } from '../value.js';
import { matched } from './matching.js';

function thresholdOf(expr: Binary, left: Value, right: Value): Threshold | undefined {
  const op = expr.op as Comparison;
  if (right.constant !== undefined && right.kind === 'scalar') {
    return { expr, op, value: left, subject: expr.left, limit: right.constant, place: expr.right };
  }
  if (left.constant !== undefined && left.kind === 'scalar') {
    return {
      expr,
      op: mirrored(op),
      value: right,
      subject: expr.right,
      limit: left.constant,
      place: expr.left,
    };
  }
  return undefined;
}

/** Whether 0 does not pass. */
function keepsZeroAway(op: Comparison, limit: number): boolean {
  return (op === '>' && limit >= 0) || (op === '>=' && limit > 0) || (op === '!=' && limit === 0);
}

function faultOf(threshold: Threshold): Finding | undefined {
  return (
    comparedCounter(threshold) ??
    equalIncrease(threshold) ??
    quantileBeyondBuckets(threshold) ??
    constantComparison(threshold, 'never') ??
    thresholdScale(threshold) ??
    missingNumerator(threshold) ??
    coarseBuckets(threshold)
  );
}

function withLimit(scope: Scope, threshold: Threshold): Value {
  const { expr, op, limit } = threshold;
  const fault = faultOf(threshold);
  scope.report(fault);
  // The comparison says what is wrong with a raw counter better, or shows that it is meant to be raw.
  const isSeen = fault?.code === 'OBS3127' || isOccurrence(threshold);
  const value = isSeen ? { ...threshold.value, pending: undefined } : settled(scope, threshold.value);
  if (expr.bool === true) {
    return { ...onlyLabels(value), nature: 'gauge', range: interval(0, 1), filtered: value.filtered };
  }
  return {
    ...value,
    labels: someOf(value.labels),
    range: passing(value.range, op, limit),
    constant: undefined,
    idle: value.idle && !keepsZeroAway(op, limit),
    nan: op === '!=' ? value.nan : undefined,
    filtered: true,
    asAlert:
      fault === undefined && isOutermostFilter(value) ? constantComparison(threshold, 'always') : undefined,
  };
}

/** A value that a comparison has already left its mark on is compared with an end of what is left. */
function isOutermostFilter({ filtered }: Value): boolean {
  return !filtered;
}

/** `==`, `>` and their kin: filters, unless `bool` makes numbers of them. */
export function comparison(scope: Scope, expr: Binary, left: Value, right: Value): Value {
  const threshold = thresholdOf(expr, left, right);
  if (threshold !== undefined && (left.kind !== 'scalar' || right.kind !== 'scalar')) {
    return withLimit(scope, threshold);
  }
  const { labels, isFaulty } = matched(scope, expr, left, right);
  if (!isFaulty) scope.report(differentUnits(expr, left, right));
  const kind = left.kind === 'scalar' && right.kind === 'scalar' ? 'scalar' : 'instant';
  // Two counters of one nature may be compared as they are: x_total > x_total offset 1h.
  const value = left.kind === 'scalar' ? right : left;
  const rest = { ...value, labels: someOf(labels), kind, pending: left.pending ?? right.pending } as const;
  if (expr.bool === true || isFaulty) {
    return {
      ...onlyLabels(rest),
      range: interval(0, 1),
      filtered: expr.bool === true ? value.filtered : true,
    };
  }
  return {
    ...rest,
    constant: undefined,
    nan: undefined,
    filtered: true,
    asAlert: undefined,
    startsEmpty: false,
  };
}
