import type { Model, Slo } from '../model/model.js';
import type { Rule, RuleGroup } from '../promql/rule.js';
import { profileOf } from '../targets/index.js';
import { alertRules } from './alerts.js';
import { levels } from './levels.js';
import { baseWindow, planSlo } from './plan.js';
import { scoped } from './scope.js';
import { budgetRules, measurementRules, quantileRule } from './rules.js';

/** Sums over days are slow to compute and slow to change; two evaluations still fit into the five minutes that Prometheus looks back. */
const longInterval = 120;

/**
 * Rules in groups of a size that the server bears, in their order, reading this service's series only; groups after the first are
 * numbered. Where the server would not let a rule read what another one of its group has just recorded, they stand in different groups.
 */
export function grouped(
  model: Model,
  name: string,
  interval: number,
  rules: readonly Rule[],
): readonly RuleGroup[] {
  const { largestGroup, splitsChains } = profileOf(model.target.prometheus);
  const own = rules.map((rule) => ({ ...rule, expr: scoped(model, rule.expr) }));
  const groups: RuleGroup[] = [];
  for (const level of splitsChains ? levels(own) : [own]) {
    for (let start = 0; start < level.length; start += largestGroup) {
      const suffix = groups.length === 0 ? '' : `:${groups.length + 1}`;
      groups.push({ name: name + suffix, interval, rules: level.slice(start, start + largestGroup) });
    }
  }
  return groups;
}

const known = new WeakMap<Model, Map<Slo, readonly RuleGroup[]>>();

/** The rule groups of one objective, in the order in which they read each other. */
export function groupsOfSlo(model: Model, slo: Slo): readonly RuleGroup[] {
  const ofModel = known.get(model) ?? new Map<Slo, readonly RuleGroup[]>();
  known.set(model, ofModel);
  // Each alert is held against the records of all objectives.
  const groups = ofModel.get(slo) ?? rulesOfSlo(model, slo);
  ofModel.set(slo, groups);
  return groups;
}

function rulesOfSlo(model: Model, slo: Slo): readonly RuleGroup[] {
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
