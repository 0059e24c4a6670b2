import { describe, expect, it } from 'vitest';
import { analyseLoaded } from '../../src/analyse.js';
import { lintDashboard } from '../../src/dashboard-lint/index.js';
import { loadSpecText } from '../../src/spec/load.js';
import { testToday } from '../support/model.js';
import { boardNamed, panelTitled, present, shop, shopModel, type Spoilt } from './boards.js';

/** What other tools write and their own checks let pass. */
const formal: readonly (readonly [string, string, (json: Spoilt) => unknown])[] = [
  ['a misspelt key', 'shape', (json) => Object.assign(json, { refres: '30s' })],
  ['a title that is a number', 'shape', (json) => (json.title = 5)],
  [
    '30 of 24 columns',
    'grid-bounds',
    (json) => (panelTitled(json, 'Calls').gridPos = { x: 18, y: 300, w: 12, h: 9 }),
  ],
  [
    'two panels in one place',
    'grid-overlap',
    (json) =>
      (panelTitled(json, 'Calls').gridPos = panelTitled(json, 'Call time').gridPos ?? {
        x: 0,
        y: 0,
        w: 1,
        h: 1,
      }),
  ],
  [
    'rows with the id 0',
    'panel-ids',
    (json) => {
      for (const panel of json.panels) if (panel.type === 'row') panel.id = 0;
    },
  ],
  [
    'a query without a refId',
    'ref-ids',
    (json) => delete present(panelTitled(json, 'Calls').targets[0]).refId,
  ],
  [
    'a number of nothing',
    'reduce-options',
    (json) => (panelTitled(json, 'Busy').options.reduceOptions.calcs = []),
  ],
  [
    'a query that is refused',
    'target-promql-rule',
    (json) => (present(panelTitled(json, 'Calls').targets[0]).expr = 'sum by (route (rate('),
  ],
];

describe('eight faults of form', () => {
  it.each(formal)('%s is found', (_what, rule, spoil) => {
    const { json, context } = boardNamed(shopModel, 'shop');
    spoil(json);
    expect(lintDashboard(json, context).map((each) => each.rule)).toContain(rule);
  });
});

/** What each fault of meaning changes in the spec, the code that tells, and the text that it points to. */
const semantic: readonly {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly code: string;
  readonly at: string;
}[] = [
  {
    what: 'a metric that was renamed',
    from: "query: 'topk(10, sum by (tenant) (rate(calls_total[",
    to: "query: 'topk(10, sum by (tenant) (rate(call_total[",
    code: 'OBS3110',
    at: 'call_total',
  },
  {
    what: 'a label that the metric lacks',
    from: 'rate(calls_total{outcome="failed"}[$__rate_interval])) / sum',
    to: 'rate(calls_total{status="failed"}[$__rate_interval])) / sum',
    code: 'OBS3112',
    at: 'status',
  },
  {
    what: 'a label that was added up',
    from: 'topk(10, sum by (tenant) (rate(',
    to: 'topk(10, sum by (tenant) (sum by (outcome) (rate(',
    code: 'OBS3140',
    at: 'tenant',
  },
  {
    what: 'a counter without a rate',
    from: 'topk(10, sum by (tenant) (rate(calls_total[$__rate_interval])))',
    to: 'topk(10, sum by (tenant) (calls_total))',
    code: 'OBS3126',
    at: 'sum',
  },
  {
    what: 'a fixed range',
    from: 'topk(10, sum by (tenant) (rate(calls_total[$__rate_interval])))',
    to: 'topk(10, sum by (tenant) (rate(calls_total[5m])))',
    code: 'OBS3508',
    at: '5m',
  },
  {
    what: 'a unit that contradicts the metric',
    from: 'metric: call_duration_seconds, show: [p50, p95] }',
    to: 'metric: call_duration_seconds, show: [p50, p95], unit: bytes }',
    code: 'OBS3511',
    at: 'bytes',
  },
  {
    what: 'the threshold of another alert',
    from: '{ title: Busy, type: gauge, metric: use_ratio }',
    to: '{ title: Busy, type: gauge, metric: use_ratio, thresholdsFrom: QueueLong }',
    code: 'OBS3513',
    at: 'QueueLong',
  },
  {
    what: 'a variable that is not declared',
    from: `{service_name="shop"} | json | level="error"`,
    to: `{service_name="shop"} | json | level="$level"`,
    code: 'OBS3514',
    at: '$level',
  },
  {
    what: 'a variable that narrows nothing',
    from: 'variables: [queue]',
    to: 'variables: [queue, idle]',
    code: 'OBS3505',
    at: 'idle',
  },
  {
    what: 'any number of lines',
    from: 'topk(10, sum by (tenant) (rate(calls_total[$__rate_interval])))',
    to: 'sum by (tenant) (rate(calls_total[$__rate_interval]))',
    code: 'OBS3519',
    at: `'sum by (tenant) (rate(calls_total[$__rate_interval]))'`,
  },
  {
    what: 'TraceQL with a slip',
    from: 'duration > 10s }',
    to: 'duration > }',
    code: 'OBS3509',
    at: '}',
  },
];

const clean = shop
  .replace('  tenant: {', '  idle: { description: Idle., values: [a] }\n  tenant: {')
  .replace('metrics:\n', 'metrics:\n  idle_total: { type: counter, help: Idle., labels: [idle] }\n');

function diagnosticsOf(yaml: string) {
  return analyseLoaded(
    loadSpecText(new Map([['observability.yaml', yaml]]), 'observability.yaml'),
    testToday,
    () => true,
  ).diagnostics;
}

describe('faults of meaning', () => {
  it('are not in the spec that they are put into', () => {
    expect(diagnosticsOf(clean)).toEqual([]);
  });

  it.each(semantic)('$what is found, at its place', ({ from, to, code, at }) => {
    expect(clean.split(from).length).toBe(2);
    const changed = to.includes('sum by (outcome) (rate(')
      ? clean.replace(`${from}calls_total[$__rate_interval])))`, `${to}calls_total[$__rate_interval]))))`)
      : clean.replace(from, to);
    const found = diagnosticsOf(changed).filter((each) => each.code === code);
    expect(found.map(({ range }) => range?.source.text.slice(range.start, range.end))).toContain(at);
    const line = (offset: number): number => changed.slice(0, offset).split('\n').length;
    const lines = found.map(({ range }) => line(range?.start ?? 0));
    expect(lines).toContain(line(changed.indexOf(to)));
  });
});
