import { anomalyNames } from '../../alerts/names.js';
import type { Expr } from '../../promql/ast.js';
import { aggregate, binary, matcher, number, selector } from '../../promql/build.js';
import type { Check, Scenario } from '../scenario.js';
import type { TestSeries } from '../series.js';
import { lengthOf, seriesFor, type Prediction, type Stretch } from './anomaly-course.js';
import type { AnomalyPlan } from './anomaly-plan.js';
import { tidy } from './counters.js';
import type { Labels } from './rows.js';

/** A scenario of the series that drive the query, and of those of a group that stays as it was. */
export function scenario(
  plan: AnomalyPlan,
  name: string,
  stretches: readonly Stretch[],
  checks: readonly Check[],
  others: readonly TestSeries[] = [],
  because?: string,
): Scenario {
  const { subject, pace, samples, rows, calm } = plan;
  const length = lengthOf(stretches);
  return {
    name: `${subject.rule.alert}: ${name}`,
    because,
    interval: pace / samples,
    evaluationInterval: pace,
    series: [
      ...seriesFor(plan, rows, stretches),
      ...seriesFor(plan, calm, [{ evaluations: length, value: plan.level }]),
      ...others,
    ],
    checks,
  };
}

/** A recorded series of the alert. */
export function recorded(plan: AnomalyPlan, name: string, more: Labels = new Map<string, string>()): Expr {
  const labels = new Map([...plan.recorded, ...plan.group, ...more]);
  return selector(
    name,
    [...labels].map(([label, value]) => matcher(label, '=', value)),
  );
}

/** That a recorded series lies within a hair of what was predicted: sums of rates are not exact to the last bit. */
export function near(plan: AnomalyPlan, name: string, at: number, value: number, more?: Labels): Check {
  const margin = Math.max(Math.abs(value) * 0.003, Math.abs(plan.level) * 0.002);
  return between(plan, recorded(plan, name, more), at, value - margin, value + margin);
}

export function between(plan: AnomalyPlan, series: Expr, at: number, low: number, high: number): Check {
  return {
    kind: 'query',
    expr: aggregate('count', binary('<', binary('>', series, number(tidy(low))), number(tidy(high)))),
    at: at * plan.pace,
    results: [{ labels: new Map(), value: 1 }],
  };
}

/** The share of a deviation that it may be off. */
export const hair = 0.003;

/** That the deviation is what was predicted, whether or not the far edge of a range belongs to it. */
export function deviates(plan: AnomalyPlan, { levels }: Prediction, at: number): Check {
  const values = levels.map(({ deviation }) => deviation[at] ?? 0);
  return between(
    plan,
    recorded(plan, anomalyNames.deviation),
    at,
    Math.min(...values) * (1 - hair),
    Math.max(...values) * (1 + hair),
  );
}

export function absent(plan: AnomalyPlan, name: string, at: number): Check {
  return { kind: 'query', expr: recorded(plan, name), at: at * plan.pace, results: [] };
}
