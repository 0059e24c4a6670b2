import type { Binary } from '../../ast.js';
import { disjointSets } from '../checks/disjoint-sets.js';
import { droppedMatchLabels } from '../checks/unmatchable.js';
import { zeroWithoutLabels } from '../checks/zero-without-labels.js';
import { hull } from '../interval.js';
import { either, someOf } from '../labels.js';
import type { Scope } from '../scope.js';
import { onlyLabels, type Value } from '../value.js';

function union(left: Value, right: Value): Value {
  const isSame = left.nature === right.nature;
  return {
    ...left,
    labels: either(left.labels, right.labels),
    nature: isSame ? left.nature : 'unknown',
    combined: left.combined || right.combined,
    // A number that stands in where there is nothing has no unit of its own.
    unit: left.unit === right.unit || right.constant !== undefined ? left.unit : undefined,
    buckets: left.buckets === right.buckets ? left.buckets : undefined,
    distribution: left.distribution === right.distribution ? left.distribution : undefined,
    range: hull(left.range, right.range),
    constant: left.constant === right.constant ? left.constant : undefined,
    idle: left.idle || right.idle,
    startsEmpty: false,
    filtered: left.filtered && right.filtered,
    pending: left.pending ?? right.pending,
    asAlert: undefined,
  };
}

/** `and`, `or` and `unless`. Nothing is computed, so that a raw counter may stand on either side. */
export function setOperation(scope: Scope, expr: Binary, left: Value, right: Value): Value {
  const fault = disjointSets(expr, left, right) ?? droppedMatchLabels(expr, left, right);
  scope.report(fault);
  if (expr.op === 'or') {
    scope.report(zeroWithoutLabels(expr, left, right));
    return union(left, right);
  }
  const value: Value = {
    ...left,
    labels: someOf(left.labels),
    filtered: true,
    // Where the other side has a say, what is true of every value still is no alert for every series.
    asAlert: expr.op === 'and' && right.asAlert !== undefined ? left.asAlert : undefined,
    startsEmpty: left.startsEmpty || (expr.op === 'and' && right.startsEmpty),
    idle: left.idle && !(expr.op === 'and' && right.filtered),
    nan: expr.op === 'and' && right.filtered ? undefined : left.nan,
  };
  return fault === undefined ? value : { ...onlyLabels(value), filtered: true };
}
