import { expect, it } from 'vitest';
import { ruleFile } from '../../src/emit/prometheus/rule-file.js';
import { aggregate, binary, call, number, selector } from '../../src/promql/build.js';
import type { RuleGroup } from '../../src/promql/rule.js';
import type { Check, Scenario } from '../../src/prove/scenario.js';
import { flat, line } from '../../src/prove/series.js';
import { testDocument, testFiles } from '../../src/prove/test-file.js';
import { modelOf } from '../support/model.js';
import { describeWithPromtool, promtool } from '../support/promtool.js';

const none = new Map<string, string>();
const of = (queue: string): ReadonlyMap<string, string> => new Map([['queue', queue]]);

const groups: readonly RuleGroup[] = [
  {
    name: 'a: records',
    interval: 60,
    rules: [
      {
        kind: 'record',
        record: 'queue:size',
        expr: aggregate('max', selector('queue_depth'), { mode: 'by', labels: ['queue'] }),
        labels: none,
      },
    ],
  },
  {
    name: 'b: alerts',
    interval: 60,
    rules: [
      {
        kind: 'alert',
        alert: 'QueueLong',
        expr: binary('>', selector('queue:size'), number(5)),
        for: 120,
        keepFiringFor: undefined,
        labels: new Map([['severity', 'page']]),
        annotations: new Map([['summary', '{{ $labels.queue }}: {{ $value }}\nis "long".\n']]),
      },
    ],
  },
];

const scenario: Scenario = {
  name: 'two queues: one is "long" # yes',
  because: 'at 1m the queue is long; 2m later\nit fires.',
  interval: 60,
  evaluationInterval: 60,
  series: [
    { metric: 'queue_depth', labels: of('a\n"x"'), segments: [flat(0, 1), line(10, 0.1, 9)] },
    { metric: 'queue_depth', labels: of('b'), segments: [flat(1e-7, 5), { kind: 'stale' }] },
  ],
  checks: [],
};

const right: readonly Check[] = [
  { kind: 'silent', alert: 'QueueLong', at: 120 },
  { kind: 'firing', alert: 'QueueLong', at: 180, groups: [of('a\n"x"')] },
  { kind: 'firing', alert: 'QueueLong', at: 180, groups: [none] },
  { kind: 'silent', alert: 'QueueLong', at: 180, labels: of('b') },
  {
    kind: 'identity',
    alert: 'QueueLong',
    at: 180,
    alerts: [
      {
        labels: new Map([...of('a\n"x"'), ['severity', 'page']]),
        annotations: new Map([['summary', 'a\n"x": 10.2\nis "long".\n']]),
      },
    ],
  },
  { kind: 'identity', alert: 'QueueLong', at: 60, alerts: [] },
  {
    kind: 'query',
    expr: selector('queue:size'),
    at: 240,
    results: [
      { labels: new Map([['__name__', 'queue:size'], ...of('a\n"x"')]), value: 10 + 0.1 + 0.1 + 0.1 },
      { labels: new Map([['__name__', 'queue:size'], ...of('b')]), value: 1e-7 },
    ],
  },
  { kind: 'query', expr: call('vector', number(1e21)), at: 0, results: [{ labels: none, value: 1e21 }] },
];

const wrong: readonly Check[] = [
  { kind: 'silent', alert: 'QueueLong', at: 180 },
  { kind: 'firing', alert: 'QueueLong', at: 120, groups: [of('a\n"x"')] },
  { kind: 'firing', alert: 'QueueLong', at: 180, groups: [of('b')] },
  { kind: 'firing', alert: 'QueueLong', at: 180, groups: [of('a\n"x"'), of('b')] },
  { kind: 'identity', alert: 'QueueLong', at: 180, alerts: [{ labels: of('a\n"x"'), annotations: none }] },
  { kind: 'query', expr: selector('queue:size'), at: 240, results: [] },
];

function run(checks: readonly Check[]): { status: number | null; output: string } {
  const document = testDocument(
    ['rules.yaml'],
    groups.map(({ name }) => name),
    60,
    [{ ...scenario, checks }],
    'Head.',
  );
  return promtool(['test', 'rules', 'test.yaml'], { 'rules.yaml': ruleFile(groups), 'test.yaml': document });
}

describeWithPromtool('a test file of promtool', () => {
  it('says what its scenarios say, one check of each kind', () => {
    const { status, output } = run(right);
    expect(output).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  it.each(wrong)('fails where a check does not hold: %j', (check) => {
    const { status, output } = run([check]);
    expect(output).toContain('FAILED');
    expect(output).not.toContain('parse');
    expect(status).toBe(1);
  });

  it('shows how times were predicted above the scenario', () => {
    const text = testDocument(['rules.yaml'], [], 60, [scenario], 'Head.');
    expect(text).toContain(
      "tests:\n  # at 1m the queue is long; 2m later\n  # it fires.\n  - name: 'two queues",
    );
    expect(text.startsWith('# Head.\nrule_files:\n  - rules.yaml\n')).toBe(true);
  });
});

it('has a file for each pace, next to the rules', () => {
  const model = modelOf('version: 1\nservice: { name: shop }\n');
  const suite = {
    id: 'slo-x',
    subject: 'slos.x',
    ruleFile: 'prometheus/rules/shop-slo-x.yaml',
    groups,
    scenarios: [scenario, { ...scenario, evaluationInterval: 300 }],
    untested: [{ rule: 'slo:x', reason: 'nobody knows' }],
    needs: [3, 0] as const,
  };
  const files = testFiles(model, suite);
  expect(files.map(({ path }) => path)).toEqual([
    'prometheus/tests/shop-slo-x-1m.test.yaml',
    'prometheus/tests/shop-slo-x-5m.test.yaml',
  ]);
  expect(files[0]?.content).toContain('- "../rules/shop-slo-x.yaml"');
  expect(files[0]?.content).toContain('# Needs promtool 3.0 or newer.\n# Not tested: slo:x: nobody knows\n');
  expect(testFiles(model, { ...suite, scenarios: [scenario] }).map(({ path }) => path)).toEqual([
    'prometheus/tests/shop-slo-x.test.yaml',
  ]);
});
