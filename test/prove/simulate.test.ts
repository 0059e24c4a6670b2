import { expect, it } from 'vitest';
import { alertGroups } from '../../src/alerts/groups.js';
import { readFileSync } from 'node:fs';
import { parsePromql } from '../../src/promql/parse.js';
import type { Rule, RuleGroup } from '../../src/promql/rule.js';
import { simulate } from '../../src/prove/simulate.js';
import { flat, line, type Segment, type TestSeries } from '../../src/prove/series.js';
import { modelOf } from '../support/model.js';
import { describeWithPromtool } from '../support/promtool.js';
import { answer, askPromtool, difference, type Question } from '../promql/evaluate/oracle.js';

function series(metric: string, labels: Record<string, string>, ...segments: Segment[]): TestSeries {
  return { metric, labels: new Map(Object.entries(labels)), segments };
}

function parsed(text: string): Question['expr'] {
  const { expr } = parsePromql(text);
  if (expr === undefined) throw new Error(`not parsed: ${text}`);
  return expr;
}

function record(name: string, expr: string, labels: Record<string, string> = {}): Rule {
  return { kind: 'record', record: name, expr: parsed(expr), labels: new Map(Object.entries(labels)) };
}

function alert(
  name: string,
  expr: string,
  more: { for?: number; keep?: number; labels?: Record<string, string> } = {},
): Rule {
  return {
    kind: 'alert',
    alert: name,
    expr: parsed(expr),
    for: more.for,
    keepFiringFor: more.keep,
    labels: new Map(Object.entries(more.labels ?? {})),
    annotations: new Map([['summary', 'is {{ $value }}']]),
  };
}

/** Reads of what comes earlier and later, in the same group and another; series that vanish and come back. */
const groups: readonly RuleGroup[] = [
  {
    name: 'b',
    interval: 600,
    rules: [
      record('r:late', 'r:early * 2'),
      record('r:early', 'x > 2', { added: 'yes' }),
      record('r:follows', 'r:early + 1'),
      alert('High', 'x > 2', { for: 90 }),
      alert('Held', 'x > 2', { for: 60, keep: 120 }),
      alert('AtOnce', 'r:early > 3', {
        labels: { level: '{{ if gt $value 5.0 }}high{{ else }}low{{ end }}', to: '{{ $labels.a }}' },
      }),
    ],
  },
  {
    name: 'a',
    interval: 30,
    rules: [
      record('r:history', 'sum_over_time(r:early[5m])'),
      record('r:gone', 'absent(y)'),
      record('r:clock', 'time()'),
      alert('FromAlerts', 'count(ALERTS{alertstate="firing"}) > 1', { for: 30 }),
      alert('Started', 'time() - ALERTS_FOR_STATE{alertname="High"} > 120'),
      record('r:sub', 'max_over_time(r:early[4m:])'),
    ],
  },
];

const inputs: readonly TestSeries[] = [
  series('x', { a: 'one' }, flat(1, 4), flat(4, 8), flat(0, 3), flat(9, 2), flat(0, 2), line(3, 1, 20)),
  series(
    'x',
    { a: 'two' },
    flat(3, 1),
    flat(1, 1),
    flat(3, 3),
    { kind: 'gap', samples: 14 },
    flat(3, 5),
    { kind: 'stale' },
    flat(1, 2),
    flat(3, 9),
  ),
  series('y', {}, flat(1, 10), { kind: 'stale' }, { kind: 'gap', samples: 6 }, flat(1, 20)),
];

function compare(
  rules: readonly RuleGroup[],
  run: {
    readonly interval: number;
    readonly evaluationInterval: number;
    readonly series: readonly TestSeries[];
  },
  asked: readonly string[],
  until: number,
  step: number,
): { readonly wrong: readonly string[]; readonly filled: number } {
  const questions: Question[] = [];
  for (let at = 0; at <= until; at += step)
    questions.push(...asked.map((text) => ({ expr: parsed(text), at })));
  const theirs = askPromtool({ ...run, groups: rules }, questions);
  const timeline = simulate(rules, run, until);
  expect(timeline.failure).toBeUndefined();
  const wrong = questions.flatMap((question, index) => {
    const ours = answer(timeline.query(question.expr, question.at));
    return difference(question, ours, theirs[index] ?? 'refused', 0) ?? [];
  });
  return { wrong, filled: theirs.filter((each) => each !== 'refused' && each.size > 0).length };
}

const everything = [
  'ALERTS',
  'ALERTS_FOR_STATE',
  '{__name__=~"r:.*"}',
  'x',
  'timestamp(r:early)',
  'count_over_time(r:early[5m])',
];

describeWithPromtool('rules over time', () => {
  for (const [interval, evaluationInterval] of [
    [30, 30],
    [60, 30],
    [20, 60],
    [60, 420],
  ] as const) {
    it(`does what promtool does: samples every ${interval} s, evaluations every ${evaluationInterval} s`, () => {
      const { wrong, filled } = compare(
        groups,
        { interval, evaluationInterval, series: inputs },
        everything,
        1_200,
        15,
      );
      expect(wrong).toEqual([]);
      expect(filled).toBeGreaterThan(150);
    });
  }

  it('tells the state of every alert of a real spec', () => {
    const model = modelOf(readFileSync('test/cases/ims-core/observability.yaml', 'utf8'));
    const asked = ['ALERTS', 'ALERTS_FOR_STATE'];
    const { wrong, filled } = compare(
      alertGroups(model),
      { interval: 60, evaluationInterval: 60, series: imsSeries },
      asked,
      3_600,
      60,
    );
    expect(wrong).toEqual([]);
    expect(filled).toBeGreaterThan(50);
  });
});

const imsSeries: readonly TestSeries[] = [
  series('ims_health_status', { component: 'database' }, flat(1, 20), flat(0, 10), flat(1, 31)),
  series(
    'ims_model_fallbacks_total',
    { reason: 'timeout' },
    line(0, 10, 20),
    line(600, 400, 20),
    line(8_000, 1, 20),
  ),
  series('ims_policy_violations_total', { policy: 'pii', action: 'deny' }, line(0, 900, 60)),
  series('ims_policy_violations_total', { policy: 'cost', action: 'deny' }, line(0, 3, 60)),
  series('ims_queue_depth', { queue: 'a' }, line(0, 10, 30), line(290, -10, 30)),
  series('ims_queue_depth', { queue: 'b' }, flat(300, 61)),
  series(
    'ims_model_success_ratio',
    { model: 'm', vendor: 'v' },
    flat(0.95, 10),
    flat(0.5, 30),
    flat(0.95, 21),
  ),
  series('ims_cache_hits_total', { cache: 'c' }, line(0, 1, 60)),
  series('ims_cache_misses_total', { cache: 'c' }, line(0, 3, 60)),
  series('ims_rate_limited_total', { vendor: 'v' }, line(0, 100, 60)),
  series('ims_request_duration_seconds_bucket', { le: '1' }, line(0, 1, 60)),
  series('ims_request_duration_seconds_bucket', { le: '10' }, line(0, 2, 60)),
  series('ims_request_duration_seconds_bucket', { le: '+Inf' }, line(0, 3, 60)),
];
