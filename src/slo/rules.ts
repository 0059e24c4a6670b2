import type { QuantileSli } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import { binary, call, duration, number, paren, selector } from '../promql/build.js';
import type { RecordingRule } from '../promql/rule.js';
import { eventRate, guardedRatio, histogramPart } from './events.js';
import {
  badRate,
  badSlice,
  budgetRemaining,
  currentBurnRate,
  errorBudget,
  errorRatio,
  objectiveRatio,
  periodBurnRate,
  periodDays,
  quantileIdentity,
  sliQuantile,
  sloInfo,
  sloLabels,
  timeToExhaustion,
  totalRate,
} from './names.js';
import type { SloPlan } from './plan.js';
import { printDecimal, type Decimal } from './decimal.js';
import { budgetOf, objectiveShare } from './windows.js';

function exact(value: Decimal): Expr {
  const text = printDecimal(value);
  return number(Number(text), text);
}

function record(name: string, expr: Expr, labels: ReadonlyMap<string, string>): RecordingRule {
  return { kind: 'record', record: name, expr, labels };
}

/** A recorded series of the objective. */
export function recorded(plan: SloPlan, name: string, window?: number): Expr {
  return selector(name, plan.identity, window === undefined ? {} : { range: duration(window) });
}

/**
 * What is measured, for the windows that are read from raw series: rates of all and of bad events, and the share of bad ones. Idle time
 * has no share, so that no NaN is ever recorded.
 */
export function measurementRules(plan: SloPlan): readonly RecordingRule[] {
  const { measurement, labels, direct } = plan;
  switch (measurement.kind) {
    case 'events':
      return direct.flatMap((window) => [
        record(totalRate(window), measurement.total(window), labels),
        record(badRate(window), measurement.bad(window), labels),
        record(
          errorRatio(window),
          guardedRatio(recorded(plan, badRate(window)), recorded(plan, totalRate(window))),
          labels,
        ),
      ]);
    case 'time':
      return [
        record(badSlice, measurement.bad, labels),
        ...direct.map((window) => record(errorRatio(window), timeShare(plan, window), labels)),
      ];
    case 'share':
      return direct.map((window) => record(errorRatio(window), measurement.bad(window), labels));
  }
}

function timeShare(plan: SloPlan, window: number): Expr {
  return call('avg_over_time', recorded(plan, badSlice, window));
}

/** The share over a long window: events weigh the same whenever they happened, so sums are divided and ratios never averaged. */
function longShare(plan: SloPlan, window: number): Expr {
  const { measurement, base } = plan;
  switch (measurement.kind) {
    case 'events':
      return guardedRatio(
        call('sum_over_time', recorded(plan, badRate(base), window)),
        call('sum_over_time', recorded(plan, totalRate(base), window)),
      );
    case 'time':
      return timeShare(plan, window);
    case 'share':
      return measurement.bad(window);
  }
}

/** How long the budget lasts, from what is left of it and how fast it burns; dust of rounding below a burn rate of 0 counts as none. */
function exhaustion(plan: SloPlan): Expr {
  const { slo, exhaustion: window } = plan;
  const left = recorded(plan, budgetRemaining);
  const burning = binary(
    '>',
    binary('/', recorded(plan, errorRatio(window)), exact(budgetOf(slo.objective))),
    number(0),
  );
  const lasts = binary(
    '/',
    binary('*', binary('>', left, number(0)), number(slo.period.seconds)),
    paren(burning),
  );
  const gone = call('clamp_min', binary('<=', left, number(0)), number(0));
  return binary('or', binary('<', paren(lasts), number(slo.period.seconds)), gone);
}

/** Shares over long windows and the period, and the budget. */
export function budgetRules(plan: SloPlan): readonly RecordingRule[] {
  const { slo, labels, base, summed } = plan;
  const budget = exact(budgetOf(slo.objective));
  const burnRate = (window: number): Expr => binary('/', recorded(plan, errorRatio(window)), budget);
  const period = slo.period.seconds;
  return [
    ...summed.map((window) => record(errorRatio(window), longShare(plan, window), labels)),
    record(objectiveRatio, call('vector', exact(objectiveShare(slo.objective))), labels),
    record(errorBudget, call('vector', budget), labels),
    record(periodDays, call('vector', number(period / 86_400)), labels),
    record(currentBurnRate, burnRate(base), labels),
    record(periodBurnRate, burnRate(period), labels),
    record(budgetRemaining, binary('-', number(1), recorded(plan, periodBurnRate)), labels),
    record(timeToExhaustion, exhaustion(plan), labels),
    record(sloInfo, call('vector', number(1)), infoLabels(plan)),
  ];
}

/** What describes the objective and may change: kept off the numeric series, whose history a changed label would cut. */
function infoLabels({ slo, service, labels }: SloPlan): ReadonlyMap<string, string> {
  const info = new Map([
    ...labels,
    [sloLabels.service, service],
    ['sli', slo.sli.name],
    ['objective', slo.objective],
    ['period', slo.period.text],
  ]);
  if (slo.owner !== undefined) info.set('owner', slo.owner);
  return info;
}

/** The recorded series of an SLI that is a quantile: for display alone. @param window seconds */
export function quantileRule(sli: QuantileSli, service: string, window: number): RecordingRule {
  const labels = sli.by.map((label) => label.wire);
  const buckets = eventRate(histogramPart(sli.histogram.name, 'bucket'), ['le', ...labels], window);
  return record(
    sliQuantile(window),
    call('histogram_quantile', number(sli.q), buckets),
    quantileIdentity(sli, service),
  );
}
