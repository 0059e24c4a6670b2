import { describe, expect, it } from 'vitest';
import type { Board, Panel } from './board.js';
import { boardOf, panelTitled, present } from './specs.js';

/** A dashboard with the panels given, over one metric of each kind. */
function board(panels: string, extra = ''): Board {
  return boardOf(`
version: 1
service: { name: shop, runbooks: 'https://runbooks.example.com/shop' }
target: { prometheus: { scrapeInterval: 30s } }
external:
  up: { type: gauge, labels: [job, instance] }
  kube_pod_info: { type: gauge, labels: [pod, node] }
labels:
  model: { description: Model., registered: true, cap: 20 }
  tenant: { description: Tenant., cap: 50 }
  outcome: { description: End., values: [ok, failed] }
metrics:
  calls_total: { type: counter, help: Calls., labels: [model, outcome] }
  spend_usd_total: { type: counter, help: Money., labels: [tenant] }
  wait_seconds: { type: histogram, help: Wait., labels: [model], buckets: [0.1, 1, 10], exemplars: true }
  depth: { type: gauge, help: Waiting., labels: [model] }
  use_ratio: { type: gauge, help: Use. }
  worker_up: { type: gauge, help: 1 while it runs., range: [0, 1] }
  built_timestamp_seconds: { type: gauge, help: When it was built. }
alerts:
  Deep: { expr: 'max by (model) (depth) > 500 and on () sum(rate(calls_total[5m])) > 1', for: 10m, severity: ticket, summary: Deep. }
  Idle: { expr: '10 > sum(rate(calls_total[5m]))', severity: ticket, summary: Idle. }
  Dead: { expr: 'worker_up == 0', severity: page, summary: Dead. }
  Failing: { ratio: { part: 'calls_total{outcome="failed"}', whole: calls_total, by: [model], above: 0.05, over: 10m }, severity: page, summary: F. }
  Gone: { absent: { metric: calls_total }, severity: page, summary: Gone. }
  Odd: { anomaly: { query: 'sum(rate(calls_total[1h]))', deviations: 3 }, severity: info, summary: Odd. }
  Soon: { forecast: { metric: depth, by: [model], horizon: 4h, above: 5000 }, severity: ticket, summary: Soon. }
dashboards:
  main:
    title: Main
    variables: [model]
    ${extra}
    rows: [{ title: Row, panels: [${panels}] }]
`);
}

function panel(yaml: string): Panel {
  return panelTitled(board(yaml), 'P');
}

function exprs(yaml: string): string[] {
  return present(panel(yaml).targets).map((target) => target.expr);
}

const scope = 'job=~"$job",instance=~"$instance"';

describe('queries of metrics', () => {
  it.each([
    [
      'metric: calls_total, show: rate, by: [outcome]',
      `sum by (outcome) (rate(calls_total{${scope},model=~"$model"}[$__rate_interval]))`,
    ],
    [
      'metric: calls_total, show: increase',
      `sum(increase(calls_total{${scope},model=~"$model"}[$__interval]))`,
    ],
    [
      'metric: spend_usd_total, show: rate, by: [tenant]',
      `topk(10, sum by (tenant) (rate(spend_usd_total{${scope}}[$__rate_interval])))`,
    ],
    [
      'metric: wait_seconds, show: p95, by: [model]',
      `histogram_quantile(0.95, sum by (le, model) (rate(wait_seconds_bucket{${scope},model=~"$model"}[$__rate_interval])))`,
    ],
    [
      'metric: wait_seconds, show: rate',
      `sum(rate(wait_seconds_count{${scope},model=~"$model"}[$__rate_interval]))`,
    ],
    [
      'metric: wait_seconds, show: avg',
      `sum(rate(wait_seconds_sum{${scope},model=~"$model"}[$__rate_interval])) / (sum(rate(wait_seconds_count{${scope},model=~"$model"}[$__rate_interval])) > 0)`,
    ],
    ['metric: depth, show: value', `depth{${scope},model=~"$model"}`],
    ['metric: depth, show: value, by: [model]', `sum by (model) (depth{${scope},model=~"$model"})`],
    ['metric: depth, show: max', `max(depth{${scope},model=~"$model"})`],
    ['metric: use_ratio, show: value', `use_ratio{${scope}}`],
    ['metric: built_timestamp_seconds, show: max', `max(time() - built_timestamp_seconds{${scope}})`],
  ])('%s', (keys, expected) => {
    expect(exprs(`{ title: P, type: timeseries, ${keys} }`)).toEqual([expected]);
  });

  it.each([
    ['stat', 'depth', 'value', `sum(depth{${scope},model=~"$model"})`],
    ['stat', 'use_ratio', 'value', `max(use_ratio{${scope}})`],
    ['gauge', 'worker_up', 'value', `min(worker_up{${scope}})`],
    ['bargauge', 'calls_total', 'increase', `sum(increase(calls_total{${scope},model=~"$model"}[$__range]))`],
  ])('one number of a %s for %s', (type, metric, show, expected) => {
    expect(exprs(`{ title: P, type: ${type}, metric: ${metric}, show: ${show} }`)).toEqual([expected]);
  });

  it('draws a histogram as its buckets, with exemplars and the unit of what is observed', () => {
    const heatmap = panel('{ title: P, type: heatmap, metric: wait_seconds }');
    expect(heatmap.targets).toMatchObject([
      {
        expr: `sum by (le) (increase(wait_seconds_bucket{${scope},model=~"$model"}[$__interval]))`,
        format: 'heatmap',
        legendFormat: '{{le}}',
        exemplar: true,
      },
    ]);
    expect(heatmap.options.yAxis?.unit).toBe('s');
    // Four scrapes of 30 s.
    expect(heatmap.interval).toBe('2m');
  });

  it('narrows queries of authors, but neither metrics of others nor what is narrowed already', () => {
    const own =
      'sum(rate(calls_total{outcome="ok"}[5m])) / on() sum(up) + on() group_left() count(kube_pod_info) + scalar(depth{job="other",model=~"$model"})';
    expect(exprs(`{ title: P, type: timeseries, query: '${own}' }`)).toEqual([
      `sum(rate(calls_total{${scope},model=~"$model",outcome="ok"}[5m])) / on () sum(up{${scope}}) + on () group_left () count(kube_pod_info) + scalar(depth{instance=~"$instance",job="other",model=~"$model"})`,
    ]);
  });
});

describe('axes', () => {
  it.each([
    ['metric: calls_total, show: rate', { unit: 'cps', min: 0, decimals: undefined }],
    ['metric: calls_total, show: increase', { unit: 'short', min: 0, decimals: undefined }],
    ['metric: spend_usd_total, show: increase', { unit: 'currencyUSD', min: 0, decimals: undefined }],
    ['metric: wait_seconds, show: p95', { unit: 's', min: 0 }],
    ['metric: wait_seconds, show: rate', { unit: 'cps', min: 0 }],
    ['metric: use_ratio, show: value', { unit: 'percentunit', min: 0, max: 1 }],
    ['metric: depth, show: value', { unit: 'short', decimals: undefined }],
    ['metric: depth, show: value, unit: celsius', { unit: 'celsius' }],
    ["query: 'sum(rate(wait_seconds_sum[5m])) / sum(rate(wait_seconds_count[5m]))'", { unit: 's', min: 0 }],
    [
      'query: \'sum(rate(calls_total{outcome="ok"}[5m])) / sum(rate(calls_total[5m]))\'',
      { unit: 'percentunit', min: 0 },
    ],
    [
      'query: \'100 * sum(rate(calls_total{outcome="ok"}[5m])) / sum(rate(calls_total[5m]))\'',
      { unit: 'short' },
    ],
    [
      'query: \'100 * (sum(rate(calls_total{outcome="ok"}[5m])) / sum(rate(calls_total[5m])))\'',
      { unit: 'percent', min: 0 },
    ],
    ["query: 'time() - max(built_timestamp_seconds)'", { unit: 's' }],
    ["query: 'histogram_quantile(0.9, sum by (le) (rate(wait_seconds_bucket[5m])))'", { unit: 's', min: 0 }],
    ["query: 'sum(rate(spend_usd_total[5m]))'", { unit: 'currencyUSD', min: 0 }],
    ["query: 'count(depth)'", { unit: 'short', min: 0, decimals: undefined }],
  ])('%s', (keys, expected) => {
    const { unit, min, max, decimals } = panel(`{ title: P, type: timeseries, ${keys} }`).fieldConfig
      .defaults;
    expect({ unit, min, max, decimals }).toMatchObject(expected);
    if (!('min' in expected)) expect(min).toBeUndefined();
    if (!('max' in expected)) expect(max).toBeUndefined();
  });

  it.each([
    ['metric: calls_total, show: rate', 3],
    ['metric: spend_usd_total, show: increase', 2],
    ['metric: wait_seconds, show: p95', 2],
    ['metric: depth, show: value', undefined],
  ])('single numbers have fixed digits, graphs those of their ticks: %s', (keys, decimals) => {
    const of = (type: string) => panel(`{ title: P, type: ${type}, ${keys} }`).fieldConfig.defaults.decimals;
    expect(of('stat')).toBe(decimals);
    expect(of('timeseries')).toBeUndefined();
  });
});

describe('limits of alerts', () => {
  const steps = (yaml: string) => panel(yaml).fieldConfig.defaults.thresholds?.steps;

  it('shows what the alert watches without its comparison and its side conditions, bad above', () => {
    const drawn = panel('{ title: P, type: timeseries, thresholdsFrom: Deep }');
    expect(drawn.targets?.map((target) => target.expr)).toEqual([
      `max by (model) (depth{${scope},model=~"$model"})`,
    ]);
    expect(drawn.fieldConfig.defaults.thresholds?.steps).toEqual([
      { color: 'green', value: null },
      { color: 'red', value: 500 },
    ]);
    expect(drawn.fieldConfig.defaults.custom?.thresholdsStyle?.mode).toBe('line');
    expect(drawn.links).toEqual([
      { targetBlank: true, title: 'Runbook: Deep', url: 'https://runbooks.example.com/shop/Deep' },
      { targetBlank: true, title: 'Alert: Deep', url: '/alerting/list?search=rule%3A%22Deep%22' },
    ]);
    expect(drawn.description).toContain('Good: at or below 500.');
    expect(drawn.description).toContain(
      '(ticket) fires when it is above 500 for 10m. [Runbook](https://runbooks.example.com/shop/Deep).',
    );
  });

  it('is bad below where the number stands on the left, and shades that side', () => {
    const drawn = panel('{ title: P, type: timeseries, thresholdsFrom: Idle }');
    expect(drawn.fieldConfig.defaults.thresholds?.steps).toEqual([
      { color: 'red', value: null },
      { color: 'green', value: 10 },
    ]);
    expect(drawn.fieldConfig.defaults.custom?.thresholdsStyle?.mode).toBe('line+area');
    expect(drawn.description).toContain('Good: at or above 10 a second.');
  });

  it('is bad at 0 alone where the alert compares with 0', () => {
    expect(steps('{ title: P, type: stat, thresholdsFrom: Dead }')).toEqual([
      { color: 'red', value: null },
      { color: 'green', value: 1e-9 },
    ]);
  });

  it('keeps the guard inside a ratio, its window, and room to see five percent', () => {
    const drawn = panel('{ title: P, type: timeseries, thresholdsFrom: Failing }');
    expect(drawn.targets?.map((target) => target.expr)).toEqual([
      `(sum by (model) (rate(calls_total{${scope},model=~"$model",outcome="failed"}[10m])) or 0 * sum by (model) (rate(calls_total{${scope},model=~"$model"}[10m]))) / (sum by (model) (rate(calls_total{${scope},model=~"$model"}[10m])) > 0)`,
    ]);
    const { unit, min, max, custom } = drawn.fieldConfig.defaults;
    expect({ unit, min, max, soft: custom?.axisSoftMax }).toEqual({
      unit: 'percentunit',
      min: 0,
      max: undefined,
      soft: 0.1,
    });
    expect(drawn.description).toContain('above 5 %');
    expect(panel('{ title: P, type: gauge, thresholdsFrom: Failing }').fieldConfig.defaults.max).toBe(1);
  });

  it('counts what may be absent', () => {
    const drawn = panel('{ title: P, type: stat, thresholdsFrom: Gone }');
    expect(drawn.targets?.map((target) => target.expr)).toEqual([
      `count(calls_total{${scope},model=~"$model"}) or vector(0)`,
    ]);
    expect(drawn.fieldConfig.defaults.thresholds?.steps.map((step) => step.color)).toEqual(['red', 'green']);
  });

  it('shows a forecast as the line that reaches the limit', () => {
    const drawn = panel('{ title: P, type: timeseries, thresholdsFrom: Soon }');
    expect(drawn.targets?.map((target) => target.expr)).toEqual([
      `max by (model) (predict_linear(depth{${scope},model=~"$model"}[1h], 14400))`,
    ]);
    expect(drawn.fieldConfig.defaults.thresholds?.steps[1]).toEqual({ color: 'red', value: 5000 });
  });

  it('shows an anomaly between the levels at which the alert fires', () => {
    const drawn = panel('{ title: P, type: timeseries, thresholdsFrom: Odd }');
    const identity = '{anomaly="Odd",service="shop"}';
    expect(drawn.targets?.map((target) => `${target.legendFormat ?? ''}: ${target.expr}`)).toEqual([
      `P: anomaly:value${identity}`,
      `usual: anomaly:usual${identity}`,
      `highest usual: anomaly:usual${identity} + 3 * anomaly:deviation${identity}`,
      `lowest usual: anomaly:usual${identity} - 3 * anomaly:deviation${identity}`,
    ]);
    expect(drawn.fieldConfig.defaults.unit).toBe('cps');
    expect(panel('{ title: P, type: stat, thresholdsFrom: Odd }').targets).toHaveLength(1);
  });

  it('draws the limit over a query of the panel', () => {
    expect(steps("{ title: P, type: stat, query: 'max(depth)', thresholdsFrom: Deep }")?.[1]).toEqual({
      color: 'red',
      value: 500,
    });
    expect(exprs("{ title: P, type: stat, query: 'max(depth)', thresholdsFrom: Deep }")).toEqual([
      `max(depth{${scope},model=~"$model"})`,
    ]);
  });
});

describe('legends and colours', () => {
  const legends = (yaml: string) => panel(yaml).targets?.map((target) => target.legendFormat);

  it.each([
    ['metric: calls_total, show: rate, by: [model, outcome]', ['{{model}} {{outcome}}']],
    ['metric: calls_total, show: rate', ['P']],
    ['metric: wait_seconds, show: [p50, p99], by: [model]', ['p50 {{model}}', 'p99 {{model}}']],
    ['metric: wait_seconds, show: p95', ['p95']],
    ['metric: depth, show: value', ['{{model}} {{instance}}']],
    [
      "queries: { in: 'sum(rate(calls_total[5m]))', out: 'sum by (model) (rate(calls_total[5m]))' }",
      ['in', 'out {{model}}'],
    ],
    ["query: 'depth'", ['{{model}} {{instance}}']],
    ['query: \'depth{model="a"}\'', ['{{instance}}']],
    ["query: 'kube_pod_info'", ['__auto']],
    ["query: 'sum(depth) / 2'", ['P']],
    ["query: 'topk(3, sum by (model) (depth))'", ['{{model}}']],
    ["query: 'histogram_quantile(0.9, sum by (le, model) (rate(wait_seconds_bucket[5m])))'", ['{{model}}']],
  ])('%s', (keys, expected) => {
    expect(legends(`{ title: P, type: timeseries, ${keys} }`)).toEqual(expected);
  });

  it('gives outcomes and quantiles the same colours everywhere', () => {
    const colours = (yaml: string) =>
      Object.fromEntries(
        panel(yaml).fieldConfig.overrides.map((each) => [
          each.matcher.options,
          (each.properties[0]?.value as { fixedColor: string } | undefined)?.fixedColor,
        ]),
      );
    expect(
      colours('{ title: P, type: timeseries, metric: calls_total, show: rate, by: [outcome] }'),
    ).toMatchObject({ ok: 'green', failed: 'red' });
    expect(colours('{ title: P, type: timeseries, metric: wait_seconds, show: [p50, p95] }')).toEqual({
      p50: 'green',
      p95: 'orange',
    });
  });

  it('has a table below few lines, beside many where there is room, and a list in narrow panels', () => {
    const legend = (panels: string) => {
      const { placement, displayMode } = panelTitled(board(panels), 'P').options.legend ?? {};
      return `${displayMode} ${placement}`;
    };
    const many = '{ title: P, type: timeseries, metric: calls_total, show: rate, by: [model] }';
    const few = '{ title: P, type: timeseries, metric: calls_total, show: rate }';
    expect(legend(few)).toBe('table bottom');
    expect(legend(many)).toBe('table right');
    expect(legend(`${many}, ${few.replace('P', 'Q')}, ${few.replace('P', 'R')}`)).toBe('list bottom');
  });
});

describe('tables', () => {
  it('have the unit on their values alone, named and sorted', () => {
    const table = panel('{ title: P, type: table, metric: wait_seconds, show: [p50, p99], by: [model] }');
    expect(table.fieldConfig.defaults).not.toHaveProperty('unit');
    expect(table.fieldConfig.overrides.map((each) => each.matcher.options)).toEqual(['p50', 'p99']);
    expect(table).toMatchObject({
      options: { sortBy: [{ desc: true, displayName: 'p50' }] },
      transformations: [
        { id: 'merge' },
        {
          id: 'organize',
          options: { excludeByName: { Time: true }, renameByName: { 'Value #A': 'p50', 'Value #B': 'p99' } },
        },
      ],
    });
  });
});

describe('other signals', () => {
  const foreign = [
    `{ title: L, type: logs, query: '{service_name="shop"} |= "x"' }`,
    `{ title: T, type: traces, query: '{ name = "call" }' }`,
    `{ title: A, type: alertlist }`,
  ].join(', ');

  it('have data source variables of their own, and then all are called by their type', () => {
    const page = board(foreign);
    expect(
      page.templating.list
        .filter((each) => each.type === 'datasource')
        .map((each) => [each.name, each.label, each.current.value]),
    ).toEqual([
      ['prometheus_datasource', 'Prometheus data source', 'prometheus'],
      ['loki_datasource', 'Loki data source', 'loki'],
      ['tempo_datasource', 'Tempo data source', 'tempo'],
    ]);
    expect(panelTitled(page, 'L').targets).toMatchObject([
      { datasource: { type: 'loki', uid: '${loki_datasource}' }, expr: '{service_name="shop"} |= "x"' },
    ]);
  });

  it('lists the traces that a search finds', () => {
    const page = board(foreign);
    expect(panelTitled(page, 'T')).toMatchObject({
      type: 'table',
      targets: [{ queryType: 'traceql', query: '{ name = "call" }' }],
    });
  });

  it('needs no data source but Prometheus for numbers', () => {
    const page = board('{ title: P, type: stat, metric: depth, show: max }');
    expect(page.templating.list.map((each) => each.name)).toEqual(['datasource', 'job', 'instance', 'model']);
  });
});

describe('annotations', () => {
  it('mark the start of processes and firing alerts', () => {
    const page = board(
      '{ title: P, type: stat, metric: depth, show: max }',
      'annotations: { deployments: true, alerts: true }',
    );
    expect(page.annotations.list.map((each) => [each.name, each.expr, each.useValueForTime])).toEqual([
      ['Annotations & Alerts', undefined, undefined],
      ['Deployments', `process_start_time_seconds{${scope}} * 1000`, true],
      ['Alerts', 'ALERTS{alertstate="firing",service="shop"}', false],
    ]);
  });
});

describe('links of a dashboard', () => {
  const page = boardOf(`
version: 1
service: { name: shop, runbooks: 'https://runbooks.example.com/shop' }
target: { grafana: { datasources: { logs: loki-1, traces: tempo-1 } } }
metrics: { calls_total: { type: counter, help: Calls. } }
spans: { call: { kind: internal } }
logs: { events: { done: { message: done } } }
dashboards:
  one: { title: One, rows: [{ title: R, panels: [{ title: P, type: stat, metric: calls_total, show: rate }] }] }
  two: { title: Two, rows: [{ title: R, panels: [{ title: P, type: stat, metric: calls_total, show: rate }] }] }
`);

  it('lead to the other dashboards and the runbooks', () => {
    expect(page.links.map(({ title }) => title)).toEqual(['Dashboards', 'Runbooks', 'Logs', 'Traces']);
    expect(page.links[0]).toMatchObject({
      type: 'dashboards',
      tags: ['service:shop'],
      keepTime: true,
      includeVars: true,
    });
    expect(page.tags).toContain('service:shop');
  });

  it('open logs and traces of the service over the time that is shown', () => {
    const panes = page.links.slice(2).map(({ url }) => {
      const [path, query = ''] = url.split('?');
      expect(path).toBe('/explore');
      expect(query).toContain('${__from}');
      return JSON.parse(new URLSearchParams(query).get('panes') ?? '') as unknown;
    });
    const range = { from: '${__from}', to: '${__to}' };
    expect(panes).toMatchObject([
      {
        obs: {
          datasource: 'loki-1',
          range,
          queries: [{ expr: '{service_name="shop"}', datasource: { type: 'loki', uid: 'loki-1' } }],
        },
      },
      {
        obs: {
          datasource: 'tempo-1',
          range,
          queries: [{ query: '{ resource.service.name = "shop" }', queryType: 'traceql' }],
        },
      },
    ]);
  });
});
