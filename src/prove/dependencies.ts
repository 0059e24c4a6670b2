import type { Expr } from '../promql/ast.js';
import type { Rule, RuleGroup } from '../promql/rule.js';
import { selectors } from '../promql/walk.js';
import type { Check, Scenario } from './scenario.js';

/** The series that alerts become, besides what they are told to be. */
const alertSeries: ReadonlySet<string> = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/** The name of what a rule makes; an alert's has a prefix, since it may be called like a record. */
export function made(rule: Rule): string {
  return rule.kind === 'record' ? rule.record : `alert ${rule.alert}`;
}

/** Who makes what an expression reads. A selector without a plain name may read anything. */
function read(expr: Expr, groups: readonly RuleGroup[]): readonly Rule[] {
  const rules = groups.flatMap((group) => group.rules);
  return selectors(expr).flatMap(({ metric, matchers }) => {
    if (metric === undefined) return rules;
    if (!alertSeries.has(metric))
      return rules.filter((rule) => rule.kind === 'record' && rule.record === metric);
    const named = matchers.find(({ label, operator }) => label === 'alertname' && operator === '=')?.value;
    return rules.filter((rule) => rule.kind === 'alert' && (named === undefined || rule.alert === named));
  });
}

/** The rules that read what goes by a name, as `made` gives it. */
export function readersOf(name: string, groups: readonly RuleGroup[]): readonly Rule[] {
  return groups.flatMap(({ rules }) =>
    rules.filter((rule) => read(rule.expr, groups).some((source) => made(source) === name)),
  );
}

function startOf(check: Check, groups: readonly RuleGroup[]): readonly Rule[] {
  if (check.kind === 'query') return read(check.expr, groups);
  return groups.flatMap(({ rules }) => rules.filter((rule) => made(rule) === `alert ${check.alert}`));
}

/** The rules that decide about a check, directly or through other rules. */
export function rulesBehind(check: Check, groups: readonly RuleGroup[]): ReadonlySet<Rule> {
  const found = new Set<Rule>();
  let open = startOf(check, groups);
  while (open.length > 0) {
    const fresh = open.filter((rule) => !found.has(rule));
    for (const rule of fresh) found.add(rule);
    open = fresh.flatMap((rule) => read(rule.expr, groups));
  }
  return found;
}

/** The rules that are kept, in their groups and their order; a group without any is left out. */
export function onlyRules(groups: readonly RuleGroup[], kept: ReadonlySet<Rule>): readonly RuleGroup[] {
  return groups
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => kept.has(rule)) }))
    .filter(({ rules }) => rules.length > 0);
}

/** The last moment that a scenario asks about, in seconds since its start. */
export function endOf({ checks }: Pick<Scenario, 'checks'>): number {
  return checks.reduce((latest, { at }) => Math.max(latest, at), 0);
}
