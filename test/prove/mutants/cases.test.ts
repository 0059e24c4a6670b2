import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/analyse.js';
import { ruleGroupFiles, type RuleGroupFile } from '../../../src/emit/prometheus/files.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { printPromql } from '../../../src/promql/print.js';
import { mutantsOf, type Mutant } from '../../../src/prove/mutants/index.js';
import { foldersIn } from '../../support/directory.js';
import { testToday } from '../../support/model.js';
import { describeWithPromtool, refusals } from '../../support/promtool.js';

const cases = join(import.meta.dirname, '..', '..', 'cases');

function filesOf(name: string): readonly RuleGroupFile[] {
  const { model } = analyse(join(cases, name, 'observability.yaml'), testToday);
  if (model === undefined) throw new Error(`${name} cannot be read`);
  return ruleGroupFiles(model);
}

function mutantsIn({ path, groups }: RuleGroupFile): readonly Mutant[] {
  return mutantsOf({ id: path, subject: path, ruleFile: path, groups, scenarios: [], untested: [] });
}

function brokenExpression({ groups, place: [group, index] }: Mutant): string {
  const rule = groups[group]?.rules[index];
  if (rule === undefined) throw new Error('a mutant without its rule');
  return printPromql(rule.expr);
}

const names = foldersIn(cases).filter((name) => filesOf(name).length > 0);

describe('mutants of real rules', () => {
  it.each(names)('of %s are PromQL, and none is the original', (name) => {
    for (const file of filesOf(name)) {
      const originals = file.groups.map(({ rules }) => rules.map((rule) => printPromql(rule.expr)));
      for (const mutant of mutantsIn(file)) {
        const text = brokenExpression(mutant);
        expect(parsePromql(text).errors, text).toEqual([]);
        const beside = ['severity', 'label', 'for', 'keep-firing-for'].includes(mutant.kind);
        const [group, index] = mutant.place;
        expect(text === originals[group]?.[index], mutant.id).toBe(beside);
      }
    }
  });
});

describeWithPromtool('Prometheus', () => {
  it('takes every one of them', () => {
    const all = ['research-agent', 'prometheus-rules', 'agents'].filter((name) => names.includes(name));
    const texts = [...new Set(all.flatMap((name) => filesOf(name).flatMap(mutantsIn).map(brokenExpression)))];
    expect(texts.length).toBeGreaterThan(1000);
    const refused = refusals(texts);
    expect([...refused].map(([index, reason]) => `${texts[index] ?? ''}: ${reason}`)).toEqual([]);
  });
});
