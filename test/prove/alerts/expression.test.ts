import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { alertGroups } from '../../../src/alerts/groups.js';
import { ruleFile } from '../../../src/emit/prometheus/rule-file.js';
import type { Model } from '../../../src/model/model.js';
import { printPromql } from '../../../src/promql/print.js';
import type { RuleGroup } from '../../../src/promql/rule.js';
import { expressionScenarios } from '../../../src/prove/alerts/expression.js';
import { groupsOfAlert } from '../../../src/prove/alerts/groups.js';
import { endOf } from '../../../src/prove/dependencies.js';
import type { Scenario } from '../../../src/prove/scenario.js';
import { simulate, unmet } from '../../../src/prove/simulate.js';
import type { Suite } from '../../../src/prove/suite.js';
import { testDocument } from '../../../src/prove/test-file.js';
import { isLong, some } from '../../support/long.js';
import { modelOf } from '../../support/model.js';
import { describeWithPromtool, promtool } from '../../support/promtool.js';

interface Proven {
  readonly alert: string;
  readonly groups: readonly RuleGroup[];
  readonly scenarios: readonly Scenario[];
  readonly untested: Suite['untested'];
}

/** The scenarios of every alert of a spec that is an expression. */
function proofs(model: Model, proven = new Set<string>()): readonly Proven[] {
  const groups = alertGroups(model);
  return groups.flatMap((group) =>
    group.rules.flatMap((rule) => {
      const alert = rule.kind === 'alert' ? model.alerts.get(rule.alert) : undefined;
      if (rule.kind !== 'alert' || alert?.condition.form !== 'expr') return [];
      const used = groupsOfAlert(model, groups, group, rule);
      const text = `${alert.name} ${printPromql(rule.expr)}`;
      if (proven.has(text)) return [];
      proven.add(text);
      return [{ alert: alert.name, groups: used, ...expressionScenarios(model, alert, rule, used) }];
    }),
  );
}

/** What promtool says about scenarios; empty where all pass. */
function promtoolSays({ alert, groups, scenarios }: Proven): string {
  const [first] = scenarios;
  if (first === undefined) return '';
  const order = groups.map(({ name }) => name);
  const text = testDocument(['rules.yaml'], order, first.evaluationInterval, scenarios);
  const run = promtool(['test', 'rules', 'test.yaml'], {
    'test.yaml': text,
    'rules.yaml': ruleFile(groups),
  });
  return run.status === 0 ? '' : `${alert}: ${run.output}`;
}

function named(proven: readonly Proven[], alert: string): readonly string[] {
  const found = proven.find((each) => each.alert === alert)?.scenarios ?? [];
  return found.map(({ name }) => name.slice(alert.length + 2));
}

const presets = readdirSync('presets')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace('.yaml', ''));
const specs: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['ims-core', ...(isLong ? ['research-agent', 'shared-prometheus', 'grafana'] : [])].map((name) => [
      name,
      readFileSync(`test/cases/${name}/observability.yaml`, 'utf8'),
    ]),
  ),
  // `obs-gen test` runs those of this repository, as CI does.
  ...(isLong && { 'this repository': readFileSync('observability.yaml', 'utf8') }),
  ...Object.fromEntries(
    presets.map((name) => [
      `preset ${name}`,
      `version: 1\nservice: { name: all, owner: platform }\npresets: [${name}]\n`,
    ]),
  ),
};

/** What could not be arranged, and is said so. */
const known: Readonly<Record<string, readonly string[]>> = {
  GpuDriverError: ['no series were found for: fires while only the right side of `or` holds'],
};

describeWithPromtool('scenarios of expressions', () => {
  /** Alerts of presets come in several specs. */
  const proven = new Set<string>();
  for (const [name, text] of Object.entries(specs)) {
    it(`hold for the alerts of ${name}`, () => {
      const found = proofs(modelOf(text), proven);
      // promtool runs those of presets in test/presets as well.
      const run = new Set(name.startsWith('preset ') ? some(found, 3) : found);
      for (const each of found) {
        expect(each.untested.map(({ reason }) => reason)).toEqual(known[each.alert] ?? []);
        expect(each.scenarios.length).toBeGreaterThan(2);
        for (const scenario of each.scenarios)
          expect(
            unmet(simulate(each.groups, scenario, endOf(scenario)), scenario.checks),
            scenario.name,
          ).toEqual([]);
        if (run.has(each)) expect(promtoolSays(each)).toBe('');
      }
    });
  }

  it('come close to the limit, on both sides and for both sides of `and`', () => {
    const proven = proofs(modelOf(specs['ims-core'] ?? ''));
    expect(named(proven, 'ModelSuccessRateDrop').slice(0, 8)).toEqual([
      'fires just beyond its limit, and ends when it is over',
      'silent just within its limit',
      'silent exactly on its limit',
      'fires where one of two series is beyond the limit',
      'silent where two series are within the limit',
      'fires where two series are beyond the limit',
      'silent where it never lasts as long as `for`',
      'silent where nothing is exposed',
    ]);
    expect(named(proven, 'QueueDepthGrowing')).toContain('silent while only the right side of `and` holds');
    expect(named(proven, 'DatabaseUnhealthy')).toContain(
      'silent whatever the series do that its matchers leave out',
    );
  });

  it('are the same every time', () => {
    const made = (): unknown =>
      JSON.stringify(
        proofs(modelOf(specs['ims-core'] ?? '')).map(({ scenarios }) => scenarios),
        (_, value: unknown) => (value instanceof Map ? [...(value as Map<unknown, unknown>)] : value),
      );
    expect(made()).toBe(made());
  });
});

const own = `
version: 1
service: { name: own, owner: us }
labels: { kind: { description: Kind., values: [a, b, c] }, who: { description: Who., cap: 10 } }
metrics:
  calls_total: { type: counter, help: Calls., labels: [kind, who] }
  depth: { type: gauge, help: Depth., labels: [who] }
  wait_seconds: { type: histogram, help: Wait., labels: [kind], buckets: [0.1, 1, 10] }
  sync_timestamp_seconds: { type: gauge, help: Last sync. }
alerts:
`;

describeWithPromtool('scenarios of unusual expressions', () => {
  const expressions: Readonly<Record<string, string>> = {
    Old: 'time() - sync_timestamp_seconds > 600',
    Gone: 'absent(depth{who="x"})',
    Mean: 'sum(rate(wait_seconds_sum[5m])) / sum(rate(wait_seconds_count[5m])) > 2',
    Slow: 'sum(rate(wait_seconds_bucket{kind="a",le="1"}[5m])) / sum(rate(wait_seconds_count{kind="a"}[5m])) < 0.9',
    Deep: 'avg_over_time(depth[10m]) > 40 or max by (who) (depth) > 90',
    Share: 'sum by (who) (rate(calls_total{kind=~"a|b"}[5m])) / sum by (who) (rate(calls_total[5m])) > 0.25',
    Line: 'predict_linear(depth[30m], 3600) > 1000 and depth > 10',
    Never: 'depth > 5 and depth < 4',
    Sub: 'max_over_time(sum(rate(calls_total[5m]))[15m:1m]) > 3',
    Not: 'sum(rate(calls_total{kind!="a"}[5m])) > 2',
  };
  const alerts = Object.entries(expressions).map(
    ([name, expr]) =>
      `  ${name}: { expr: '${expr}', for: 3m, severity: ticket, keepFiringFor: 2m, summary: 'It is {{ $value | humanize }} {{ if gt $value 3.0 }}high{{ else }}low{{ end }}.' }`,
  );
  const proven = proofs(modelOf(own + alerts.join('\n')));

  for (const each of proven) {
    it(`hold for ${expressions[each.alert] ?? ''}`, () => {
      for (const scenario of each.scenarios)
        expect(
          unmet(simulate(each.groups, scenario, endOf(scenario)), scenario.checks),
          scenario.name,
        ).toEqual([]);
      expect(promtoolSays(each)).toBe('');
      if (each.alert === 'Never')
        expect(each.untested.map(({ reason }) => reason)).toEqual([
          'no series were found that make it fire and, a little different, do not',
        ]);
      else expect(each.scenarios.length, each.untested.map(({ reason }) => reason).join()).toBeGreaterThan(2);
    });
  }
});
