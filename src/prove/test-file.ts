import { posix } from 'node:path';
import { printYaml } from '../encode/yaml.js';
import type { OutputFile } from '../emit/emitter.js';
import { generatedHeader } from '../emit/header.js';
import { ruleGroupFiles, type RuleGroupFile } from '../emit/prometheus/files.js';
import type { Model } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import { aggregate, by, matcher, selector } from '../promql/build.js';
import { printDuration } from '../promql/duration.js';
import { formatPromql } from '../promql/print.js';
import { quoteString } from '../promql/strings.js';
import type { Check, Scenario } from './scenario.js';
import { notation, seriesName } from './series.js';
import type { Suite } from './suite.js';

/** Columns of an expression before it is laid out on several lines. */
const width = 100;

/** Labels as promtool reads those of a result: `{agent="planner"}`, a name before the braces. */
function resultLabels(labels: ReadonlyMap<string, string>): string {
  const pairs = [...labels].filter(([label]) => label !== '__name__');
  return `${labels.get('__name__') ?? ''}{${pairs.map(([label, value]) => `${label}=${quoteString(value)}`).join(', ')}}`;
}

/** The series that Prometheus writes about an alert that fires. */
function alertSeries(alert: string, labels: ReadonlyMap<string, string> = new Map<string, string>()): Expr {
  return selector('ALERTS', [
    matcher('alertname', '=', alert),
    matcher('alertstate', '=', 'firing'),
    ...[...labels].map(([label, value]) => matcher(label, '=', value)),
  ]);
}

function queryTest(
  expr: Expr,
  at: number,
  results: readonly { readonly labels: ReadonlyMap<string, string>; readonly value: number }[],
): object {
  return {
    expr: formatPromql(expr, width),
    eval_time: printDuration(at),
    exp_samples: results.map(({ labels, value }) => ({ labels: resultLabels(labels), value })),
  };
}

/** Tests that are queries; of alerts they ask for nothing but who fires, so that no label has to be repeated. */
function queryTestOf(check: Check): object | undefined {
  switch (check.kind) {
    case 'firing': {
      const labels = new Set(check.groups.flatMap((group) => [...group.keys()]));
      return queryTest(
        aggregate('count', alertSeries(check.alert), by([...labels])),
        check.at,
        check.groups.map((group) => ({ labels: group, value: 1 })),
      );
    }
    case 'silent':
      return queryTest(alertSeries(check.alert, check.labels), check.at, []);
    case 'query':
      return queryTest(check.expr, check.at, check.results);
    case 'identity':
      return undefined;
  }
}

function alertTestOf(check: Check): object | undefined {
  if (check.kind !== 'identity') return undefined;
  return {
    eval_time: printDuration(check.at),
    alertname: check.alert,
    exp_alerts: check.alerts.map(({ labels, annotations }) => ({
      exp_labels: labels,
      exp_annotations: annotations,
    })),
  };
}

/** Only what there is: a key without a value is none. */
function some(tests: readonly (object | undefined)[]): readonly object[] | undefined {
  const found = tests.filter((test) => test !== undefined);
  return found.length === 0 ? undefined : found;
}

function testOf({ name, interval, series, checks }: Scenario): object {
  return {
    name,
    interval: printDuration(interval),
    input_series: series.map((each) => ({ series: seriesName(each), values: notation(each.segments) })),
    alert_rule_test: some(checks.map(alertTestOf)),
    promql_expr_test: some(checks.map(queryTestOf)),
  };
}

const printed = new WeakMap<Scenario, string>();

/** A scenario as an item of the list of tests; one that was found for an earlier look at the spec is printed already. */
function testItem(scenario: Scenario): string {
  const known = printed.get(scenario);
  if (known !== undefined) return known;
  const text = item(testOf(scenario), scenario.because);
  printed.set(scenario, text);
  return text;
}

/** An item of a list of YAML, with what explains it above. */
function item(value: object, comment: string | undefined): string {
  return printYaml([value], comment).replace(/^(?=.)/gm, '  ');
}

/**
 * The text of a test file of promtool 2.42 and newer.
 * @param ruleFiles relative to the test file
 * @param groupOrder every group of these files, in the order of evaluation: promtool takes those that are not named in any order
 * @param evaluationInterval seconds; all scenarios have to have it, since a file has one
 * @param header comment above the document
 */
export function testDocument(
  ruleFiles: readonly string[],
  groupOrder: readonly string[],
  evaluationInterval: number,
  scenarios: readonly Scenario[],
  header?: string,
): string {
  const stray = scenarios.find((scenario) => scenario.evaluationInterval !== evaluationInterval);
  if (stray !== undefined) throw new Error(`bug: scenario '${stray.name}' has another pace than its file`);
  const head = printYaml(
    {
      rule_files: ruleFiles,
      evaluation_interval: printDuration(evaluationInterval),
      group_eval_order: groupOrder,
    },
    header,
  );
  const tests = scenarios.map(testItem);
  return `${head}tests:\n${tests.join('\n')}`;
}

const folder = 'prometheus/tests';

function headerOf(model: Model, { subject, needs, untested }: Suite): string {
  const lines = [
    generatedHeader,
    `Proves ${subject} of ${model.service.name}.`,
    'Run with: promtool test rules',
    ...(needs === undefined ? [] : [`Needs promtool ${needs.join('.')} or newer.`]),
    ...untested.map(({ rule, reason }) => `Not tested: ${rule}: ${reason}`),
  ];
  return lines.join('\n');
}

/** A test file below the output directory, and what stands in it. */
export interface ScenarioFile {
  readonly path: string;
  /** All of one pace. */
  readonly scenarios: readonly Scenario[];
}

/** How a suite is spread over files: one for each pace of evaluation, which stands in the name where there are several. */
export function scenarioFiles({ service }: Model, { id, scenarios }: Suite): readonly ScenarioFile[] {
  const paces = [...new Set(scenarios.map(({ evaluationInterval }) => evaluationInterval))];
  return paces
    .sort((a, b) => a - b)
    .map((pace) => ({
      path: `${folder}/${service.name}-${id}${paces.length > 1 ? `-${printDuration(pace)}` : ''}.test.yaml`,
      scenarios: scenarios.filter(({ evaluationInterval }) => evaluationInterval === pace),
    }));
}

/** The rule files that a suite needs: those of the records that it reads, which are evaluated first, and the one of its own rules. */
function filesOf(suite: Suite, files: readonly RuleGroupFile[]): readonly RuleGroupFile[] {
  const own = files.find(({ path }) => path === suite.ruleFile);
  const names = new Set(suite.groups.map(({ name }) => name));
  const read = files.filter((file) => file !== own && file.groups.some(({ name }) => names.has(name)));
  return [...read, own ?? { path: suite.ruleFile, groups: suite.groups }];
}

/**
 * The test files of a suite; a suite without scenarios has none.
 * @param files of the model's rules
 */
export function testFiles(
  model: Model,
  suite: Suite,
  files: readonly RuleGroupFile[] = ruleGroupFiles(model),
): readonly OutputFile[] {
  const loaded = filesOf(suite, files);
  const groups = loaded.flatMap((file) => file.groups).map(({ name }) => name);
  return scenarioFiles(model, suite).map(({ path, scenarios }) => ({
    path,
    content: testDocument(
      loaded.map((file) => posix.relative(folder, file.path)),
      groups,
      scenarios[0]?.evaluationInterval ?? 0,
      scenarios,
      headerOf(model, suite),
    ),
  }));
}
