import type { Call } from '../../ast.js';
import { interval, notNegative, type Interval } from '../interval.js';
import { unlabelled } from '../labels.js';
import type { Scope } from '../scope.js';
import { scalarValue, unknownValue, type Value } from '../value.js';
import type { Transfer } from './transfer.js';

const calendar: readonly (readonly [string, Interval])[] = [
  ['minute', interval(0, 59)],
  ['hour', interval(0, 23)],
  ['day_of_week', interval(0, 6)],
  ['day_of_month', interval(1, 31)],
  ['day_of_year', interval(1, 366)],
  ['days_in_month', interval(28, 31)],
  ['month', interval(1, 12)],
  ['year', interval(1970, Infinity)],
];

const partOfDate =
  (range: Interval): Transfer =>
  (_scope: Scope, _call: Call, args: readonly Value[]) => ({
    ...unknownValue,
    labels: args.length === 0 ? unlabelled : args[0]?.labels,
    nature: 'gauge',
    range,
    filtered: args[0]?.filtered ?? false,
  });

/** Functions of the time. */
export const clock: readonly (readonly [string, Transfer])[] = [
  ['time', () => ({ ...scalarValue(NaN), unit: 'seconds', range: notNegative })],
  [
    'timestamp',
    (_scope, _call, [arg = unknownValue]) => ({
      ...unknownValue,
      labels: arg.labels,
      nature: 'gauge',
      unit: 'seconds',
      range: notNegative,
      filtered: arg.filtered,
    }),
  ],
  ['pi', () => scalarValue(Math.PI)],
  ...calendar.map(([name, range]) => [name, partOfDate(range)] as const),
];
