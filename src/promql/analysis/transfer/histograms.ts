import type { Call } from '../../ast.js';
import { bucketsNeeded } from '../checks/buckets-needed.js';
import { bucketsRated } from '../checks/buckets-rated.js';
import { nativeNeeded } from '../checks/native-needed.js';
import { quantileLevel } from '../checks/quantile-level.js';
import type { SeriesFact } from '../series-fact.js';
import { placeOf, type Finding } from '../finding.js';
import { anything, interval, type Interval } from '../interval.js';
import { dropping } from '../labels.js';
import type { Scope } from '../scope.js';
import { unknownValue, type Value } from '../value.js';
import type { Transfer } from './transfer.js';

function rangeOf(fact: SeriesFact | undefined): Interval {
  const [first, last] = [fact?.buckets[0], fact?.buckets.at(-1)];
  // Below the first bound the quantile is drawn from 0; beyond the last one it is the last one.
  return first === undefined || last === undefined ? anything : interval(Math.min(0, first), last);
}

function quantile(scope: Scope, call: Call, args: readonly Value[]): Value {
  const buckets = args[1] ?? unknownValue;
  scope.report(quantileLevel(call.args[0], args[0]));
  const fault = bucketsNeeded(call, buckets) ?? bucketsRated(call, buckets);
  scope.report(fault);
  const fact = buckets.buckets;
  const isReported = fault !== undefined;
  const nan: Finding = {
    code: 'OBS3146',
    at: placeOf(call),
    message: 'the quantile is NaN while nothing happens',
    help: 'let only numbers pass: (…) >= 0',
  };
  return {
    ...unknownValue,
    labels: buckets.labels && dropping(buckets.labels, ['le']),
    nature: 'quantile',
    combined: true,
    distribution: fact,
    sources: fact === undefined ? [] : [fact],
    unit: fact?.observed,
    range: isReported ? anything : rangeOf(fact),
    filtered: buckets.filtered,
    fractional: true,
    nan: isReported || fact === undefined ? undefined : nan,
  };
}

/** Functions that read native histograms only: of anything else they yield nothing. */
function native(scope: Scope, call: Call, args: readonly Value[]): Value {
  const arg = args.at(-1) ?? unknownValue;
  scope.report(nativeNeeded(call, arg));
  return { ...unknownValue, labels: arg.labels, fractional: call.func !== 'histogram_count' };
}

/** Functions of histograms. */
export const histograms: readonly (readonly [string, Transfer])[] = [
  ['histogram_quantile', quantile],
  ['histogram_avg', native],
  ['histogram_count', native],
  ['histogram_fraction', native],
  ['histogram_stddev', native],
  ['histogram_stdvar', native],
  ['histogram_sum', native],
];
