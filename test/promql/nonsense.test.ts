import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { diagnosticsOf } from '../support/model.js';
import { describeWithPromtool, promtool } from '../support/promtool.js';

/**
 * Queries that Prometheus evaluates without a word and that cannot be meant, one fault each: what stands between the marks is where it
 * is. All other diagnostics would be noise.
 */
const alerts: readonly (readonly [code: string, query: string])[] = [
  ['OBS3116', 'sum(rate(requests_total{outcome=~«"^fail.*$"»}[5m])) > 1'],
  ['OBS3116', 'sum(rate(requests_total{«outcome=~"failed"»}[5m])) > 2'],
  ['OBS3117', 'sum(rate(requests_total{«outcome=~"ok|failed"»}[5m])) > 3'],
  ['OBS3118', 'sum(rate(request_seconds_bucket{le=«"0.4"»}[5m])) > 4'],
  ['OBS3119', 'sum(rate(request_seconds_bucket{«le="1"»}[5m])) > 5'],
  ['OBS3120', 'sum(rate(calls_total{tool=~«"a|b|c|d"»}[5m])) > 6'],
  ['OBS3121', 'sum(rate(requests_total{job=«"shopp"»}[5m])) > 7'],
  ['OBS3122', '«rate»(queue_depth[5m]) > 8'],
  ['OBS3122', 'rate(«sum(rate(requests_total[5m]))[30m:1m]») > 9'],
  ['OBS3123', '«deriv»(requests_total[5m]) > 10'],
  ['OBS3124', 'sum(rate(requests_total[«10s»])) > 11'],
  ['OBS3125', 'sum(rate(requests_total[«40s»])) > 12'],
  ['OBS3126', '«sum»(requests_total) / 13 > max(hit_ratio)'],
  ['OBS3127', 'requests_total > «500»'],
  ['OBS3127', 'sum(requests_total) > «501»'],
  ['OBS3128', 'increase(«sum(requests_total)[1h:1m]») > 14'],
  ['OBS3129', 'max_over_time(queue_depth[1h:«5s»]) > 15'],
  ['OBS3130', 'sum(«irate»(requests_total[5m])) > 16'],
  ['OBS3131', 'increase(requests_total[1h]) «==» 3'],
  ['OBS3132', '«avg_over_time»(requests_total[1h]) > 17'],
  ['OBS3133', 'histogram_quantile(«95», sum by (le) (rate(request_seconds_bucket[5m]))) > 1'],
  ['OBS3134', 'histogram_quantile(0.95, sum by («outcome») (rate(request_seconds_bucket[5m]))) > 1'],
  ['OBS3134', 'histogram_quantile(0.95, «sum»(rate(request_seconds_bucket[5m]))) > 1'],
  ['OBS3135', 'histogram_quantile(0.95, «sum by (le) (request_seconds_bucket)») > 1'],
  ['OBS3136', '«avg»(histogram_quantile(0.95, rate(request_seconds_bucket[5m]))) > 1'],
  ['OBS3137', 'histogram_quantile(0.95, «rate(request_seconds_sum[5m])») > 1'],
  ['OBS3137', 'histogram_count(«request_seconds_bucket») > 18'],
  ['OBS3138', 'histogram_quantile(0.95, sum by (le) (rate(request_seconds_bucket[5m]))) > «500»'],
  ['OBS3139', 'histogram_quantile(0.95, sum by (le) (rate(wide_seconds_bucket[5m]))) > «30»'],
  ['OBS3140', 'sum by («queue») (max by (tool) (queue_size)) > 19'],
  ['OBS3140', 'max by (tool) (queue_size) / on («queue») min by (tool) (queue_size) > 20'],
  ['OBS3141', 'max by (queue) (queue_size) «/» max(queue_size) > 0.21'],
  ['OBS3142', 'queue_size «/» on (queue) max by (queue) (queue_depth) > 22'],
  ['OBS3143', 'queue_depth * on (queue) group_left («tool») max by (queue) (queue_size) > 23'],
  ['OBS3145', 'avg(rate(requests_total{outcome="failed"}[5m]) / «rate(requests_total[5m])») > 0.24'],
  ['OBS3146', 'sum(rate(calls_total[5m])) / «sum(rate(requests_total[5m]))» > 0.25'],
  ['OBS3147', '«sum(rate(calls_total{outcome="ok"}[5m]))» / (sum(rate(calls_total[5m])) > 0) < 0.26'],
  ['OBS3148', '(max by (queue) (queue_depth) or «vector(0)») > 27'],
  ['OBS3149', 'absent(max by («queue») (queue_depth))'],
  ['OBS3150', 'max by (queue) (queue_depth) > 28 «and» max(hit_ratio) < 0.5'],
  ['OBS3150', 'max by (queue) (queue_depth) > 29 «unless» max(hit_ratio) < 0.5'],
  ['OBS3151', 'vector(0.5) > «1.44»'],
  ['OBS3151', 'hit_ratio > «90»'],
  ['OBS3151', 'count(queue_depth) == «0»'],
  ['OBS3151', 'sum(rate(requests_total{outcome="failed"}[5m])) / (sum(rate(requests_total[5m])) > 0) > «5»'],
  ['OBS3152', 'hit_ratio >= «0»'],
  ['OBS3153', 'drift_ratio > «90»'],
  ['OBS3153', 'sum(rate(request_seconds_sum[5m])) / sum(rate(request_seconds_count[5m])) > «250»'],
  ['OBS3154', 'memory_bytes «+» hit_ratio > 30'],
  ['OBS3154', 'memory_bytes «>» hit_ratio'],
  ['OBS3158', '«topk»(3, queue_depth) > 31'],
  ['OBS3310', '«queue_depth»'],
  ['OBS3310', '«queue_depth > bool 32»'],
];

/** What is wrong with a panel only because of its unit. */
const panels: readonly (readonly [code: string, query: string, unit: string])[] = [
  ['OBS3157', 'max(memory_bytes)', 's'],
  ['OBS3157', 'max(hit_ratio)', 'percent'],
  ['OBS3157', 'histogram_quantile(0.95, sum by (le) (rate(request_seconds_bucket[$__rate_interval])))', 'ms'],
  ['OBS3154', 'max(memory_bytes) «-» max(hit_ratio{tenant=~"$tenant"})', 'short'],
];

const head = `version: 1
service: { name: shop, selector: { job: shop } }
target: { prometheus: { scrapeInterval: 15s, evaluationInterval: 30s } }
labels:
  queue: { description: Queue., registered: true, cap: 5 }
  tool: { description: Tool., cap: 3 }
  outcome: { description: How it ended., values: [ok, failed] }
  tenant: { description: Tenant., cap: 3 }
metrics:
  requests_total: { type: counter, help: Requests., labels: [outcome], init: true }
  calls_total: { type: counter, help: Calls., labels: [tool, outcome] }
  queue_depth: { type: gauge, help: Depth., labels: [queue] }
  queue_size: { type: gauge, help: Size., labels: [queue, tool] }
  hit_ratio: { type: gauge, help: Share of hits., labels: [tenant], range: [0, 1] }
  drift_ratio: { type: gauge, help: Relative error. }
  memory_bytes: { type: gauge, help: Memory., labels: [tenant] }
  request_seconds: { type: histogram, help: Time of a request., labels: [outcome], buckets: [0.1, 0.5, 1, 5] }
  wide_seconds: { type: histogram, help: Time of a job., buckets: [1, 10, 100] }
`;

const plain = (query: string): string => query.replace(/[«»]/g, '');

const alertLine = ([, query]: (typeof alerts)[number], index: number): string =>
  `  A${index}: { severity: ticket, for: 5m, summary: x, expr: '${plain(query)}' }`;
const panelLine = ([, query, unit]: (typeof panels)[number], index: number): string =>
  `          - { title: P${index}, unit: ${unit}, query: '${plain(query)}' }`;

const spec = `${head}alerts:
${alerts.map(alertLine).join('\n')}
dashboards:
  all:
    title: All
    variables: [tenant]
    rows:
      - title: All
        panels:
${panels.map(panelLine).join('\n')}
`;
const lines = spec.split('\n');

interface Place {
  readonly line: number;
  readonly text: string;
  readonly column: number;
}

function placeOf({ range }: Diagnostic): Place {
  if (range === undefined) throw new Error('a diagnostic without a place');
  const before = range.source.text.slice(0, range.start);
  const line = before.split('\n').length;
  return {
    line,
    column: range.start - before.lastIndexOf('\n'),
    text: range.source.text.slice(range.start, range.end),
  };
}

/** The marked part of a query, in the line that it was put into. */
function expected(query: string, start: string): Place {
  const line = lines.findIndex((each) => each.includes(start));
  const marked = /«(.*)»/.exec(query)?.[1] ?? '';
  const column = (lines[line] ?? '').indexOf(`'${plain(query)}'`) + 1 + query.indexOf('«') + 1;
  return { line: line + 1, column, text: marked };
}

const found = diagnosticsOf(spec).map((each) => ({
  code: each.code,
  message: each.message,
  ...placeOf(each),
}));

describe('a spec full of nonsense', () => {
  it.each(alerts.map(([code, query], index) => ({ code, query, start: `  A${index}: ` })))(
    '$code: $query',
    ({ code, query, start }) => {
      const place = expected(query, start);
      const here = found.filter(({ line }) => line === place.line);
      expect(here.map((each) => `${each.code}: ${each.message}`)).toEqual([
        expect.stringMatching(new RegExp(`^${code}: `)),
      ]);
      // Of a whole query the quotes are shown too.
      const isWhole = plain(query) === place.text;
      const column = isWhole ? place.column - 1 : place.column;
      const text = isWhole ? `'${place.text}'` : place.text;
      expect(here[0]).toMatchObject({ column, text });
    },
  );

  it.each(panels.map(([code, query, unit], index) => ({ code, query, unit, start: `{ title: P${index},` })))(
    '$code: $query in $unit',
    ({ code, query, unit, start }) => {
      const line = lines.findIndex((each) => each.includes(start)) + 1;
      const here = found.filter((each) => each.line === line);
      expect(here.map((each) => each.code)).toEqual([code]);
      const text = code === 'OBS3157' ? unit : (/«(.*)»/.exec(query)?.[1] ?? '');
      expect(here[0]?.text).toBe(text);
    },
  );

  it('has no finding anywhere else', () => {
    expect(found).toHaveLength(alerts.length + panels.length);
  });
});

describeWithPromtool('promtool', () => {
  it('sees nothing wrong in any of it', () => {
    const rules = alerts.map(([, query], index) => ({ alert: `A${index}`, expr: plain(query) }));
    const { status, output } = promtool(['check', 'rules', '--lint=all', '--lint-fatal', 'rules.json'], {
      'rules.json': JSON.stringify({ groups: [{ name: 'nonsense', rules }] }),
    });
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringContaining(`SUCCESS: ${alerts.length} rules found`) as string,
    });
  });
});
