import { printPromql } from '../../promql/print.js';
import type { Rule, RuleGroup } from '../../promql/rule.js';
import type { Suite } from '../suite.js';
import type { ExprOperator, Mutant, MutantKind, RuleOperator, Surroundings } from './mutant.js';
import { arithmetic } from './operators/arithmetic.js';
import { averages } from './operators/average.js';
import { comparisonOperators } from './operators/comparison.js';
import { constants } from './operators/constant.js';
import { functionChanges } from './operators/function.js';
import { groupings } from './operators/grouping.js';
import { guards } from './operators/guard.js';
import { labels } from './operators/label.js';
import { logic } from './operators/logic.js';
import { matchers } from './operators/matcher.js';
import { offsets } from './operators/offset.js';
import { pending } from './operators/pending.js';
import { thresholds } from './operators/threshold.js';
import { windows } from './operators/window.js';
import { ruleName } from './rule-name.js';
import { sites } from './sites.js';

export type { Mutant, MutantKind } from './mutant.js';

const exprOperators: readonly ExprOperator[] = [
  thresholds,
  comparisonOperators,
  arithmetic,
  windows,
  logic,
  guards,
  matchers,
  groupings,
  functionChanges,
  averages,
  offsets,
  constants,
];

const ruleOperators: readonly RuleOperator[] = [pending, labels];

/** A rule broken, before it stands among the others. */
interface Broken {
  readonly kind: MutantKind;
  readonly what: string;
  readonly rule: Rule;
  readonly equivalent?: string | undefined;
}

function brokenRules(surroundings: Surroundings): readonly Broken[] {
  const { rule } = surroundings;
  const inside = sites(rule.expr).flatMap((site) =>
    exprOperators.flatMap((operator) =>
      operator(site, surroundings).map((change): Broken => ({
        kind: change.kind,
        what: change.what,
        rule: { ...rule, expr: change.expr },
        equivalent: change.equivalent,
      })),
    ),
  );
  return [...inside, ...ruleOperators.flatMap((operator) => operator(rule))];
}

/** What of a rule reaches a rule file. */
function printed(rule: Rule): string {
  const own = rule.kind === 'alert' ? [rule.for ?? 0, rule.keepFiringFor ?? 0] : [];
  return JSON.stringify([printPromql(rule.expr), [...rule.labels], ...own]);
}

function valuesIn({ scenarios }: Suite): Surroundings['values'] {
  const found = new Map<string, Set<string>>();
  for (const { metric, labels: own } of scenarios.flatMap(({ series }) => series)) {
    for (const [label, value] of own) {
      const key = `${metric} ${label}`;
      found.set(key, (found.get(key) ?? new Set()).add(value));
    }
  }
  return (metric, label) => [...(found.get(`${metric} ${label}`) ?? [])].sort();
}

function replaced(
  groups: readonly RuleGroup[],
  [group, index]: readonly [number, number],
  rule: Rule,
): readonly RuleGroup[] {
  return groups.map((each, at) => (at === group ? { ...each, rules: each.rules.with(index, rule) } : each));
}

/**
 * Every way in which the rules of a suite are broken, one fault at a time. Two that come to the same text are made once. The rules are
 * valid PromQL: a test that fails for another reason than an assertion would prove nothing.
 */
export function mutantsOf(suite: Suite): readonly Mutant[] {
  if (suite.isBrokenElsewhere === true) return [];
  const values = valuesIn(suite);
  const mutants: Mutant[] = [];
  suite.groups.forEach((group, groupIndex) => {
    group.rules.forEach((rule, ruleIndex) => {
      const seen = new Set([printed(rule)]);
      const name = ruleName(rule, suite.groups);
      const counts = new Map<MutantKind, number>();
      for (const broken of brokenRules({ rule, suite, values })) {
        const text = printed(broken.rule);
        if (seen.has(text)) continue;
        seen.add(text);
        const count = (counts.get(broken.kind) ?? 0) + 1;
        counts.set(broken.kind, count);
        const place = [groupIndex, ruleIndex] as const;
        mutants.push({
          id: `${suite.id}/${name}/${broken.kind}-${count}`,
          rule: name,
          kind: broken.kind,
          what: broken.what,
          groups: replaced(suite.groups, place, broken.rule),
          place,
          equivalent: broken.equivalent,
        });
      }
    });
  });
  return mutants;
}
