import type { BurnArm, Model } from '../model/model.js';
import { runbookUrl } from '../model/runbook.js';
import { escapeTemplate } from '../promql/alert-template.js';
import type { Expr } from '../promql/ast.js';
import { binary, call, chain, number, paren, selector } from '../promql/build.js';
import type { AlertingRule } from '../promql/rule.js';
import { selectors } from '../promql/walk.js';
import { printDecimal } from './decimal.js';
import { leastBadEvents } from './gate.js';
import { badRate, badSlice, burnAlert, errorRatio, noDataAlert } from './names.js';
import type { SloPlan } from './plan.js';
import { recorded } from './rules.js';
import { armThreshold, arms } from './windows.js';

/**
 * Bad events in the long window of an arm. Windows that are summed up from records count a record's rate for the time between two
 * evaluations.
 */
function badEvents(plan: SloPlan, arm: BurnArm, evaluationInterval: number): Expr | undefined {
  const long = arm.long.seconds;
  switch (plan.measurement.kind) {
    case 'events':
      return plan.direct.includes(long)
        ? binary('*', recorded(plan, badRate(long)), number(long))
        : binary(
            '*',
            call('sum_over_time', recorded(plan, badRate(plan.base), long)),
            number(evaluationInterval),
          );
    case 'time':
      return call('sum_over_time', recorded(plan, badSlice, long));
    case 'share':
      return undefined;
  }
}

/**
 * A single scrape must not decide, however small the budget is: bad evaluations that see two of them; undefined where the threshold of an
 * arm asks for as many anyway.
 */
function leastBadEvaluations(plan: SloPlan, { long, factor }: BurnArm): number | undefined {
  const least = plan.evaluationsPerScrape + 1;
  const threshold = Number(printDecimal(armThreshold({ factor }, plan.slo.objective)));
  return (threshold * long.seconds) / plan.evaluationInterval < least ? least : undefined;
}

/** The number of bad events, or bad evaluations, below which an arm stays silent; undefined where nothing is counted. */
export function leastBad(plan: SloPlan, arm: BurnArm): number | undefined {
  const { slo, measurement } = plan;
  if (measurement.kind === 'share') return undefined;
  if (slo.alerting.minEvents !== undefined) return slo.alerting.minEvents;
  return measurement.kind === 'events' ? leastBadEvents(arm.factor) : leastBadEvaluations(plan, arm);
}

function armCondition(plan: SloPlan, arm: BurnArm, evaluationInterval: number): Expr {
  const text = printDecimal(armThreshold(arm, plan.slo.objective));
  const threshold = number(Number(text), text);
  const exceeds = (window: number): Expr => binary('>', recorded(plan, errorRatio(window)), threshold);
  const [short, long] = [exceeds(arm.short.seconds), exceeds(arm.long.seconds)];
  const least = leastBad(plan, arm);
  const count = badEvents(plan, arm, evaluationInterval);
  if (least === undefined || count === undefined) return chain('and', [short, long]);
  return chain('and', [short, long, binary('>=', count, number(least))]);
}

function labelsOf({ slo, labels }: SloPlan, severity: 'page' | 'ticket'): ReadonlyMap<string, string> {
  const found = new Map([['severity', severity], ...labels]);
  if (slo.owner !== undefined) found.set('owner', slo.owner);
  return found;
}

/** The objective in a summary, with its service: pagers show the summary alone, and many services have an `availability`. */
function subjectOf({ slo, service }: SloPlan): string {
  return `${escapeTemplate(service)}/${slo.name}`;
}

/** The group that an alert fires for: ` (agent {{ $labels.agent }})`. */
function groupOf({ slo }: SloPlan): string {
  const groups = slo.by.map(({ wire }) => `${wire} {{ $labels.${wire} }}`);
  return groups.length === 0 ? '' : ` (${groups.join(', ')})`;
}

function annotationsOf(
  model: Model,
  alert: string,
  summary: string,
  description: string,
): ReadonlyMap<string, string> {
  const found = new Map([
    ['summary', summary],
    ['description', description],
  ]);
  const url = runbookUrl(model, alert);
  if (url !== undefined) found.set('runbook_url', escapeTemplate(url));
  return found;
}

function armInWords(arm: BurnArm): string {
  return `${arm.factor} over ${arm.long.text} and ${arm.short.text}`;
}

/** The alert of one severity: its arms are alternatives, so that one incident makes one alert. */
function burnRule(model: Model, plan: SloPlan, severity: 'page' | 'ticket'): AlertingRule | undefined {
  const { slo } = plan;
  const [first, ...rest] = arms(slo).filter((arm) => arm.severity === severity);
  if (first === undefined || !slo.alerting[severity]) return undefined;
  const interval = model.target.prometheus.evaluationInterval.seconds;
  const condition = (arm: BurnArm): Expr => paren(armCondition(plan, arm, interval));
  const alert = burnAlert(slo.name, severity);
  const speed = severity === 'page' ? 'fast' : 'slowly but surely';
  const unit = plan.measurement.kind === 'time' ? 'time' : 'events';
  const meaning = slo.sli.description === undefined ? '' : `${escapeTemplate(slo.sli.description)} `;
  return {
    kind: 'alert',
    alert,
    expr:
      rest.length === 0
        ? armCondition(plan, first, interval)
        : chain('or', [condition(first), ...rest.map(condition)]),
    // The short window is what keeps a passing moment from firing; a pending time would only delay the alert.
    for: undefined,
    keepFiringFor: undefined,
    labels: labelsOf(plan, severity),
    annotations: annotationsOf(
      model,
      alert,
      `${subjectOf(plan)}${groupOf(plan)}: the error budget burns ${speed}, {{ $value | humanizePercentage }} of ${unit} bad`,
      `${meaning}Objective: ${slo.objective}% over ${slo.period.text}. Fires at burn rates above ${[first, ...rest].map(armInWords).join(', or ')}.`,
    ),
  };
}

/** Groups that were there until a day ago are missed. */
const memory = 86_400;

/** Whether every group of an objective is there as long as its service is: the helpers create those of closed labels at the start. */
function hasLastingGroups(model: Model, { slo }: SloPlan): boolean {
  const { by, sli } = slo;
  if (by.length === 0 || sli.form !== 'events' || sli.total.expr === undefined) return false;
  return selectors(sli.total.expr).every(({ metric: name }) => {
    const metric = name === undefined ? undefined : model.metrics.get(name);
    if (metric?.initialised !== true || metric.expireAfter !== undefined) return false;
    return metric.labels.every(({ bound }) => bound.kind === 'closed');
  });
}

/**
 * What has to be there for the objective to be measured. Bad events are looked for, which are recorded as 0 where there are none: they
 * also go missing where only a part of what is measured does, such as one bucket of a histogram.
 */
function presence(model: Model, plan: SloPlan): Expr {
  switch (plan.measurement.kind) {
    case 'events': {
      const measured = recorded(plan, badRate(plan.base));
      const nothing = call('absent', measured);
      if (!hasLastingGroups(model, plan)) return nothing;
      const earlier = call('last_over_time', recorded(plan, badRate(plan.base), memory));
      // Where all are gone, one alert says so.
      const some = binary('and', binary('unless', earlier, measured), measured, {
        matching: { mode: 'on', labels: [] },
      });
      return binary('or', nothing, some);
    }
    case 'time':
      return call('absent', recorded(plan, badSlice));
    case 'share': {
      // An idle service has no share, which is no lack of data: look for any of the series that the query reads.
      const [first, ...rest] = selectors(plan.measurement.bad(plan.base)).map(({ metric, matchers }) =>
        selector(metric, matchers),
      );
      return call(
        'absent',
        first === undefined ? recorded(plan, errorRatio(plan.base)) : chain('or', [first, ...rest]),
      );
    }
  }
}

/** The alert on an objective without data: silence is not success. */
function noDataRule(model: Model, plan: SloPlan): AlertingRule | undefined {
  const { slo } = plan;
  if (slo.alerting.noData === undefined) return undefined;
  const alert = noDataAlert(slo.name);
  return {
    kind: 'alert',
    alert,
    expr: presence(model, plan),
    for: slo.alerting.noData.seconds,
    keepFiringFor: undefined,
    labels: labelsOf(plan, 'ticket'),
    annotations: annotationsOf(
      model,
      alert,
      `${subjectOf(plan)} cannot be measured: there has been no data for ${slo.alerting.noData.text}`,
      'Without data no alert on the error budget can fire. Is the service running, is it scraped, was a metric renamed?',
    ),
  };
}

/** The alerts of an objective. */
export function alertRules(model: Model, plan: SloPlan): readonly AlertingRule[] {
  const rules = [burnRule(model, plan, 'page'), burnRule(model, plan, 'ticket'), noDataRule(model, plan)];
  return rules.filter((rule) => rule !== undefined);
}
