import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { grafanaDashboards } from '../../../src/emit/grafana/emitter.js';
import { grafanaAlerts } from '../../../src/emit/grafana-provisioning/alert-rules.js';
import { ruleGroupFiles } from '../../../src/emit/prometheus/files.js';
import type { Model } from '../../../src/model/model.js';
import { packageRoot } from '../../../src/package-root.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { printPromql } from '../../../src/promql/print.js';
import type { AlertingRule } from '../../../src/promql/rule.js';
import { foldersIn } from '../../support/directory.js';
import { modelOf } from '../../support/model.js';
import type { Board } from '../grafana/board.js';
import { validators } from '../grafana-schema/schemas.js';
import { Validator } from '../grafana-schema/validate.js';
import { readGroups, ruleFaults, type ReadGroup, type ReadRule } from './as-grafana-reads.js';

const root = join(packageRoot, 'test/cases');
const cases = foldersIn(root).filter((name) => name !== 'imports');

/** The model of a case, with rules that Grafana evaluates. */
function modelOfCase(name: string): Model {
  const model = modelOf(readFileSync(join(root, name, 'observability.yaml'), 'utf8'));
  const grafana = { ...model.target.grafana, alerts: true };
  return { ...model, target: { ...model.target, grafana } };
}

function groupsOf(model: Model): readonly ReadGroup[] {
  const [file] = grafanaAlerts.files(model);
  return file === undefined ? [] : readGroups(file.content);
}

function alertsOf(model: Model): readonly AlertingRule[] {
  const rules = ruleGroupFiles(model).flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  return rules.filter((rule) => rule.kind === 'alert');
}

function exprOf({ data }: ReadRule): string {
  const expr = data[0]?.model['expr'];
  return typeof expr === 'string' ? expr : '';
}

let validator: Validator;
beforeAll(() => {
  validator = new Validator(validators());
});

it('are not there where nobody asks for them', () => {
  const model = modelOf(readFileSync(join(root, 'research-agent', 'observability.yaml'), 'utf8'));
  expect(alertsOf(model).length).toBeGreaterThan(5);
  expect(grafanaAlerts.files(model)).toEqual([]);
});

describe.each(cases)('the rules that Grafana evaluates, of %s', (name) => {
  const model = modelOfCase(name);
  const groups = groupsOf(model);
  const rules = groups.flatMap((group) => group.rules);
  const expected = alertsOf(model);

  it('are those of Prometheus: no more, no less, with the same expressions', () => {
    expect(rules.map(({ title }) => title)).toEqual(expected.map(({ alert }) => alert));
    for (const [index, rule] of rules.entries()) {
      const { expr } = parsePromql(exprOf(rule));
      expect(expr && printPromql(expr)).toBe(printPromql(expected[index]?.expr ?? fail()));
      expect(rule.labels['severity']).toBe(expected[index]?.labels.get('severity'));
    }
  });

  it('do not keep Grafana from starting', () => {
    expect(groups.flatMap(ruleFaults)).toEqual([]);
    expect(new Set(rules.map(({ uid }) => uid)).size).toBe(rules.length);
  });

  it('are of the types of Grafana’s SDK', () => {
    for (const rule of rules) {
      const { data } = rule;
      // The API has some keys by other names than the files.
      const api = {
        uid: rule.uid,
        title: rule.title,
        condition: rule.condition,
        noDataState: rule.noDataState,
        execErrState: rule.execErrState,
        for: rule.for,
        keep_firing_for: rule.keepFiringFor,
        missingSeriesEvalsToResolve: rule.missing_series_evals_to_resolve,
        annotations: rule.annotations,
        labels: rule.labels,
        folderUID: 'f',
        ruleGroup: 'g',
        orgID: 1,
      };
      expect(validator.faults('AlertRule', JSON.parse(JSON.stringify(api)))).toEqual([]);
      const [query, math, threshold] = data;
      for (const node of data) expect(validator.faults('AlertQuery', node)).toEqual([]);
      expect(validator.faults('PrometheusTarget', query?.model)).toEqual([]);
      expect(validator.faults('MathNode', math?.model)).toEqual([]);
      expect(validator.faults('ThresholdNode', threshold?.model)).toEqual([]);
    }
  });
});

function fail(): never {
  throw new Error('nothing there');
}

function rulesOf(alerts: string, more = ''): readonly ReadRule[] {
  const model = modelOf(`version: 1
service: { name: kiln-of-the-very-long-name-that-somebody-gave-it }
target: { grafana: { alerts: true, datasources: { metrics: mimir } }, prometheus: { evaluationInterval: 15s } }
labels: { kiln: { description: Kiln., cap: 5 } }
metrics: { heat_celsius: { type: gauge, help: Heat., labels: [kiln] } }
alerts:
  Hot: { expr: 'max by (kiln) (heat_celsius) > 1300', severity: page, ${alerts} }
${more}`);
  return groupsOf(model).flatMap((group) => group.rules);
}

function ruleWith(alerts: string): ReadRule {
  return rulesOf(alerts)[0] ?? fail();
}

describe('a rule', () => {
  it('fires for whatever the query yields, and is Normal where it yields nothing', () => {
    const rule = ruleWith('summary: Hot.');
    expect(rule).toMatchObject({
      noDataState: 'OK',
      execErrState: 'Error',
      missing_series_evals_to_resolve: 1,
    });
    expect(rule.data.map(({ datasourceUid }) => datasourceUid)).toEqual(['mimir', '__expr__', '__expr__']);
    expect(rule.data[0]?.model).toMatchObject({ instant: true, range: false });
    // A math node has a number for each series of A, 1 whatever its value; no series in A are none in B and C.
    expect(rule.data[1]?.model['expression']).toBe('is_number($A) || is_nan($A) || is_inf($A)');
    expect(rule.data[2]?.model).toMatchObject({
      expression: 'B',
      conditions: [{ evaluator: { type: 'gt', params: [0] } }],
    });
    expect(rule.condition).toBe('C');
  });

  it('has a uid of 40 characters at most, whatever it is called', () => {
    const { uid } = ruleWith('summary: Hot.');
    expect(uid.length).toBeLessThanOrEqual(40);
    expect(uid).toMatch(/-[0-9a-f]{8}$/);
  });

  it('keeps its times', () => {
    expect(ruleWith('summary: Hot., for: 90s, keepFiringFor: 2h')).toMatchObject({
      for: '1m30s',
      keepFiringFor: '2h',
    });
    expect(ruleWith('summary: Hot.').for).toBe('0s');
  });
});

describe('a text of an alert, once Grafana has read the file', () => {
  it.each([
    ['{{ $labels.kiln }} is hot', '{{ $labels.kiln }} is hot'],
    ['{{ $value | humanize }} °C', '{{ $values.A.Value | humanize }} °C'],
    ['{{ .Value }} of {{ .Labels.kiln }}', '{{ .Values.A.Value }} of {{ .Labels.kiln }}'],
    ['{{ printf "%.1f $value" $value }}', '{{ printf "%.1f $value" $values.A.Value }}'],
    ['{{ if gt $value 2.0 }}a{{ else }}b{{ end }}', '{{ if gt $values.A.Value 2.0 }}a{{ else }}b{{ end }}'],
    ['{{ with $value }}{{ . }}{{ end }}', '{{ with $values.A.Value }}{{ . }}{{ end }}'],
    ['see {{ $externalURL }}', 'see {{ externalURL }}'],
    ['in {{ $externalLabels.zone }}', '{{- $externalLabels := $labels -}}in {{ $externalLabels.zone }}'],
    ['costs $5, or {{ $value }}', 'costs $5, or {{ $values.A.Value }}'],
    ['costs ${{ $value }}', 'costs {{ "$" }}{{ $values.A.Value }}'],
    ['the variable ${HOME}', 'the variable {{ "$" }}{HOME}'],
    ['{{ reReplaceAll "(a)" "${1}b" $labels.kiln }}', '{{ reReplaceAll "(a)" "\\x24{1}b" $labels.kiln }}'],
    ['{{/* $value */}}x', '{{/* $value */}}x'],
    ['no action, $value', 'no action, $value'],
  ])('%s', (written, read) => {
    expect(ruleWith(`summary: ${JSON.stringify(written)}`).annotations['summary']).toBe(read);
  });

  it('keeps the dollar signs of labels, in which Grafana fills in its environment', () => {
    const { labels } = ruleWith(`summary: Hot., labels: { price: '$5 \${x} $$', "where": '{{ x' }`);
    expect(labels).toMatchObject({ price: '$5 ${x} $$', where: '{{ "{{" }} x' });
  });
});

it('groups are evaluated at multiples of ten seconds, which is all that Grafana knows', () => {
  const model = modelOfCase('grafana-alerts');
  expect(model.target.prometheus.evaluationInterval.seconds).toBe(15);
  expect(new Set(groupsOf(model).map(({ interval }) => interval))).toEqual(new Set(['20s']));
});

it('rules have a folder of the service’s own, beside the one of the dashboards', () => {
  const folders = new Set(groupsOf(modelOfCase('grafana-alerts')).map(({ folder }) => folder));
  expect([...folders]).toEqual(['Kilns alerts (kiln)']);
});

it('rules lead to the panel that shows what they look at', () => {
  const model = modelOfCase('grafana-alerts');
  const boards = grafanaDashboards.files(model).map(({ content }) => JSON.parse(content) as Board);
  const titleOf = (alert: string): string | undefined => {
    const rule = groupsOf(model)
      .flatMap((group) => group.rules)
      .find(({ title }) => title === alert);
    const board = boards.find(({ uid }) => uid === rule?.dashboardUid);
    return board?.panels.find(({ id }) => id === rule?.panelId)?.title;
  };
  expect(titleOf('TooHot')).toBe('Heat');
  expect(titleOf('FiringBudgetBurnPage')).toEqual(expect.any(String));
  // Nothing shows it.
  expect(titleOf('KilnHeartbeat')).toBeUndefined();
});
