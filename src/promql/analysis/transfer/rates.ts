import type { Call } from '../../ast.js';
import { counterDelta } from '../checks/counter-delta.js';
import { instantRate } from '../checks/instant-rate.js';
import { rangeOfTwoSamples } from '../checks/range-of-two-samples.js';
import { rateOfAggregate } from '../checks/rate-of-aggregate.js';
import { rateOfGauge } from '../checks/rate-of-gauge.js';
import { notNegative, anything } from '../interval.js';
import type { Scope } from '../scope.js';
import { ratedUnit } from '../units.js';
import { onlyLabels, unknownValue, type Value } from '../value.js';
import type { Transfer } from './transfer.js';

/** The value without what only the samples of a range have. */
function instant(value: Value): Value {
  return {
    ...value,
    kind: 'instant',
    pending: undefined,
    nan: undefined,
    constant: undefined,
    asAlert: undefined,
  };
}

function rate(scope: Scope, call: Call, args: readonly Value[]): Value {
  const arg = args[0] ?? unknownValue;
  const fault = rateOfGauge(call, arg) ?? rateOfAggregate(call, arg) ?? rangeOfTwoSamples(call, arg);
  scope.report(fault);
  if (scope.purpose === 'alert') scope.report(instantRate(call));
  const value = instant(arg);
  if (fault !== undefined && fault.code !== 'OBS3125' && fault.code !== 'OBS3124') return onlyLabels(value);
  const isKnown = arg.nature === 'counter';
  return {
    ...value,
    nature: call.func === 'increase' ? 'increase' : 'rate',
    unit: call.func === 'increase' ? arg.unit : ratedUnit(arg.unit),
    range: isKnown ? notNegative : anything,
    idle: isKnown,
    fractional: true,
    filtered: arg.filtered && arg.nature !== 'unknown',
  };
}

function change(scope: Scope, call: Call, args: readonly Value[]): Value {
  const arg = args[0] ?? unknownValue;
  const fault = counterDelta(call, arg) ?? rangeOfTwoSamples(call, arg);
  scope.report(fault);
  const isPerSecond = call.func === 'deriv';
  return {
    ...instant(arg),
    nature: 'gauge',
    unit: isPerSecond ? ratedUnit(arg.unit) : arg.unit,
    range: anything,
    distribution: undefined,
    buckets: undefined,
    idle: false,
    fractional: true,
    filtered: arg.filtered && arg.nature !== 'unknown',
  };
}

function events(scope: Scope, call: Call, args: readonly Value[]): Value {
  const arg = args[0] ?? unknownValue;
  scope.report(rangeOfTwoSamples(call, arg));
  return {
    ...onlyLabels(instant(arg)),
    nature: 'increase',
    unit: 'count',
    range: notNegative,
    filtered: arg.filtered && arg.nature !== 'unknown',
  };
}

/** Functions that compare samples with one another. */
export const rates: readonly (readonly [string, Transfer])[] = [
  ['rate', rate],
  ['irate', rate],
  ['increase', rate],
  ['delta', change],
  ['idelta', change],
  ['deriv', change],
  ['predict_linear', change],
  ['double_exponential_smoothing', change],
  ['changes', events],
  ['resets', events],
];
