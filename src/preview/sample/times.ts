const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How far back made-up data goes, in seconds: the longest usual period of an objective, and a day to spare. */
const reach = 31 * day;

/** A selector looks back for 5 minutes: with samples this far apart, in seconds, none of its steps finds nothing. */
const coarseStep = 4 * minute;

/** The last hours: what dashboards open with. */
const recentSpan = 4 * hour;

/**
 * Which samples. `recent`: those of the last four hours, with what counters were a day ago, so that its increase can be asked for. `whole`:
 * all of them.
 */
export type Part = 'recent' | 'whole';

/** The times at which something is known, in seconds, ascending. All series share them. */
export interface Times {
  readonly at: Float64Array;
  readonly end: number;
}

/** Up to an age, in seconds, so much time lies between two samples, at least. */
interface Density {
  readonly until: number;
  readonly step: number;
}

/**
 * As dense as the graphs that people look at: four scrapes (`$__rate_interval` at its least) hold two samples in the last hours, and three
 * minutes, the step of a graph of a day, hold two in the last day.
 */
function densities(scrapeInterval: number): readonly Density[] {
  const fine = Math.max(1, Math.min(2 * scrapeInterval, coarseStep));
  return [
    { until: 6.5 * hour, step: fine },
    { until: 25 * hour, step: Math.max(fine, minute) },
    { until: reach, step: coarseStep },
  ];
}

/** @param end the last sample, in seconds @param scrapeInterval seconds */
export function timesUntil(end: number, scrapeInterval: number): Times {
  const found: number[] = [];
  let age = 0;
  for (const { until, step } of densities(scrapeInterval)) {
    for (; age < until; age += step) found.push(end - age);
  }
  return { at: Float64Array.from(found.reverse()), end };
}

/** The first index at or after a time. */
export function indexAt({ at }: Pick<Times, 'at'>, time: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The indices of the samples of some density, ascending.
 * @param strides from the youngest to the oldest; what is older than all is left out
 */
export function thinned({ at, end }: Times, strides: readonly Density[]): readonly number[] {
  const found: number[] = [];
  let next = Infinity;
  for (let index = at.length - 1; index >= 0; index -= 1) {
    const time = at[index] ?? 0;
    const stride = strides.find(({ until }) => end - time < until)?.step;
    if (stride === undefined) break;
    if (time > next) continue;
    found.push(index);
    next = time - stride + 1;
  }
  return found.reverse();
}

/** The samples that are written, by whether a series only grows: of such a one nothing is lost where it is seen less often. */
export const written: Readonly<Record<Part, Readonly<Record<'cumulative' | 'other', readonly Density[]>>>> = {
  recent: {
    cumulative: [
      { until: 75 * minute, step: 0 },
      { until: recentSpan, step: minute },
      { until: 25 * hour, step: 32 * minute },
    ],
    other: [{ until: recentSpan, step: 0 }],
  },
  whole: {
    cumulative: [
      { until: 25 * hour, step: 0 },
      { until: 7 * day, step: 2 * coarseStep },
      { until: reach, step: 8 * coarseStep },
    ],
    other: [
      { until: 6.5 * hour, step: 0 },
      { until: reach, step: coarseStep },
    ],
  },
};

/** When rules are evaluated. In the last hours the samples of two evaluations lie within the five minutes of a selector; before, values hold. */
export const evaluations: Readonly<Record<Part, readonly Density[]>> = {
  recent: [
    { until: 75 * minute, step: 2 * minute },
    { until: recentSpan, step: coarseStep },
  ],
  whole: [
    { until: 75 * minute, step: 2 * minute },
    { until: 6.5 * hour, step: coarseStep },
    { until: 25 * hour, step: 16 * minute },
    { until: reach - 2 * coarseStep, step: 2 * hour },
  ],
};

/** How long ago, in seconds, alerts are first looked at whose conditions read raw series. */
export const alertSpan = 25 * hour;

/** Evaluations further apart than this, in seconds, hold until the next one. */
export const longestGap = coarseStep;
