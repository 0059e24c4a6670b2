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
