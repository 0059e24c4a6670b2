import { describe, expect, it } from 'vitest';
import type { Range } from '../../src/diagnostics/diagnostic.js';
import { at, analysed, shown } from './spec.js';

const head =
  'version: 1\nservice: { name: shop, owner: shop-team, runbooks: https://runbooks.example.com/shop/ }\n';

const spec = `${head}
labels:
  tool: { description: Tool., registered: true, cap: 60 }
  outcome: { description: How it ended., values: [ok, failed] }
  tool_outcome: { description: How the call ended., as: outcome, values: [ok, denied] }
  queue: { description: Queue., cap: 20 }
metrics:
  calls_total: { type: counter, help: Calls., labels: [tool, tool_outcome] }
  call_seconds:
    type: histogram
    help: Time of a call.
    labels: [tool]
    buckets: { exponential: { start: 0.1, factor: 2, count: 4 } }
  wait_seconds: { type: histogram, help: Time of waiting., owner: queue-team }
  queue_depth: { type: gauge, help: Tasks waiting., labels: [queue], range: [0, 100], expireAfter: 1h }
  idle_total: { type: counter, help: Nothing reads it., labels: [outcome] }
  forced_total: { type: counter, help: Always there., init: true }
  sparse_total: { type: counter, help: Never there before its time., init: false }
spans:
  tool.call:
    kind: client
    convention: gen_ai.execute_tool
    attributes:
      tool: { label: tool, as: gen_ai.tool.name }
      arguments: { type: json, sensitivity: content }
    record: { count: calls_total, duration: call_seconds }
    outcome: { label: tool_outcome, ok: ok, error: denied }
slis:
  calls_ok: { events: { total: calls_total, bad: 'calls_total{outcome="denied"}' } }
  calls_fast: { latency: { histogram: call_seconds, threshold: 400ms } }
  p95: { quantile: { histogram: wait_seconds, q: 0.95 } }
slos:
  calls-ok: { sli: calls_ok, objective: 99.50, period: 4w, by: [tool] }
  calls-fast: { sli: calls_fast, objective: 95, period: 30d, windows: [{ severity: page, long: 60m, short: 5m, factor: 2 }] }
alerts:
  Long: { expr: 'max by (queue) (queue_depth{queue!="a"}) > 5', severity: ticket, summary: 'Queue {{ $labels.queue }}' }
  Sparse: { ratio: { part: sparse_total, whole: call_seconds_count, above: 0.5 }, severity: ticket, summary: Sparse. }
  Full: { forecast: { metric: queue_depth, by: [queue], horizon: 8h, above: 50 }, severity: page, summary: Full. }
dashboards:
  overview:
    title: Overview
    variables: [tool]
    rows:
      - title: Calls
        panels:
          - { metric: calls_total }
          - { title: Time, metric: call_seconds, show: p95, by: [tool] }
          - { slo: calls-ok }
          - { title: Long, type: stat, thresholdsFrom: Long }
          - { title: Logs, type: logs, query: '{app="shop"}' }
`;

describe('resolve', () => {
  const { model, diagnostics } = analysed(spec);

  it('finds nothing wrong with a sound spec', () => {
    expect(diagnostics.map(shown)).toEqual([]);
  });

  it('fills in what the schema states as defaults', () => {
    expect(model.target.prometheus).toMatchObject({
      dialect: 'prometheus',
      scrapeInterval: { text: '15s', seconds: 15 },
      evaluationInterval: { text: '30s', seconds: 30 },
      retention: undefined,
    });
    expect(model.target.typescript).toEqual({ runtime: 'vendored', imports: 'js' });
    expect(model.target.grafana.folder).toBe('shop');
    expect(model.budgets).toMatchObject({
      seriesPerInstance: 50_000,
      seriesPerMetric: 4000,
      origin: undefined,
    });
    expect(model.service.runbooks).toBe('https://runbooks.example.com/shop');
    expect(model.metrics.get('calls_total')?.owner).toBe('shop-team');
    expect(model.metrics.get('wait_seconds')?.owner).toBe('queue-team');
    expect(model.alerts.get('Full')?.condition).toMatchObject({
      horizon: { text: '8h' },
      over: { text: '2h' },
    });
    expect(model.alerts.get('Sparse')?.condition).toMatchObject({ over: { text: '5m' }, above: 0.5, by: [] });
  });

  it('puts labels in place of their keys', () => {
    const calls = model.metrics.get('calls_total');
    expect(calls?.labels.map((label) => label.wire)).toEqual(['tool', 'outcome']);
    expect(calls?.labels[0]).toBe(model.labels.get('tool'));
    expect(model.labels.get('tool')?.bound).toEqual({ kind: 'registered', cap: 60 });
    expect(model.labels.get('queue')?.bound).toEqual({ kind: 'open', cap: 20 });
    expect(model.labels.get('outcome')?.bound).toEqual({ kind: 'closed', values: ['ok', 'failed'] });
  });

  it('expands buckets, and takes those of the unit where none are written', () => {
    expect(model.metrics.get('call_seconds')?.buckets).toEqual([0.1, 0.2, 0.4, 0.8]);
    expect(model.metrics.get('wait_seconds')?.buckets.at(-1)).toBe(10);
    expect(model.metrics.get('calls_total')?.buckets).toEqual([]);
  });

  it('knows who reads a metric, and starts the rows of counters that are read', () => {
    const readers = (name: string) => model.metrics.get(name)?.readers;
    const initialised = (name: string) => model.metrics.get(name)?.initialised;
    expect(readers('calls_total')).toEqual(['dashboard overview', 'slo calls-ok']);
    expect(readers('call_seconds')).toEqual(['alert Sparse', 'dashboard overview', 'slo calls-fast']);
    expect(readers('queue_depth')).toEqual(['alert Full', 'alert Long', 'dashboard overview']);
    expect(readers('wait_seconds')).toEqual(['sli p95']);
    expect(readers('idle_total')).toEqual([]);
    expect(['calls_total', 'forced_total'].map(initialised)).toEqual([true, true]);
    expect(['idle_total', 'sparse_total', 'queue_depth', 'call_seconds'].map(initialised)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('adds what a convention asks for, and not what is there already', () => {
    const span = model.spans.get('tool.call');
    expect([...(span?.constants ?? [])]).toEqual([['gen_ai.operation.name', 'execute_tool']]);
    expect(span?.attributes.map((each) => each.exportedName)).toEqual([
      'gen_ai.tool.name',
      'arguments',
      'gen_ai.tool.call.id',
    ]);
    expect(span?.attributes[0]?.label).toBe(model.labels.get('tool'));
    expect(span?.record.count).toBe(model.metrics.get('calls_total'));
    expect(span?.outcome?.label).toBe(model.labels.get('tool_outcome'));
  });

  it('keeps the digits of an objective, and the arms of its windows', () => {
    expect(model.slos.get('calls-ok')).toMatchObject({ objective: '99.50', windows: 'workbook' });
    expect(model.slos.get('calls-ok')?.period).toEqual({ text: '28d', seconds: 2_419_200 });
    expect(model.slos.get('calls-ok')?.alerting).toMatchObject({
      page: true,
      ticket: true,
      minEvents: undefined,
    });
    expect(model.slos.get('calls-fast')?.windows).toEqual([
      {
        severity: 'page',
        long: { text: '1h', seconds: 3600 },
        short: { text: '5m', seconds: 300 },
        factor: 2,
      },
    ]);
  });

  it('tells the sources of panels apart', () => {
    const panels = model.dashboards.get('overview')?.rows[0]?.panels ?? [];
    expect(panels.map((panel) => [panel.title, panel.type, panel.source.kind])).toEqual([
      ['calls_total', 'timeseries', 'metric'],
      ['Time', 'timeseries', 'metric'],
      ['calls-ok', 'timeseries', 'slo'],
      ['Long', 'stat', 'alert'],
      ['Logs', 'logs', 'foreign'],
    ]);
    expect(panels[0]?.source).toMatchObject({ show: ['rate'], by: [] });
    expect(panels[1]?.source).toMatchObject({ show: ['p95'] });
  });

  it('knows the place of everything', () => {
    const source = (range: Range | undefined) => range?.source.text.slice(range.start, range.end);
    const metric = model.metrics.get('queue_depth');
    expect(at(metric?.origin.key)).toBe('17:3');
    expect(source(metric?.origin.key)).toBe('queue_depth');
    expect(at(metric?.origin.of('labels', 0))).toBe('17:62');
    expect(source(metric?.origin.of('labels', 0))).toBe('queue');
    expect(metric?.origin.of('buckets')).toBe(metric?.origin.key);
    expect(metric?.origin.text('help')?.value).toBe('Tasks waiting.');
    const { condition } = model.alerts.get('Long') ?? {};
    if (condition?.form !== 'expr') throw new Error('Long is an expression');
    expect(source(condition.query.text.slice(16, 27))).toBe('queue_depth');
  });

  it('freezes what it makes', () => {
    expect(Object.isFrozen(model)).toBe(true);
    for (const map of [model.labels, model.metrics, model.spans, model.slis, model.slos, model.alerts]) {
      for (const entry of map.values()) expect(Object.isFrozen(entry)).toBe(true);
    }
  });
});

describe('entries with broken references', () => {
  it('are left out, or kept without them, and nothing is said twice', () => {
    const { model, diagnostics } = analysed(`${head}
labels:
  tool: { description: Tool., cap: 5 }
metrics:
  calls_total: { type: counter, help: Calls., labels: [tol] }
  call_seconds: { type: histogram, help: Time., labels: [tool] }
spans:
  call:
    kind: client
    attributes: { tool: { label: tools } }
    record: { count: calls_total, duration: call_second }
slis:
  fast: { latency: { histogram: call_secnds, threshold: 1s } }
slos:
  fast: { sli: fast, objective: 99, period: 30d }
alerts:
  Busy: { forecast: { metric: calls, horizon: 1h, above: 5 }, severity: info, summary: Busy. }
dashboards:
  overview:
    title: Overview
    variables: [tool]
    rows: [{ title: All, panels: [{ slo: fast }, { thresholdsFrom: Busy }, { metric: calls_total, by: [tool] }] }]
`);
    expect(diagnostics.map(shown)).toEqual([
      'OBS3001 7:56 tol',
      'OBS3001 12:34 tools',
      'OBS3002 13:45 call_second',
      'OBS3002 15:33 call_secnds',
      'OBS3002 19:31 calls',
    ]);
    expect(model.metrics.get('calls_total')).toMatchObject({ labels: [], repaired: new Set(['labels']) });
    expect(model.slis.size + model.slos.size + model.alerts.size).toBe(0);
    expect(model.dashboards.get('overview')?.rows[0]?.panels).toHaveLength(1);
  });
});
