import type { Expr } from '../../promql/ast.js';
import type { Rule, RuleGroup } from '../../promql/rule.js';
import { transform, walk } from '../../promql/walk.js';
import { made, readersOf, rulesBehind } from '../dependencies.js';
import type { Mutant } from '../mutants/mutant.js';
import type { Check, Scenario } from '../scenario.js';
import type { Suite } from '../suite.js';

/** A mutant, and the checks of a scenario that are to notice it. */
export interface Member {
  readonly mutant: Mutant;
  readonly checks: readonly Check[];
}

/** Several mutants as one run of rules. */
export interface Union {
  readonly groups: readonly RuleGroup[];
  /** The scenario for all of them. */
  readonly scenario: Scenario;
  /** For each member, the checks under its own names, in the order that they were given in. */
  readonly checks: readonly (readonly Check[])[];
}

/** Whose a name is: the index of the member that a rule or a query belongs to. */
export function memberIn(text: string): number | undefined {
  const index = /__mutant(\d+)/.exec(text)?.[1];
  return index === undefined ? undefined : Number(index);
}

function mark(name: string, member: number): string {
  return `${name}__mutant${member}`;
}

const alertSeries: ReadonlySet<string> = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/** Whether what an expression reads can be told from its text: no names by pattern, no alerts by pattern. */
function isPlain(expr: Expr): boolean {
  let plain = true;
  walk(expr, (each) => {
    if (each.kind !== 'selector') return;
    const isNamed = each.matchers.some(({ label, operator }) => label === 'alertname' && operator === '=');
    if (each.metric === undefined || (alertSeries.has(each.metric) && !isNamed)) plain = false;
  });
  return plain;
}

/** Whether mutants of a suite can run side by side: no rule and no check reads series by a pattern, or in a template. */
export function canUnite({ groups, scenarios }: Suite): boolean {
  const rules = groups.flatMap((group) => group.rules);
  const isSelfContained = (rule: Rule): boolean =>
    isPlain(rule.expr) &&
    (rule.kind === 'record' ||
      ![...rule.annotations.values(), ...rule.labels.values()].some(
        (text) => /\bquery\b/.test(text) && text.includes('{{'),
      ));
  const checks = scenarios.flatMap((scenario) => scenario.checks);
  return (
    rules.every(isSelfContained) && checks.every((check) => check.kind !== 'query' || isPlain(check.expr))
  );
}

/** The names that change for one member: of the broken rule, of those of the same name, and of all that read them. */
function namesOf({ place: [group, rule] }: Mutant, { groups }: Suite): ReadonlySet<string> {
  const start = groups[group]?.rules[rule];
  const names = new Set<string>();
  let open: readonly Rule[] = start === undefined ? [] : [start];
  while (open.length > 0) {
    const fresh = [...new Set(open.map(made))].filter((name) => !names.has(name));
    for (const name of fresh) names.add(name);
    open = fresh.flatMap((name) => readersOf(name, groups));
  }
  return names;
}

/** Gives what belongs to one member names of its own. */
class Renamer {
  readonly #names: ReadonlySet<string>;
  readonly #member: number;

  constructor(names: ReadonlySet<string>, member: number) {
    this.#names = names;
    this.#member = member;
  }

  concerns(rule: Rule): boolean {
    return this.#names.has(made(rule));
  }

  metric(name: string): string {
    return this.#names.has(name) ? mark(name, this.#member) : name;
  }

  alert(name: string): string {
    return this.#names.has(`alert ${name}`) ? mark(name, this.#member) : name;
  }

  expr(expr: Expr): Expr {
    return transform(expr, (each) => {
      if (each.kind !== 'selector' || each.metric === undefined) return each;
      if (!alertSeries.has(each.metric)) return { ...each, metric: this.metric(each.metric) };
      const matchers = each.matchers.map((matcher) =>
        matcher.label === 'alertname' ? { ...matcher, value: this.alert(matcher.value) } : matcher,
      );
      return { ...each, matchers };
    });
  }

  rule(rule: Rule): Rule {
    const expr = this.expr(rule.expr);
    return rule.kind === 'record'
      ? { ...rule, expr, record: this.metric(rule.record) }
      : { ...rule, expr, alert: this.alert(rule.alert) };
  }

  check(check: Check): Check {
    if (check.kind !== 'query') return { ...check, alert: this.alert(check.alert) };
    const results = check.results.map(({ labels, value }) => ({ labels: this.#resultLabels(labels), value }));
    return { ...check, expr: this.expr(check.expr), results };
  }

  #resultLabels(labels: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const alert = labels.get('alertname');
    return new Map(
      [...labels].map(([label, value]) => {
        if (label === '__name__') return [label, this.metric(value)];
        return [label, label === 'alertname' && alert !== undefined ? this.alert(alert) : value];
      }),
    );
  }
}

/**
 * Puts mutants side by side, so that what they share is evaluated once: the broken rule of each, and all that reads it, stands there
 * under names of its own, and so do the series of a test that go by one of these names. Nothing else is renamed, and rules that no
 * check depends on are left out; what a check finds is what it would find for its mutant alone.
 */
export function unite(suite: Suite, scenario: Scenario, members: readonly Member[]): Union {
  const parts = members.map(({ mutant, checks }, index) => {
    const needed = new Set(checks.flatMap((check) => [...rulesBehind(check, mutant.groups)]));
    return { mutant, checks, needed, renamer: new Renamer(namesOf(mutant, suite), index) };
  });
  const groups = suite.groups.map((group, groupIndex) => ({
    ...group,
    rules: group.rules.flatMap((rule, ruleIndex) => {
      const own = parts.flatMap(({ mutant, needed, renamer }) => {
        const broken = mutant.groups[groupIndex]?.rules[ruleIndex];
        return broken !== undefined && needed.has(broken) && renamer.concerns(rule)
          ? [renamer.rule(broken)]
          : [];
      });
      const isShared = parts.some(({ needed, renamer }) => needed.has(rule) && !renamer.concerns(rule));
      return isShared ? [rule, ...own] : own;
    }),
  }));
  const renamed = parts.flatMap(({ renamer }) =>
    scenario.series
      .map((series) => ({ ...series, metric: renamer.metric(series.metric) }))
      .filter(({ metric }, index) => metric !== scenario.series[index]?.metric),
  );
  const checks = parts.map(({ checks: own, renamer }) => own.map((check) => renamer.check(check)));
  return {
    groups: groups.filter(({ rules }) => rules.length > 0),
    scenario: { ...scenario, series: [...scenario.series, ...renamed], checks: checks.flat() },
    checks,
  };
}
