import { budgetRemaining } from '../../slo/names.js';
import type { TestSeries } from '../series.js';
import { countersOf, flowsOf } from './counters.js';
import { lengthOf, traffic, type Course } from './course.js';
import { gaugesOf } from './gauges.js';
import { otherValue } from './values.js';
import type { Stage } from './stage.js';

/** The same series of another service that exposes metrics of the same names: each of the service's own labels differs in one copy. */
export function otherServices(stage: Stage, course: Course, share: 0 | 1): readonly TestSeries[] {
  const own = [...stage.model.service.selector.keys()];
  const samples = course.phases.reduce((sum, each) => sum + each.samples, 0);
  const phases = [traffic(samples, stage.volume, share)];
  const [population, gauges] = [stage.populations[0], stage.watched[0]];
  const made =
    population === undefined
      ? gauges === undefined
        ? []
        : gaugesOf(gauges, phases, course.interval, course.lead)
      : countersOf(phases, flowsOf(population, phases));
  return own.flatMap((label) =>
    made
      .filter(({ labels }) => labels.get(label) === stage.model.service.selector.get(label))
      .map((each) => ({ ...each, labels: new Map([...each.labels, [label, otherValue]]) })),
  );
}

/** The worst that a record can say: nothing is left of the budget, all is bad, or very much of it. */
function worst(metric: string): number {
  if (metric === budgetRemaining) return -1;
  return metric.includes('ratio') || metric.includes('slice') ? 1 : 1000;
}

/** What the rules of another objective have recorded, all of it as bad as can be: this one's must not read it. */
export function otherObjectives(
  stage: Stage,
  records: readonly string[],
  course: Course,
): readonly TestSeries[] {
  const { identity } = stage.objective;
  const more = Math.ceil(lengthOf(course) / course.interval);
  return [...identity.keys()].flatMap((label) =>
    [...new Set(records)].map((metric): TestSeries => ({
      metric,
      labels: new Map([...identity, ...stage.group, [label, otherValue]]),
      segments: [
        {
          kind: 'line',
          from: worst(metric),
          step: 0,
          more,
        },
      ],
    })),
  );
}
