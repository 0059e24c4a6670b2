import type { AnomalyCondition } from '../../model/model.js';
import type { Course } from './predicted.js';

/** What the rules of an anomaly record, evaluation by evaluation; undefined where there is nothing to record. */
export interface Levels {
  readonly value: readonly (number | undefined)[];
  readonly usual: readonly (number | undefined)[];
  readonly residual: readonly (number | undefined)[];
  readonly deviation: readonly (number | undefined)[];
}

/** Numbers of evaluations. */
export interface Lengths {
  readonly season: number;
  /** What a level of an earlier season is averaged over: as much before the same time as after it. */
  readonly around: number;
}

type Track = readonly (number | undefined)[];

/** The values of a range that ends `back` evaluations ago and is `length` long; the far edge belongs to it in Prometheus 2. */
function range(track: Track, at: number, back: number, length: number, isClosed: boolean): readonly number[] {
  const to = Math.floor(at - back + 1e-9);
  const from = isClosed ? Math.ceil(at - back - length - 1e-9) : Math.floor(at - back - length + 1e-9) + 1;
  const found: number[] = [];
  for (let index = Math.max(0, from); index <= to; index += 1) {
    const value = track[index];
    if (value !== undefined) found.push(value);
  }
  return found;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The least share of the usual level that a deviation is taken for. */
const floor = 0.01;

/** Ranges of the two sums that a deviation is made of, in evaluations. */
interface Ranges {
  readonly variance: number;
  readonly average: number;
}

/** The root of the mean square of the distances in the season before the last one. */
function spreadOf(
  residual: Track,
  at: number,
  season: number,
  { variance, average }: Ranges,
  isClosed: boolean,
): number {
  const varied = range(residual, at, season, variance, isClosed);
  const middle = mean(varied);
  const other = mean(range(residual, at, season, average, isClosed));
  return Math.sqrt(mean(varied.map((distance) => (distance - middle) ** 2)) + other ** 2);
}

/**
 * Where a recorded deviation shows how long the ranges are that it is made of: both ways of counting the far edge come to nearly the same
 * there, and a range that is a little shorter, or longer by a half or the whole, does not.
 * @param from the first evaluation that is looked at
 * @param margin the share that a deviation may be off
 */
export function telltales(
  { usual, residual, deviation }: Levels,
  { season, around }: Lengths,
  from: number,
  margin: number,
): readonly number[] {
  const others = [season - around / 2, 1.5 * season, 2 * season, season / 2].flatMap(
    (length): readonly Ranges[] => [
      { variance: length, average: season },
      { variance: season, average: length },
    ],
  );
  const far = deviation.slice(from).map((known, index) => {
    const at = from + index;
    const level = usual[at];
    if (known === undefined || level === undefined) return others.map(() => 0);
    const of = (ranges: Ranges): readonly number[] =>
      [true, false].map((isClosed) =>
        Math.max(spreadOf(residual, at, season, ranges, isClosed), floor * Math.abs(level)),
      );
    const own = of({ variance: season, average: season });
    const [low, high] = [Math.min(...own) * (1 - margin), Math.max(...own) * (1 + margin)];
    return others.map((ranges) =>
      Math.min(...of(ranges).map((value) => Math.max(low - value, value - high) / high)),
    );
  });
  const found: number[] = [];
  others.forEach((_, other) => {
    const distance = (at: number): number => far[at - from]?.[other] ?? 0;
    if (found.some((at) => distance(at) > 0)) return;
    const best = far.reduce(
      (top, _each, index) => (distance(from + index) > distance(top) ? from + index : top),
      from,
    );
    if (distance(best) > 0) found.push(best);
  });
  return found.sort((one, other) => one - other);
}

/** What is recorded of a value: the arithmetic of the rules, done by hand. */
export function levelsOf(value: Track, { season, around }: Lengths, isClosed: boolean): Levels {
  const usual: (number | undefined)[] = [];
  const residual: (number | undefined)[] = [];
  const deviation: (number | undefined)[] = [];
  value.forEach((current, at) => {
    const earlier = [1, 2, 3]
      .map((back) => range(value, at, back * season - around / 2, around, isClosed))
      .filter((values) => values.length > 0)
      .map(mean);
    const level = earlier.length >= 2 ? mean(earlier) : undefined;
    usual.push(level);
    residual.push(level === undefined || current === undefined ? undefined : current - level);
    const isKnown = range(residual, at, 1.5 * season, 0.5 * season, isClosed).length > 0;
    const distances = range(residual, at, season, season, isClosed);
    const spread = Math.sqrt(mean(distances.map((distance) => distance ** 2)));
    deviation.push(
      level === undefined || !isKnown || distances.length === 0
        ? undefined
        : Math.max(spread, floor * Math.abs(level)),
    );
  });
  return { value, usual, residual, deviation };
}

/** Whether the condition holds, evaluation by evaluation. */
export function anomalyCourse(
  { usual, residual, deviation }: Levels,
  { deviations, direction, minimum }: AnomalyCondition,
): Course {
  return residual.map((distance, at) => {
    const [usually, level] = [deviation[at], usual[at]];
    if (distance === undefined || usually === undefined || level === undefined || usually <= 0) return false;
    if (minimum !== undefined && level < minimum) return false;
    const measured = direction === 'both' ? Math.abs(distance) : direction === 'above' ? distance : -distance;
    return measured > deviations * usually;
  });
}
