import { describe, expect, it } from 'vitest';
import { ruleGroupFiles } from '../../src/emit/prometheus/files.js';
import { levels } from '../../src/slo/levels.js';
import type { Model } from '../../src/model/model.js';
import { parsePromql } from '../../src/promql/parse.js';
import type { Rule, RuleGroup } from '../../src/promql/rule.js';
import { selectors } from '../../src/promql/walk.js';
import { caseModels, withTarget } from './case-models.js';

function record(name: string, query: string): Rule {
  const { expr } = parsePromql(query);
  if (expr === undefined) throw new Error(`no PromQL: ${query}`);
  return { kind: 'record', record: name, expr, labels: new Map() };
}

const names = (rules: readonly Rule[]): readonly string[] =>
  rules.map((rule) => (rule.kind === 'record' ? rule.record : rule.alert));

/** Names that a group's rules read and that other rules of the same group record, with whether the record comes first. */
function readsWithin({
  rules,
}: RuleGroup): readonly { readonly name: string; readonly isWritten: boolean }[] {
  const all = new Set(rules.flatMap((rule) => (rule.kind === 'record' ? [rule.record] : [])));
  const last = new Map(
    rules.flatMap((rule, index) => (rule.kind === 'record' ? [[rule.record, index] as const] : [])),
  );
  return rules.flatMap((rule, index) =>
    selectors(rule.expr)
      .filter(({ metric, range }) => all.has(metric ?? '') && range === undefined)
      .map(({ metric }) => ({ name: metric ?? '', isWritten: (last.get(metric ?? '') ?? -1) < index })),
  );
}

const groupsOf = (model: Model): readonly RuleGroup[] =>
  ruleGroupFiles(model).flatMap(({ groups }) => groups);

describe('levels', () => {
  it('put a rule behind the longest chain that it reads', () => {
    const found = levels([
      record('a', 'x'),
      record('b', 'y'),
      record('c', 'a + b'),
      record('d', 'c + a'),
      record('e', 'y + y'),
    ]);
    expect(found.map(names)).toEqual([['a', 'b', 'e'], ['c'], ['d']]);
  });

  it('do not follow what is recorded later, which a rule cannot read either', () => {
    expect(levels([record('a', 'b'), record('b', 'x')]).map(names)).toEqual([['a', 'b']]);
  });
});

describe.each(caseModels())('%s', (_, model) => {
  it('reads no record before it is written, wherever a group holds both', () => {
    for (const dialect of ['prometheus', 'mimir', 'thanos'] as const)
      for (const group of groupsOf(withTarget(model, dialect, '2.42')))
        expect(
          readsWithin(group).filter(({ isWritten }) => !isWritten),
          group.name,
        ).toEqual([]);
  });

  it('has the same rules for VictoriaMetrics, and none that reads what its own group records', () => {
    const split = groupsOf(withTarget(model, 'victoriametrics', '3.5'));
    const whole = groupsOf(withTarget(model, 'prometheus', '3.5'));
    const sorted = (groups: readonly RuleGroup[]): readonly string[] =>
      groups
        .flatMap(({ rules }) => rules.map((rule) => JSON.stringify([...names([rule]), rule.expr])))
        .sort();
    expect(sorted(split)).toEqual(sorted(whole));
    for (const group of split) {
      const own = new Set(group.rules.flatMap((rule) => (rule.kind === 'record' ? [rule.record] : [])));
      const read = group.rules.flatMap((rule) => selectors(rule.expr).map(({ metric }) => metric ?? ''));
      expect(read.filter((name) => own.has(name))).toEqual([]);
      expect(group.rules.length).toBeLessThanOrEqual(20);
    }
    expect(new Set(split.map(({ name }) => name)).size).toBe(split.length);
  });
});
