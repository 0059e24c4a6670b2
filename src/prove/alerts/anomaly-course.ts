import { line, flat, type Segment, type TestSeries } from '../series.js';
import { anomalyCourse, levelsOf, type Levels } from './anomaly-levels.js';
import type { AnomalyPlan } from './anomaly-plan.js';
import { seriesOf, tidy } from './counters.js';
import { alertCourse, type Course } from './predicted.js';
import type { Row } from './rows.js';

/** A value of the query that holds for some evaluations. */
export interface Stretch {
  readonly evaluations: number;
  readonly value: number;
}

/** Samples of one series that make the query take these values. */
function segmentsOf(
  { driver, pace, samples }: AnomalyPlan,
  stretches: readonly Stretch[],
  share: number,
): readonly Segment[] {
  const scale = share / driver.factor;
  if (driver.window === undefined)
    return stretches.map(({ evaluations, value }) => flat(tidy(value * scale), evaluations * samples));
  const segments: Segment[] = [];
  let total = 0;
  for (const { evaluations, value } of stretches) {
    const step = counted(value * scale, pace / samples);
    const number = evaluations * samples;
    segments.push(line(total, step, number - 1));
    total += step * number;
  }
  return segments;
}

/** A multiple of 1/4096: sums of such numbers are exact, and a seam of two stretches shows no dust that looks like a reset. */
function counted(rate: number, interval: number): number {
  return Math.round(rate * interval * 4096) / 4096;
}

/** What the query yields at each evaluation: for a rate, the mean of the values within its window. */
function valuesAt(
  plan: AnomalyPlan,
  stretches: readonly Stretch[],
  isClosed: boolean,
): readonly (number | undefined)[] {
  const { driver, pace, samples } = plan;
  const interval = pace / samples;
  const scale = 1 / driver.factor;
  const each = stretches.flatMap(({ evaluations, value }) =>
    Array.from({ length: evaluations }, () => value),
  );
  if (driver.window === undefined) return each;
  const parts = driver.adds ? plan.rows.length : 1;
  const gains = each.flatMap((value) => {
    const step = counted((value * scale) / parts, interval) * parts;
    return Array.from({ length: samples }, () => step);
  });
  const totals = [0];
  for (const gain of gains) totals.push((totals.at(-1) ?? 0) + gain);
  const { window, factor } = driver;
  const full = Math.floor(window / interval + 1e-9);
  return each.map((_, at) => {
    const last = at * samples;
    if (last === 0) return undefined;
    const isFull = last >= full;
    const first = isFull ? last - full + (isClosed ? 0 : 1) : 0;
    // A counter that begins at 0 was at 0 before: nothing is added for the part of the window that it does not fill.
    const seconds = isFull ? (last - first) * interval : window;
    return (((totals[last] ?? 0) - (totals[first] ?? 0)) / seconds) * factor;
  });
}

/** A level that rises for half a season and falls for the other half, in stairs; or is always the same. */
export function profile(
  { lengths: { season }, level }: AnomalyPlan,
  hasSeason: boolean,
): (at: number) => number {
  if (!hasSeason) return () => level;
  const stairs = 24;
  return (at) => {
    const phase = (at % season) / season;
    const height = 1 - Math.abs(2 * phase - 1);
    return level * (1 + Math.floor(height * stairs) / stairs);
  };
}

/** A departure from the usual level, in evaluations. */
export interface Departure {
  readonly from: number;
  readonly evaluations: number;
  readonly by: number;
}

export function course(
  usual: (at: number) => number,
  length: number,
  departures: readonly Departure[],
): readonly Stretch[] {
  const stretches: { evaluations: number; value: number }[] = [];
  for (let at = 0; at < length; at += 1) {
    const off = departures
      .filter(({ from, evaluations }) => at >= from && at < from + evaluations)
      .reduce((sum, { by }) => sum + by, 0);
    const value = usual(at) + off;
    const last = stretches.at(-1);
    if (last?.value === value) last.evaluations += 1;
    else stretches.push({ evaluations: 1, value });
  }
  return stretches;
}

export interface Prediction {
  readonly levels: readonly [Levels, Levels];
  readonly alert: readonly [Course, Course];
}

export function predict(plan: AnomalyPlan, stretches: readonly Stretch[]): Prediction {
  const of = (isClosed: boolean): Levels =>
    levelsOf(valuesAt(plan, stretches, isClosed), plan.lengths, isClosed);
  const levels = [of(true), of(false)] as const;
  const alert = (each: Levels): Course =>
    alertCourse(anomalyCourse(each, plan.subject.condition), plan.pending, plan.kept);
  return { levels, alert: [alert(levels[0]), alert(levels[1])] };
}

export function seriesFor(
  plan: AnomalyPlan,
  rows: readonly Row[],
  stretches: readonly Stretch[],
): readonly TestSeries[] {
  const share = plan.driver.adds ? 1 / rows.length : 1;
  return rows.map((row) => seriesOf(row, segmentsOf(plan, stretches, share)));
}

export function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { evaluations }) => sum + evaluations, 0);
}
