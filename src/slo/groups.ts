import type { Model, Slo } from '../model/model.js';
import type { Rule, RuleGroup } from '../promql/rule.js';
import { alertRules } from './alerts.js';
import { baseWindow, planSlo } from './plan.js';
import { scoped } from './scope.js';
import { budgetRules, measurementRules, quantileRule } from './rules.js';

/** More rules than this in a group take turns for too long: a group is evaluated one rule after the other. */
const largest = 20;

/** Sums over days are slow to compute and slow to change; two evaluations still fit into the five minutes that Prometheus looks back. */
const longInterval = 120;

/** Rules in groups of a bearable size, in their order, reading this service's series only; groups after the first are numbered. */
export function grouped(
  model: Model,
  name: string,
  interval: number,
  rules: readonly Rule[],
): readonly RuleGroup[] {
  const own = rules.map((rule) => ({ ...rule, expr: scoped(model, rule.expr) }));
  const groups: RuleGroup[] = [];
  for (let start = 0; start < rules.length; start += largest) {
    const suffix = start === 0 ? '' : `:${start / largest + 1}`;
    groups.push({ name: name + suffix, interval, rules: own.slice(start, start + largest) });
  }
  return groups;
}

/** The rule groups of one objective, in the order in which they read each other. */
export function groupsOfSlo(model: Model, slo: Slo): readonly RuleGroup[] {
  const plan = planSlo(model, slo);
  const name = `${model.service.name}:slo:${slo.name}`;
  const interval = model.target.prometheus.evaluationInterval.seconds;
  return [
    ...grouped(model, `${name}:sli`, interval, measurementRules(plan)),
    ...grouped(model, `${name}:budget`, Math.max(interval, longInterval), budgetRules(plan)),
    ...grouped(model, `${name}:alerts`, interval, alertRules(model, plan)),
  ];
}

/** The rule groups of the quantiles that SLIs record for display. */
export function quantileGroups(model: Model): readonly RuleGroup[] {
  const window = baseWindow(model);
  const quantiles = [...model.slis.values()].flatMap((sli) =>
    sli.form === 'quantile' ? [quantileRule(sli, model.service.name, window)] : [],
  );
  const interval = model.target.prometheus.evaluationInterval.seconds;
  return grouped(model, `${model.service.name}:slis`, interval, quantiles);
}

/** All rule groups of a model's objectives, and of the quantiles that SLIs record for display. */
export function sloGroups(model: Model): readonly RuleGroup[] {
  return [...quantileGroups(model), ...[...model.slos.values()].flatMap((slo) => groupsOfSlo(model, slo))];
}
