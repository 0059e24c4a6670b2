import type { Call } from '../../ast.js';
import { anything, interval, notNegative, type Interval } from '../interval.js';
import { settled, type Scope } from '../scope.js';
import { unknownValue, type Value } from '../value.js';
import type { Transfer } from './transfer.js';

function absolute({ low, high }: Interval): Interval {
  if (low >= 0) return { low, high };
  return { low: high < 0 ? -high : 0, high: Math.max(-low, high) };
}

function bounded({ low, high }: Interval, least: number, most: number): Interval {
  const clamp = (value: number): number => Math.min(Math.max(value, least), most);
  return { low: clamp(low), high: clamp(high) };
}

/** The same value, its unit kept, within another range. */
const within =
  (range: (value: Value, args: readonly Value[]) => Interval, keepsUnit: boolean): Transfer =>
  (scope: Scope, _call: Call, args: readonly Value[]) => {
    const value = settled(scope, args[0] ?? unknownValue);
    return {
      ...value,
      range: range(value, args),
      constant: undefined,
      unit: keepsUnit ? value.unit : undefined,
      nature: value.nature === 'counter' ? 'unknown' : value.nature,
      asAlert: undefined,
    };
  };

function clamped(least: number | undefined, most: number | undefined): Transfer {
  return (scope, _call, args) => {
    const value = settled(scope, args[0] ?? unknownValue);
    const low = least === undefined ? -Infinity : (args[least]?.constant ?? -Infinity);
    const high = most === undefined ? Infinity : (args[most]?.constant ?? Infinity);
    return {
      ...value,
      range: bounded(value.range, low, high),
      constant: undefined,
      nature: value.nature === 'counter' ? 'unknown' : value.nature,
      idle: value.idle && low <= 0,
      asAlert: undefined,
    };
  };
}

const outward = ({ range: { low, high } }: Value): Interval => interval(Math.floor(low), Math.ceil(high));

/** Functions that look at each value by itself. */
export const pointwise: readonly (readonly [string, Transfer])[] = [
  ['abs', within(({ range }) => absolute(range), true)],
  ['ceil', within(outward, true)],
  ['floor', within(outward, true)],
  ['round', within((value, args) => (args.length > 1 ? anything : outward(value)), true)],
  ['sgn', within(() => interval(-1, 1), false)],
  ['sqrt', within(() => notNegative, false)],
  ['exp', within(() => notNegative, false)],
  ...['ln', 'log2', 'log10'].map((name) => [name, within(() => anything, false)] as const),
  ['clamp', clamped(1, 2)],
  ['clamp_min', clamped(1, undefined)],
  ['clamp_max', clamped(undefined, 1)],
];
