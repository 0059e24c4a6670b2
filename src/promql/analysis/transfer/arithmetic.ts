import type { Binary } from '../../ast.js';
import { differentUnits } from '../checks/different-units.js';
import { unguardedDivision } from '../checks/unguarded-division.js';
import { dominates } from '../dominates.js';
import { anything, arithmetic, interval, type Interval } from '../interval.js';
import { settled, type Scope } from '../scope.js';
import { onlyLabels, type Nature, type Value } from '../value.js';
import { quotientUnit, productUnit } from '../units.js';
import { matched } from './matching.js';

function constantOf(op: Binary['op'], a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '^':
      return a ** b;
    default:
      return undefined;
  }
}

function unitOf(op: Binary['op'], left: Value, right: Value): string | undefined {
  switch (op) {
    case '+':
    case '-':
      if (left.unit === right.unit) return left.unit;
      // A number takes the unit of what it is added to.
      return left.constant !== undefined ? right.unit : right.constant === undefined ? undefined : left.unit;
    case '*':
      return productUnit(left, right);
    case '/':
      return quotientUnit(left, right);
    default:
      return undefined;
  }
}

/** A product with a number, or a sum of rates, is 0 exactly where they are; a counter that is multiplied stays one. */
function natureOf(op: Binary['op'], left: Value, right: Value): Nature {
  const isScaled = (op === '*' || op === '/') && right.constant !== undefined;
  if (isScaled) return left.nature;
  if (op === '*' && left.constant !== undefined) return right.nature;
  if ((op === '+' || op === '-') && left.nature === right.nature && left.nature !== 'counter')
    return left.nature;
  if (op === '+' && left.nature === 'counter' && right.nature === 'counter') return 'counter';
  if (left.nature === 'unknown' || right.nature === 'unknown') return 'unknown';
  if (left.nature === 'counter' || right.nature === 'counter') return 'unknown';
  return 'gauge';
}

function isIdle(op: Binary['op'], left: Value, right: Value): boolean {
  if (op === '+') return left.idle && right.idle;
  if (op === '*') return left.idle || right.idle;
  return op === '/' ? left.idle && right.constant !== undefined : false;
}

/** The histogram that a mean or a scaled quantile is of: `rate(x_sum) / rate(x_count)`. */
function distributionOf(op: Binary['op'], left: Value, right: Value): Value['distribution'] {
  if (op !== '/') return undefined;
  const [sum, count] = [left.sources[0], right.sources[0]];
  const isMean = sum?.type === 'sum' && count?.type === 'count' && sum.metric === count.metric;
  return isMean && left.sources.length === 1 && right.sources.length === 1 ? sum : undefined;
}

function rangeOf(op: Binary['op'], left: Value, right: Value, isShare: boolean): Interval {
  if (isShare) return interval(0, 1);
  return arithmetic(op, left.range, right.range);
}

/** `+`, `-`, `*`, `/`, `%`, `^` and `atan2`. */
export function arithmeticOf(scope: Scope, expr: Binary, left: Value, right: Value): Value {
  const { op } = expr;
  const { labels, isFaulty } = matched(scope, expr, left, right);
  const kind = left.kind === 'scalar' && right.kind === 'scalar' ? 'scalar' : 'instant';
  const nature = natureOf(op, left, right);
  // A raw counter with a number is a raw counter still: what is around it decides.
  const keepsPending = nature === 'counter';
  const [a, b] = keepsPending ? [left, right] : [settled(scope, left), settled(scope, right)];
  const base: Value = {
    ...onlyLabels({ ...a, labels, kind }),
    filtered: left.filtered || right.filtered,
  };
  if (isFaulty) return base;
  const units = differentUnits(expr, left, right);
  scope.report(units);
  const isShare = op === '/' && dominates(expr.left, expr.right) === 'subset';
  const division = op === '/' ? unguardedDivision(expr, left, right, scope.purpose) : undefined;
  if (division?.isCertain === true) scope.report(division.finding);
  const isReported = division?.isCertain === true;
  return {
    ...base,
    nature,
    combined: true,
    sources: [...new Set([...left.sources, ...right.sources])],
    unit: units === undefined ? unitOf(op, left, right) : undefined,
    range: isReported ? anything : rangeOf(op, left, right, isShare),
    constant: constantOf(op, left.constant, right.constant),
    distribution: distributionOf(op, left, right),
    buckets: nature === 'counter' || nature === 'rate' ? (left.buckets ?? right.buckets) : undefined,
    idle: isIdle(op, left, right),
    startsEmpty: left.startsEmpty || (op !== '/' && right.startsEmpty),
    fractional: op === '/' || left.fractional || right.fractional,
    interval: left.interval ?? right.interval,
    nan: isReported ? undefined : (division?.finding ?? left.nan ?? right.nan),
    pending: keepsPending ? (a.pending ?? b.pending) : undefined,
  };
}
