import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printYaml } from '../../../src/encode/yaml.js';
import { grafanaDashboards } from '../../../src/emit/grafana/emitter.js';
import type { Model } from '../../../src/model/model.js';
import { modelOf } from '../../support/model.js';
import { missingProgram } from '../../support/program.js';
import type { Board, Panel } from './board.js';
import { lint } from './lint.js';

const cases = ['research-agent', 'ims-core', 'alex', 'grafana'];

function specOf(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../cases', name, 'observability.yaml'), 'utf8');
}

function dashboardsOf(model: Model): Board[] {
  return grafanaDashboards.files(model).map((file) => JSON.parse(file.content) as Board);
}

/** Every pair of a type of panel and something that can be shown of each type of metric. */
function everything(): string {
  const types = ['timeseries', 'stat', 'gauge', 'bargauge', 'table', 'piechart', 'heatmap', 'state-timeline'];
  const shown = {
    things_total: ['rate', 'increase'],
    spent_usd_total: ['rate', 'increase'],
    busy_seconds_total: .rate,
    sent_bytes_total: ['rate', 'increase'],
    depth: ['value', 'sum', 'avg', 'min', 'max'],
    heat_celsius: ['value', 'max'],
    use_ratio: ['value', 'avg'],
    alive: ['value', 'min'],
    built_timestamp_seconds: .value,
    wait_seconds: ['rate', 'increase', 'avg', 'p50', 'p90', 'p95', 'p99'],
  };
  const rows = Object.entries(shown).map(([metric, shows]) => ({
    title: metric,
    panels: types.flatMap((type) =>
      shows.flatMap((show) =>
        [[], .kind].flatMap((by) =>
          by.length > 0 && metric === 'built_timestamp_seconds'
            ? []
            : [{ title: `${type} ${show} ${by.join()}`, type, metric, show, by }],
        ),
      ),
    ),
  }));
  const labels = '[kind, tenant]';
  return `
version: 1
service: { name: everything, runbooks: 'https://runbooks.example.com' }
budgets: { seriesPerMetric: 100000, seriesPerInstance: 1000000 }
labels:
  kind: { description: Kind., values: [ok, failed] }
  tenant: { description: Tenant., cap: 50 }
metrics:
  things_total: { type: counter, help: Things., labels: ${labels} }
  spent_usd_total: { type: counter, help: Money., labels: ${labels} }
  busy_seconds_total: { type: counter, help: Time., labels: ${labels} }
  sent_bytes_total: { type: counter, help: Bytes., labels: ${labels} }
  depth: { type: gauge, help: Depth., labels: ${labels} }
  heat_celsius: { type: gauge, help: Heat., labels: ${labels} }
  use_ratio: { type: gauge, help: Use., labels: ${labels}, range: [0, 1] }
  alive: { type: gauge, help: 1 while alive., labels: ${labels}, range: [0, 1] }
  built_timestamp_seconds: { type: gauge, help: When it was built. }
  wait_seconds: { type: histogram, help: Wait., labels: ${labels}, buckets: [0.1, 1, 10], exemplars: true }
dashboards:
  all:
    title: All
    variables: [kind, tenant]
    rows: ${JSON.stringify(rows.flatMap((row) => chunks(row.panels, 40).map((panels) => ({ ...row, panels }))))}
`;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

describe('every dashboard of', () => {
  it.each(cases)('%s is one that a Grafana maintainer would take', (name) => {
    const model = modelOf(specOf(name));
    const dashboards = dashboardsOf(model);
    expect(dashboards.length).toBeGreaterThan(0);
    for (const dashboard of dashboards) expect(lint(dashboard, { model, ownWindows: true })).toEqual([]);
  });

  it('all types of panels and metrics is one as well, with rates over $__rate_interval alone', () => {
    const model = modelOf(everything());
    const [dashboard = {}] = dashboardsOf(model);
    expect(dashboard.panels.length).toBeGreaterThan(300);
    expect(lint(dashboard, { model })).toEqual([]);
  });
});

describe('the checks above', () => {
  const model = modelOf(everything());
  const text = JSON.stringify(dashboardsOf(model)[0]);

  it.each<[string, (dashboard: Board, panel: Panel) => void]>([
    ['a long uid', (dashboard) => (dashboard.uid = 'x'.repeat(41))],
    ['a version', (dashboard) => (dashboard.version = 3)],
    ['an editable page', (dashboard) => (dashboard.editable = true)],
    ['another schema', (dashboard) => (dashboard.schemaVersion = 39)],
    ['no tag', (dashboard) => (dashboard.tags = [])],
    [
      'an unused variable',
      (dashboard) => dashboard.templating.list.push({ ...dashboard.templating.list[1], name: 'spare' }),
    ],
    ['an undeclared variable', (dashboard) => dashboard.templating.list.pop()],
    ['a variable without all', (dashboard) => (dashboard.templating.list[1].allValue = '.*')],
    ['a renamed data source variable', (dashboard) => (dashboard.templating.list[0].name = 'ds')],
    ['an id twice', (_, panel) => (panel.id = 1)],
    ['an overlap', (_, panel) => (panel.gridPos = { ...panel.gridPos, y: 0 })],
    ['a panel beyond the grid', (_, panel) => (panel.gridPos = { ...panel.gridPos, x: 20 })],
    ['unequal heights', (_, panel) => (panel.gridPos = { ...panel.gridPos, h: 3 })],
    ['no description', (_, panel) => (panel.description = '')],
    ['no pluginVersion', (_, panel) => delete panel.pluginVersion],
    ['an unknown unit', (_, panel) => (panel.fieldConfig.defaults.unit = 'things')],
    ['a rate below zero', (_, panel) => delete panel.fieldConfig.defaults.min],
    ['a fixed data source', (_, panel) => (panel.targets[0].datasource.uid = 'prometheus')],
    [
      'a fixed range',
      (_, panel) => (panel.targets[0].expr = panel.targets[0].expr.replace('$__rate_interval', '5m')),
    ],
    [
      'no job',
      (_, panel) => (panel.targets[0].expr = panel.targets[0].expr.replace('job=~"$job",', '')),
    ],
    [
      'a variable left out',
      (_, panel) => (panel.targets[0].expr = panel.targets[0].expr.replace(',kind=~"$kind"', '')),
    ],
    [
      'a raw counter',
      (_, panel) =>
        (panel.targets[0].expr =
          'sum(things_total{job=~"$job",instance=~"$instance",kind=~"$kind",tenant=~"$tenant"})'),
    ],
    ['broken PromQL', (_, panel) => (panel.targets[0].expr = 'sum(')],
    ['a refId twice', (_, panel) => panel.targets.push(panel.targets[0])],
    [
      'a threshold that is not drawn',
      (_, panel) => panel.fieldConfig.defaults.thresholds.steps.push({ color: 'red', value: 1 }),
    ],
  ])('find %s', (_what, spoil) => {
    const dashboard = JSON.parse(text) as Board;
    const panel = dashboard.panels.find((each) => each.type === 'timeseries') as Board;
    expect(lint(dashboard, { model })).toEqual([]);
    spoil(dashboard, panel);
    expect(lint(dashboard, { model })).not.toEqual([]);
  });
});

it.each(cases)('%s gives the same bytes twice', (name) => {
  const text = specOf(name);
  expect(grafanaDashboards.files(modelOf(text))).toEqual(grafanaDashboards.files(modelOf(text)));
});

it('keeps hostile texts inside their strings', () => {
  const hostile = `"}],"x":[{"\\ </script><b>${'`'}{{job}} $job \${job} [[job]] \u2028 😀`;
  const spec = (text: string) => `
version: 1
service: { name: s }
labels: { kind: { description: ${JSON.stringify(text)}, values: [${JSON.stringify(text)}] } }
metrics: { things_total: { type: counter, help: ${JSON.stringify(text)}, labels: [kind] } }
dashboards:
  d:
    title: ${JSON.stringify(text)}
    variables: [kind]
    rows:
      - title: ${JSON.stringify(text)}
        panels:
          - { title: ${JSON.stringify(text)}, type: timeseries, metric: things_total, show: rate, by: [kind], description: ${JSON.stringify(text)} }
          - { title: Q, type: table, queries: { ${JSON.stringify(text)}: 'sum(rate(things_total[5m]))' } }
          - { title: T, type: text, text: ${JSON.stringify(text)} }
`;
  const [actual = {}] = dashboardsOf(modelOf(spec(hostile)));
  const [plain = {}] = dashboardsOf(modelOf(spec('x')));
  const skeleton = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(skeleton);
    if (typeof value !== 'object' || value === null) return typeof value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, skeleton(item)]));
  };
  expect(skeleton(actual)).toEqual(skeleton(plain));
  expect(actual.title).toBe(hostile);
  expect(actual.panels[1].title).toBe(hostile);
  const markdown = [
    ...actual.panels.map((panel) => panel.description ?? ''),
    actual.panels[3].options.content,
  ];
  for (const each of markdown as string[]) expect(each).not.toMatch(/(?<!\\)<[a-z/]/i);
});

describe.skipIf(missingProgram('promtool'))('promtool', () => {
  it('reads every query', () => {
    const values: Record<string, string> = { $__rate_interval: '5m', $__interval: '1m', $__range: '1h' };
    const models = [...cases.map(specOf), everything()].map(modelOf);
    const exprs = models
      .flatMap(dashboardsOf)
      .flatMap((dashboard) => dashboard.panels)
      .flatMap((panel) => (panel.targets ?? []))
      .filter((target) => target.datasource.type === 'prometheus')
      .map((target) => (target.expr as string).replace(/\$__\w+/g, (name) => values[name] ?? name));
    const rules = exprs.map((expr, index) => ({ record: `q:${index}`, expr }));
    const folder = mkdtempSync(join(tmpdir(), 'obs-gen-grafana-'));
    try {
      writeFileSync(join(folder, 'rules.yaml'), printYaml({ groups: [{ name: 'panels', rules }] }));
      const output = execFileSync('promtool', ['check', 'rules', '--lint=none', 'rules.yaml'], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(output).toContain(`SUCCESS: ${exprs.length} rules found`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
