import { describe, expect, it } from 'vitest';
import { analyseLoaded } from '../../src/analyse.js';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import { check } from '../../src/model/checks/index.js';
import { resolve } from '../../src/model/resolve.js';
import { loadSpecText } from '../../src/spec/load.js';
import { analysed, shown, today } from './spec.js';

const head = 'version: 1\nservice: { name: shop }\n';

const findings = (yaml: string): string[] =>
  analysed(head + yaml)
    .diagnostics.map(shown)
    .sort();

describe('a spec with ten mistakes in ten sections', () => {
  const yaml = `
labels:
  tool: { description: Tool., registered: true, cap: 20 }
  outcome: { description: How it ended., values: [ok, failed] }
  page: { description: Page. }
metrics:
  calls_total: { type: counter, help: Calls., labels: [tool, outcome] }
  call_seconds: { type: histogram, help: Time of a call., labels: [tool], buckets: [0.1, 1, 0.5, 5] }
  views: { type: counter, help: Views., labels: [page] }
  queue_depth: { type: gauge, help: Tasks waiting., labels: [toool] }
spans:
  tool.call:
    kind: internal
    attributes: { tool: { label: tool } }
    record: { count: calls_total, duration: call_seconds }
    outcome: { label: outcome, ok: fine, error: failed }
slis:
  fast: { latency: { histogram: call_seconds, threshold: 2s } }
  calls_ok: { events: { total: calls_total, good: 'calls_total{outcom="ok"}' } }
slos:
  fast: { sli: fast, objective: 99, period: 30d }
alerts:
  Failing:
    expr: |
      sum by (tool) (rate(call_total[5m]))
        > 5
    severity: ticket
    summary: Calls fail.
dashboards:
  overview:
    title: Overview
    rows: [{ title: All, panels: [{ metric: queue_depth, show: rate }, { title: Time, type: traces, metric: call_seconds }] }]
`;

  it('yields ten findings, each at its token', () => {
    expect(findings(yaml)).toEqual(
      [
        'OBS3402 7:3 page',
        'OBS3020 10:93 0.5',
        'OBS3010 11:3 views',
        'OBS3001 12:62 toool',
        'OBS3034 18:36 fine',
        'OBS3201 20:58 2s',
        'OBS3111 21:64 outcom',
        'OBS3110 27:27 call_total',
        'OBS3503 34:64 rate',
        'OBS3506 34:93 traces',
      ].sort(),
    );
  });
});

describe('rules are silent about what follows from another finding', () => {
  it('about the budget of a metric with a label without a bound', () => {
    expect(
      findings(`
budgets: { seriesPerMetric: 10 }
labels:
  tool: { description: Tool. }
  kind: { description: Kind., values: [a, b, c, d, e, f] }
metrics:
  calls_total: { type: counter, help: Calls., labels: [tool, kind] }
`),
    ).toEqual(['OBS3402 6:3 tool']);
  });

  it('about a label that is not used because its name was mistyped', () => {
    expect(
      findings(`
labels:
  tool: { description: Tool., cap: 5 }
metrics:
  calls_total: { type: counter, help: Calls., labels: [tol] }
`),
    ).toEqual(['OBS3001 7:56 tol']);
  });

  it('about labels of a span whose outcome is unknown', () => {
    expect(
      findings(`
labels:
  outcome: { description: How it ended., values: [ok, failed] }
metrics:
  calls_total: { type: counter, help: Calls., labels: [outcome] }
spans:
  call: { kind: internal, record: { count: calls_total }, outcome: { label: result, ok: ok, error: failed } }
`),
    ).toEqual(['OBS3001 9:77 result']);
  });

  it('about the instance where single metrics are over their budget', () => {
    expect(
      findings(`
budgets: { seriesPerMetric: 10, seriesPerInstance: 12 }
labels:
  tool: { description: Tool., cap: 50 }
metrics:
  calls_total: { type: counter, help: Calls., labels: [tool] }
`),
    ).toEqual(['OBS3401 8:56 tool']);
  });
});

describe('queries that can work', () => {
  it('are not reported', () => {
    expect(
      findings(`
external:
  kube_pod_info: { type: gauge }
  node_load1: { type: gauge, labels: [job, instance] }
  http_client_seconds: { type: histogram, labels: [peer] }
labels:
  queue: { description: Queue., cap: 5 }
metrics:
  queue_depth: { type: gauge, help: Tasks waiting., labels: [queue] }
  task_seconds: { type: histogram, help: Time of a task., labels: [queue] }
alerts:
  A: { expr: 'queue_depth{pod=~"a.*", namespace="x", job="shop"} > 1', severity: info, summary: A. }
  B: { expr: 'queue_depth * on (pod) group_left (node) kube_pod_info{anything="x"} > 1', severity: info, summary: B. }
  C: { expr: 'sum by (le, queue, cluster) (rate(task_seconds_bucket{le="0.5"}[5m])) > 1', severity: info, summary: C. }
  D: { expr: 'sum by (shard_name) (label_replace(queue_depth, "shard_name", "$1", "queue", "(.).*")) > 1', severity: info, summary: D. }
  E: { expr: 'count_values("depth", queue_depth) > 1', severity: info, summary: E. }
  F: { expr: 'sum by (depth) (count_values("depth", queue_depth)) > 1', severity: info, summary: F. }
  G: { expr: 'absent(queue_depth{topic=""}) == 1', for: 5m, severity: info, summary: G. }
  H: { expr: 'ALERTS{alertname="A"} > 0 and on () obsgen_dropped_total{metric="x"} > 0', severity: info, summary: H. }
  I: { expr: 'rate(http_client_seconds_count{peer="a"}[5m]) > 1 and http_client_seconds{peer="a"} > 0', severity: info, summary: I. }
  J: { expr: '{__name__=~"queue_.*", queue="a"} > 1', severity: info, summary: J. }
  K: { expr: 'max without (instance, pod) (queue_depth) > 1', severity: info, summary: K. }
`),
    ).toEqual([]);
  });
});

describe('suppressions', () => {
  const findings = (yaml: string, ...files: string[]): string[] =>
    analyseLoaded(
      loadSpecText(new Map([['observability.yaml', head + yaml]]), 'observability.yaml'),
      today,
      (path) => files.includes(path),
    )
      .diagnostics.map(shown)
      .sort();

  const spec = (at: string, until = '2027-01-01'): string => `
metrics:
  poll_ms: { type: gauge, help: Time of a poll. }
spans:
  llm.chat:
    kind: client
    attributes: { a: { type: int, as: b }, b: { type: int } }
suppress:
  - { code: OBS3014, at: ${at}, reason: the old dashboard reads it, until: ${until} }
`;

  it('take out the finding at an entry, at its section, and no other', () => {
    const other = 'OBS3036 9:44 b';
    expect(findings(spec('metrics.poll_ms'))).toEqual([other]);
    expect(findings(spec('metrics'))).toEqual([other]);
    expect(findings(spec('spans.llm.chat'))).toEqual(
      ['OBS3014 5:3 poll_ms', other, 'OBS3050 11:26 spans.llm.chat'].sort(),
    );
    expect(findings(spec('metrics.poll_ms.type'))).toContain('OBS3014 5:3 poll_ms');
  });

  it('count no longer from their last day on', () => {
    expect(findings(spec('metrics.poll_ms', '2026-11-21'))).toEqual(['OBS3036 9:44 b']);
    expect(findings(spec('metrics.poll_ms', '2026-11-20'))).toEqual([
      'OBS3014 5:3 poll_ms',
      'OBS3036 9:44 b',
      'OBS3051 11:86 2026-11-20',
    ]);
  });

  it('take out an error where something is left that compiles', () => {
    const yaml = `
labels:
  tool: { description: Tool., registered: true, cap: 50 }
metrics:
  calls_total: { type: counter, help: Calls., labels: [tool] }
budgets: { seriesPerMetric: 10 }
suppress:
  - { code: OBS3401, at: metrics.calls_total.labels, reason: tools are few in truth }
`;
    expect(findings(yaml)).toEqual([]);
  });

  it('take out warnings of the stages before the checks, and of the look at the disk', () => {
    const yaml = (suppress: string): string => `
presets: [http]
labels:
  paid: { description: Whether it was paid., values: [yes, no] }
metrics:
  sales_total: { type: counter, help: Sales., labels: [paid] }
  agent_runs_total: ~
cost: { prices: prices.json }
suppress: ${suppress}
`;
    const all = [
      'OBS1016 6:55 yes',
      'OBS1016 6:60 no',
      'OBS2102 9:3 agent_runs_total',
      'OBS3060 10:17 prices.json',
    ];
    expect(findings(yaml('[]'))).toEqual(all);
    expect(findings(yaml('[]'), 'prices.json')).toEqual(all.slice(0, -1));
    const accepted = `[
  { code: OBS1016, at: labels.paid, reason: wanted },
  { code: OBS2102, at: metrics, reason: wanted },
  { code: OBS3060, at: cost.prices, reason: wanted },
]`;
    expect(findings(yaml(accepted))).toEqual([]);
    expect(findings(yaml(accepted), 'prices.json')).toEqual(['OBS3050 14:24 cost.prices']);
  });

  it('never take out a secret, nor an error that leaves a hole', () => {
    const yaml = `
metrics:
  calls_total: { type: counter, help: Calls., labels: [tool], owner: AKIAIOSFODNN7EXAMPL2 }
suppress:
  - { code: OBS3901, at: metrics.calls_total, reason: wanted }
  - { code: OBS3001, at: metrics.calls_total, reason: wanted }
  - { code: OBS2001, at: metrics.calls_total, reason: wanted }
`;
    const found = findings(yaml).map((each) => each.slice(0, 'OBS0000'.length));
    expect(found.filter((code) => code === 'OBS3052')).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining(['OBS3001', 'OBS3901']));
  });

  it('are not called idle while an error hides what they accept', () => {
    const yaml = (type: string): string => `
metrics:
  poll_ms: { type: ${type}, help: Time of a poll. }
suppress:
  - { code: OBS3014, at: metrics.poll_ms, reason: the old dashboard reads it }
`;
    expect(findings(yaml('gauge'))).toEqual([]);
    expect(findings(yaml('gage'))).toEqual(['OBS2004 5:20 gage']);
  });
});

describe('what the schema stage replaced', () => {
  it('has no second finding, and hides none beside it', () => {
    const yaml = `version: 1
service: { name: shop }
budgets: { seriesPerMetric: 0, seriesPerInstance: x }
labels:
  tool: { description: Tool., registered: true, cap: 5 }
metrics:
  calls: { type: counter, labels: [tool, 5, 'a b'] }
  depth: { type: gauge, help: Depth., range: [1] }
  old_total: { type: counter, help: Old., deprecated: { replacedBy: 5, sunset: soon } }
traffic: { a: { perSecond: 2 } }
spans:
  tool.call:
    kind: internal
    convention: 7
    attributes: { tool: { label: 5 }, x: { as: '!!' }, y: { as: '??' } }
    record: { count: 7 }
    outcome: { ok: a }
    children: [8]
slis:
  fast: { latency: { threshold: 2s } }
  q: { quantile: { histogram: '5x', q: 2, by: [9] } }
  none: { description: nothing }
slos:
  fast: { objective: 99, period: 30d }
  none: { sli: none, objective: 99, period: monthly }
alerts:
  A: { absent: {}, severity: ticket, summary: x }
  B: { forecast: { metric: 5, horizon: x, above: 3 }, severity: ticket, summary: x }
  C: { ratio: { part: 5, whole: 6, above: 3 }, severity: ticket, summary: x }
  D: { severity: ticket, summary: '{{ $labels.tool }}' }
dashboards:
  d:
    title: D
    variables: [5]
    rows:
      - title: R
        panels:
          - { metric: 5 }
          - { metric: depth, show: rates, by: [6] }
          - { type: heatmaps, metric: depth }
          - { type: 5 }
          - { slo: 5 }
          - { thresholdsFrom: 5 }
          - { metric: depth, show: rate }
security: { events: { a: { severity: low, fields: { x: string }, alert: { above: 1, per: 5m, by: 7 } } } }
instrument: { rules: [{ match: { class: A }, span: 5 }] }
`;
    const loaded = loadSpecText(new Map([['observability.yaml', yaml]]), 'observability.yaml');
    if (loaded.value === undefined) throw new Error('it is a spec');
    expect(loaded.diagnostics.length).toBeGreaterThan(25);
    const { value: model, diagnostics } = resolve(loaded.value);
    if (model === undefined) throw new Error('resolve always makes a model');
    expect([...diagnostics, ...check(model, loaded.value, today)].map(shown).sort()).toEqual([
      'OBS3010 7:3 calls',
      'OBS3304 45:66 alert',
      'OBS3503 44:36 rate',
    ]);
  });
});

describe('the catalogue', () => {
  it('explains every code: what, why, and the way out', () => {
    for (const [code, { explanation, title }] of Object.entries(catalogue)) {
      if (!/^OBS3[045]/.test(code)) continue;
      expect(explanation.length, code).toBeGreaterThan(120);
      expect(title, code).toMatch(/^[a-z_]|^GenAI/);
    }
  });
});
