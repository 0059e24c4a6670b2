import { describe, expect, it } from 'vitest';
import type { AlertingRule } from '../../../src/promql/rule.js';
import { alertSuites } from '../../../src/prove/alerts/index.js';
import { simulate, unmet } from '../../../src/prove/simulate.js';
import type { Suite } from '../../../src/prove/suite.js';
import { isLong } from '../../support/long.js';
import { modelOf } from '../../support/model.js';
import { describeWithPromtool } from '../../support/promtool.js';
import { forms } from './forms.js';
import { failures, modelOfFile } from './run.js';

/** What the simulation says of the suite's own rules. */
function simulated(suite: Suite): readonly string[] {
  return suite.scenarios.flatMap((scenario) => {
    const until = Math.max(...scenario.checks.map(({ at }) => at));
    return unmet(simulate(suite.groups, scenario, until), scenario.checks).map(
      (check) => `${scenario.name}: ${check.kind} at ${check.at}`,
    );
  });
}

/** Those of this repository are run by `obs-gen test`, as CI does. */
const specs = [
  'test/cases/ims-core/observability.yaml',
  ...(isLong
    ? [
        'observability.yaml',
        'test/cases/research-agent/observability.yaml',
        'test/cases/prometheus-rules/observability.yaml',
      ]
    : []),
];

const suites = alertSuites(modelOf(forms));

describeWithPromtool('tests of alerts', () => {
  it.each(suites.map((suite) => [suite.id, suite] as const))('%s passes', (_, suite) => {
    expect(suite.scenarios.length).toBeGreaterThan(3);
    expect(failures(suite)).toBe('');
    expect(simulated(suite)).toEqual([]);
  });

  it.each(specs)('of %s pass', (path) => {
    const model = modelOfFile(path);
    // The series of expressions are looked for: ./expression.test.ts has them.
    const isSearched = ({ alert }: AlertingRule): boolean =>
      model.alerts.get(alert)?.condition.form === 'expr';
    for (const suite of alertSuites(model, (rule) => !isSearched(rule))) {
      expect(failures(suite), suite.id).toBe('');
      expect(suite.scenarios.length, suite.id).toBeGreaterThan(0);
    }
  });
});

describe('tests of alerts', () => {
  it('say what they leave out', () => {
    expect(suites.flatMap((suite) => suite.untested)).toEqual([]);
  });

  it('hold the rules of their alert alone', () => {
    const suite = suites.find(({ id }) => id === 'alert-LoadUnusual');
    const rules = suite?.groups.map(({ name, rules: all }) => `${name} ${all.length}`);
    expect(rules).toEqual(['shop:anomalies 7', 'shop:alerts 1']);
  });
});
