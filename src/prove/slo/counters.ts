import type { TestSeries } from '../series.js';
import { seriesName } from '../series.js';
import { counter, type Phase } from './course.js';
import type { Population, Recipe } from './population.js';
import type { SeriesKey } from './weigh.js';

/** Events of one kind: how many between two samples, for each phase. */
export interface Flow {
  readonly recipe: Recipe;
  readonly steps: readonly number[];
}

/**
 * The counters that flows of events make; where several let the same series grow, they add up.
 * @param start what counters stand at in the beginning
 */
export function countersOf(
  phases: readonly Pick<Phase, 'samples'>[],
  flows: readonly Flow[],
  start = 0,
): readonly TestSeries[] {
  const found = new Map<string, { series: SeriesKey; steps: number[] }>();
  const at = (series: SeriesKey): number[] => {
    const key = seriesName(series);
    const known = found.get(key) ?? { series, steps: phases.map(() => 0) };
    found.set(key, known);
    return known.steps;
  };
  for (const { recipe, steps } of flows) {
    for (const series of recipe.stay) at(series);
    for (const series of recipe.grow) {
      const sums = at(series);
      steps.forEach((step, index) => (sums[index] = (sums[index] ?? 0) + step));
    }
  }
  return [...found.values()].map(({ series, steps }) => ({
    ...series,
    segments: counter(phases, steps, start),
  }));
}

/** Good and bad events of a group, as its phases say. */
export function flowsOf(
  { good, bad }: Pick<Population, 'good' | 'bad'>,
  phases: readonly Phase[],
  chosen: { readonly good?: Recipe | undefined; readonly bad?: Recipe | undefined } = {},
): readonly Flow[] {
  const [goodOne, badOne] = [chosen.good ?? good[0], chosen.bad ?? bad[0]];
  if (goodOne === undefined || badOne === undefined) throw new Error('bug: a group without events of a kind');
  return [
    { recipe: goodOne, steps: phases.map((phase) => phase.good) },
    { recipe: badOne, steps: phases.map((phase) => phase.bad) },
  ];
}
