import { expect } from 'vitest';
import { prometheusRules } from '../../../src/emit/prometheus/emitter.js';
import { modelOf } from '../../support/model.js';
import { promtool } from '../../support/promtool.js';
import { rulesBehind } from './rules-behind.js';

/** The rule files of a spec, by the last part of their path. */
export function ruleFiles(spec: string): Readonly<Record<string, string>> {
  const files = prometheusRules.files(modelOf(spec));
  return Object.fromEntries(files.map(({ path, content }) => [path.replace(/^.*\//, ''), content]));
}

/** Fails where Prometheus refuses one of the files, or where its linter has something to say. */
export function expectValid(files: Readonly<Record<string, string>>): void {
  const { status, output } = promtool(
    ['check', 'rules', '--lint=all', '--lint-fatal', ...Object.keys(files)],
    files,
  );
  expect(output).not.toContain('FAILED');
  expect(status, output).toBe(0);
}

export interface Expectation {
  readonly expr: string;
  /** A Prometheus duration since the start. */
  readonly at: string;
  /** `{labels}` → value; nothing means that there is no result. */
  readonly is?: Readonly<Record<string, number>>;
}

export interface Scenario {
  /** Series in promtool's notation, a minute between samples. */
  readonly series: Readonly<Record<string, string>>;
  readonly expect: readonly Expectation[];
}

/** The alerts that fire, by their distinguishing labels. */
export function firing(alert: string, at: string, ...groups: readonly string[]): Expectation {
  const by = groups.some((each) => each !== '')
    ? [...new Set(groups.map((each) => each.replace(/=.*/, '')))].join(', ')
    : '';
  return {
    expr: `count by (${by}) (ALERTS{alertname="${alert}",alertstate="firing"})`,
    at,
    is: Object.fromEntries(
      groups.map((each) => [each === '' ? '{}' : `{${each.replace(/=(.*)/, '="$1"')}}`, 1]),
    ),
  };
}

/** That an alert does not fire. */
export function silent(alert: string, at: string): Expectation {
  return { expr: `ALERTS{alertname="${alert}",alertstate="firing"}`, at, is: {} };
}

/** Runs scenarios against the rules of a spec that they ask about. @param evaluationInterval has to be the one of the spec */
export function expectBehaviour(
  files: Readonly<Record<string, string>>,
  scenarios: Readonly<Record<string, Scenario>>,
  evaluationInterval = '1m',
): void {
  const tests = Object.entries(scenarios).map(([name, { series, expect: expectations }]) => ({
    name,
    interval: '1m',
    input_series: Object.entries(series).map(([key, values]) => ({ series: key, values })),
    promql_expr_test: expectations.map(({ expr, at, is = {} }) => ({
      expr,
      eval_time: at,
      exp_samples: Object.entries(is).map(([labels, value]) => ({ labels, value })),
    })),
  }));
  const asked = Object.values(scenarios).flatMap((scenario) => scenario.expect.map(({ expr }) => expr));
  const rules = rulesBehind(files, asked);
  const { status, output } = promtool(['test', 'rules', 'test.json'], {
    ...rules,
    'test.json': JSON.stringify({
      rule_files: Object.keys(rules),
      evaluation_interval: evaluationInterval,
      tests,
    }),
  });
  expect(output).toContain('SUCCESS');
  expect(status).toBe(0);
}
