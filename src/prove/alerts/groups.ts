import type { Model } from '../../model/model.js';
import type { Matcher, VectorSelector } from '../../promql/ast.js';
import type { AlertingRule, RecordingRule, Rule, RuleGroup } from '../../promql/rule.js';
import { selectors } from '../../promql/walk.js';
import { groupsOfSlo, quantileGroups } from '../../slo/groups.js';
import { holds } from './rows.js';

/** Whether a record may be what a selector reads: the name, and the labels that the rule itself fixes. */
function reads({ metric, matchers }: VectorSelector, { record, labels }: RecordingRule): boolean {
  const fixed = (matcher: Matcher): boolean => {
    const value = labels.get(matcher.label);
    return value === undefined || holds(matcher, value);
  };
  return metric === record && matchers.every(fixed);
}

function isRead(rule: Rule, wanted: readonly VectorSelector[]): rule is RecordingRule {
  return rule.kind === 'record' && wanted.some((selector) => reads(selector, rule));
}

/** Of rules that read each other, those that a rule needs, records of records included. */
function needed(groups: readonly RuleGroup[], rule: AlertingRule): ReadonlySet<Rule> {
  const found = new Set<Rule>();
  const all = groups.flatMap((group) => group.rules);
  let wanted = selectors(rule.expr);
  while (wanted.length > 0) {
    const reading = wanted;
    const next = all.filter((each) => !found.has(each) && isRead(each, reading));
    for (const each of next) found.add(each);
    wanted = next.flatMap((each) => selectors(each.expr));
  }
  return found;
}

/**
 * The groups that hold an alert and the records that it reads, in the order in which they are evaluated; rules that it does not need are
 * left out.
 * @param alerts the groups of the rule file of alerts
 * @param home the group that the alert stands in
 */
export function groupsOfAlert(
  model: Model,
  alerts: readonly RuleGroup[],
  home: RuleGroup,
  rule: AlertingRule,
): readonly RuleGroup[] {
  const elsewhere = [
    ...quantileGroups(model),
    ...[...model.slos.values()].flatMap((slo) => groupsOfSlo(model, slo)),
  ];
  const all = [...elsewhere, ...alerts];
  const used = needed(all, rule);
  return all
    .map((group) => ({
      ...group,
      rules: group.rules.filter((each) => used.has(each) || (group === home && each === rule)),
    }))
    .filter(({ rules }) => rules.length > 0);
}

/** The records among rules. */
export function recordsOf(groups: readonly RuleGroup[]): readonly RecordingRule[] {
  return groups.flatMap(({ rules }) => rules.filter((rule) => rule.kind === 'record'));
}
