import { expect, it } from 'vitest';
import { pathFindings } from '../../src/instrument/apply/path-findings.js';
import type { Codemod } from '../../src/instrument/apply/codemod.js';
import { chosenPlaces } from '../../src/instrument/apply/chosen-places.js';
import { planFile } from '../../src/instrument/file/plan-file.js';
import { compileRules } from '../../src/instrument/rules/compile.js';
import { ruleSetOf } from '../../src/instrument/rules/rule-set-of.js';
import { modelOf } from '../support/model.js';

it('OBS5060 is told of the rules of a spec, and not of those of its presets', () => {
  const { value: data = { rules: [] } } = compileRules(
    modelOf(`version: 1
service: { name: more }
metrics:
  calls_total: { type: counter, help: Calls., labels: [kind] }
labels: { kind: { description: Kind., cap: 9 } }
instrument:
  rules:
    - match: { function: ask }
      count: { metric: calls_total, labels: { kind: args.3.kind } }
`),
  );
  const text = 'export function ask(a: string): string {\n  return a;\n}\n';
  const found = (rules: typeof data): readonly string[] => {
    const set = ruleSetOf(rules);
    const settings = { rules: set, outDir: '/nowhere/generated', root: '/nowhere' };
    const plan = planFile({ path: 'src/a.ts', bytes: Buffer.from(text) }, settings);
    expect(plan.placed).toHaveLength(1);
    const codemod = {
      places: (path: string, bytes: Buffer) =>
        chosenPlaces(set, (asked) => planFile({ path, bytes }, { ...settings, rules: asked })).places,
    } as unknown as Codemod;
    const place = { root: '/nowhere', shown: '.' };
    return pathFindings(place, [plan], rules, codemod, new Map(), undefined).map(({ code }) => code);
  };
  expect(found(data)).toEqual(['OBS5060']);
  const ofPreset = data.rules.map((rule) => ({ ...rule, label: 'preset openai: 0' }));
  expect(found({ rules: ofPreset })).toEqual([]);
});
