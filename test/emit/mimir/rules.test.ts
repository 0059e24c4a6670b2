import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { mimirRules } from '../../../src/emit/mimir/emitter.js';
import { prometheusRules } from '../../../src/emit/prometheus/emitter.js';
import type { Model } from '../../../src/model/model.js';
import { modelOf } from '../../support/model.js';
import { describeWithPromtool, promtool } from '../../support/promtool.js';

interface Group {
  readonly name: string;
  readonly rules: readonly object[];
}
interface Upload {
  readonly namespace: string;
  readonly groups: readonly Group[];
}

function spec(alerts: number, target = 'dialect: mimir'): string {
  const lines = Array.from(
    { length: alerts },
    (_, index) =>
      `  Orders${index}: { expr: 'sum(rate(orders_total[5m])) > ${index}', severity: info, summary: Many }`,
  );
  return `version: 1
service: { name: Print_Shop }
target: { prometheus: { ${target} } }
labels: { outcome: { description: Outcome., values: [ok, failed] } }
metrics: { orders_total: { type: counter, help: Orders., labels: [outcome] } }
slis: { orders: { events: { total: orders_total, bad: 'orders_total{outcome="failed"}' } } }
slos: { orders: { sli: orders, objective: 99, period: 30d } }
alerts:
${lines.join('\n')}
stack: {}
`;
}

function uploadOf(model: Model): Upload {
  const [file, ...others] = mimirRules.files(model);
  expect(others).toEqual([]);
  expect(file?.path).toBe('mimir/rules/Print_Shop.yaml');
  return parse(file?.content ?? '') as Upload;
}

describe('the rules for Mimir', () => {
  it('are those of the rule files, in one namespace', () => {
    const model = modelOf(spec(3));
    const groups = prometheusRules
      .files(model)
      .flatMap(({ content }) => (parse(content) as { readonly groups: readonly Group[] }).groups);
    expect(uploadOf(model)).toEqual({ namespace: 'Print_Shop', groups });
  });

  it('have groups that Mimir takes without being told to', () => {
    const { groups } = uploadOf(modelOf(spec(45)));
    expect(groups.length).toBeGreaterThan(3);
    for (const { rules } of groups) expect(rules.length).toBeLessThanOrEqual(20);
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
  });

  it('say which limits have to be raised', () => {
    const [file] = mimirRules.files(modelOf(spec(20 * 70 + 1)));
    expect(file?.content).toMatch(/# Needs -ruler\.max-rule-groups-per-tenant=7\d at least/);
    const [small] = mimirRules.files(modelOf(spec(3)));
    expect(small?.content).not.toContain('max-rule-groups');
  });

  it('are not there for another server, or without a stack', () => {
    expect(mimirRules.files(modelOf(spec(3, 'dialect: prometheus')))).toEqual([]);
    expect(mimirRules.files(modelOf(spec(3).replace('stack: {}\n', '')))).toEqual([]);
  });
});

describeWithPromtool('the rules for Mimir', () => {
  it('are rules to Prometheus, but for the namespace', () => {
    const { groups } = uploadOf(modelOf(spec(45)));
    const { output, status } = promtool(['check', 'rules', 'rules.yaml'], {
      'rules.yaml': stringify({ groups }),
    });
    expect({ output, status }).toMatchObject({ status: 0 });
  });
});
