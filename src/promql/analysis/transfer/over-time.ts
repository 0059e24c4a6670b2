import type { Call } from '../../ast.js';
import { counterOverTime } from '../checks/counter-over-time.js';
import { nanInside } from '../checks/nan-inside.js';
import { quantileLevel } from '../checks/quantile-level.js';
import { anything, interval, notNegative, type Interval } from '../interval.js';
import { settled, type Scope } from '../scope.js';
import { onlyLabels, unknownValue, type Value } from '../value.js';
import type { Transfer } from './transfer.js';

function rangeOf(func: string, { low, high }: Interval): Interval {
  if (func === 'sum_over_time') return interval(low < 0 ? -Infinity : low, high > 0 ? Infinity : high);
  return func.startsWith('std') || func === 'mad_over_time' ? notNegative : { low, high };
}

/** One value of the samples of a range: their mean, their sum, their highest. */
function summary(scope: Scope, call: Call, args: readonly Value[]): Value {
  const range = args.find(({ kind }) => kind === 'range') ?? unknownValue;
  if (call.func === 'quantile_over_time') scope.report(quantileLevel(call.args[0], args[0]));
  const fault = counterOverTime(call, range) ?? nanInside(call.func, range);
  scope.report(fault);
  const value = fault === undefined ? settled(scope, range) : { ...range, pending: undefined };
  const keepsEach = ['last_over_time', 'first_over_time', 'min_over_time', 'max_over_time'].includes(
    call.func,
  );
  return {
    ...value,
    kind: 'instant',
    nature:
      fault !== undefined ? 'unknown' : keepsEach || value.nature !== 'counter' ? value.nature : 'gauge',
    unit: call.func === 'sum_over_time' || call.func === 'stdvar_over_time' ? undefined : value.unit,
    range: fault === undefined ? rangeOf(call.func, value.range) : anything,
    constant: undefined,
    distribution: call.func === 'sum_over_time' ? undefined : value.distribution,
    fractional: value.fractional || /^(?:avg|std|quantile)/.test(call.func),
    filtered: value.filtered && value.nature !== 'unknown',
    nan: undefined,
    asAlert: undefined,
  };
}

function presence(_scope: Scope, call: Call, args: readonly Value[]): Value {
  const arg = args[0] ?? unknownValue;
  return {
    ...onlyLabels(arg),
    kind: 'instant',
    nature: 'count',
    unit: 'count',
    range: call.func === 'present_over_time' ? interval(1, 1) : interval(1, Infinity),
  };
}

const summaries = 'avg min max sum last first quantile stddev stdvar mad'
  .split(' ')
  .map((each) => `${each}_over_time`);

/** Functions over the samples of a range, each for itself. */
export const overTime: readonly (readonly [string, Transfer])[] = [
  ...summaries.map((name) => [name, summary] as const),
  ['count_over_time', presence],
  ['present_over_time', presence],
];
