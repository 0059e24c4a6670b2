import { describe, expect, test } from 'vitest';
import { typescriptHelpers } from '../../../src/emit/typescript/emitter.js';
import { modelOf } from '../../support/model.js';
import { compile, formats } from './compile.js';
import { richSpec } from './specs.js';

const files = typescriptHelpers.files(modelOf(richSpec));
const options = formats['ESM in Node'] as (typeof formats)[string];

const head = "import { labels, logs, metrics, spans, telemetry } from './index.js';\n";
const uses = 'void [labels, logs, metrics, spans, telemetry];\n';

/** The snippets as one program, each in a file of its own; what is wrong in each, by its number. */
function errorsOf(snippets: readonly string[]): ReadonlyMap<number, readonly string[]> {
  const programs = snippets.map((snippet, index) => ({
    path: `snippet${index}.ts`,
    content: `${head}${uses}${snippet}\n`,
  }));
  const errors = compile([...files, ...programs], options, { types: ['node'] });
  const found = new Map<number, string[]>(snippets.map((_, index) => [index, []]));
  for (const error of errors) {
    const number = /^snippet(\d+)\.ts\(\d+\): (TS\d+)/.exec(error);
    if (number === null) throw new Error(error);
    found.get(Number(number[1]))?.push(number[2] ?? '');
  }
  return found;
}

const right = [
  "labels.tool.register(['search', 'fetch']);",
  "metrics.researchRunsTotal.inc({ agent: 'planner', outcome: 'completed' });",
  "metrics.researchRunsTotal.inc({ agent: 'planner', outcome: 'completed' }, 2);",
  "const ok = metrics.researchRunsTotal.with({ agent: 'planner', outcome: 'completed' }); ok.inc(); ok.inc(2);",
  'metrics.researchVisitsTotal.inc(); metrics.researchVisitsTotal.inc(3);',
  "metrics.researchRunDurationSeconds.observe({ agent: 'planner' }, 1.5);",
  "const stop = metrics.researchRunDurationSeconds.startTimer(); const n: number = stop({ agent: 'a' }); void n;",
  "const end = metrics.researchRunDurationSeconds.startTimer({ agent: 'a' }); end();",
  "metrics.researchQueueDepth.set({ queue: 'q' }, 4); metrics.researchQueueDepth.dec({ queue: 'q' });",
  "metrics.researchQueueDepth.observe({ queue: 'q' }, () => 4);",
  "metrics.researchQueueDepth.observe(() => [[{ queue: 'q' }, 4]]);",
  'const undo = metrics.researchIndexBuiltTimestampSeconds.observe(() => 4); undo();',
  "if (labels.outcome.has('x')) { const value: 'completed' | 'failed' | 'cancelled' | 'timeout' | 'max_steps' | 'budget_exceeded' | 'policy_denied' | 'given_up' = labels.outcome.values[0] ?? 'failed'; void value; }",
  "const answer: Promise<number> = spans.researchRun({ agent: 'a', 'task.length': 3 }, async (span) => { span.set({ 'task.text': 'x' }); span.outcome('timeout'); return Promise.resolve(3); }); void answer;",
  "const sync: string = spans.researchRun({ agent: undefined }, (span) => { span.set({ agent: 'late' }); return 'x'; }); void sync;",
  "const span = spans.toolCall.start({ tool: 't', arguments: { any: ['thing'] }, sizes: [1] }); span.within(() => 1); span.fail(new Error('no')); span.end();",
  'spans.nothingKnown({}, () => undefined);',
  'spans.pageFetch({}, (span) => { span.outcome("timeout"); });',
  "logs.runAccepted({ agent: 'a', task_length: 1, detail: { any: 'thing' }, from: true }); logs.serviceStopped();",
  'await telemetry.start(); const report = await telemetry.shutdown({ deadlineSeconds: 1 }); void report.complete; void telemetry.stats().labels;',
  "import { Registry, type OpenMetricsContentType } from 'prom-client'; await telemetry.start({ registry: new Registry() }); await telemetry.start({ registry: new Registry<OpenMetricsContentType>() });",
  "import type { Outcome, ResearchRunSpan, ResearchRunAttributes } from './index.js'; const o: Outcome = 'failed'; const f = (s: ResearchRunSpan, a: ResearchRunAttributes): void => { s.set(a); s.outcome(o); }; void f;",
];

const wrong: readonly (readonly [what: string, snippet: string, code: string])[] = [
  ['a wrong label value', "metrics.researchRunsTotal.inc({ agent: 'a', outcome: 'nope' });", 'TS2322'],
  ['a missing label', "metrics.researchRunsTotal.inc({ agent: 'a' });", 'TS2345'],
  [
    'a label that the metric has not',
    "metrics.researchRunsTotal.inc({ agent: 'a', outcome: 'failed', x: 'y' });",
    'TS2353',
  ],
  [
    'the name of a label in the spec instead of the one on the wire',
    "metrics.researchToolCallsTotal.inc({ tool: 't', tool_outcome: 'ok' });",
    'TS2353',
  ],
  [
    'the value of another label of that name',
    "metrics.researchToolCallsTotal.inc({ tool: 't', outcome: 'completed' });",
    'TS2322',
  ],
  ['no labels where there are some', 'metrics.researchRunsTotal.inc();', 'TS2554'],
  ['labels where there are none', "metrics.researchVisitsTotal.inc({ agent: 'a' });", 'TS2345'],
  ['an amount that is a text', "metrics.researchVisitsTotal.inc('1');", 'TS2345'],
  ['a wrong value in a handle', "metrics.researchRunsTotal.with({ agent: 'a', outcome: 'nope' });", 'TS2322'],
  ['a timer that ends without its labels', 'metrics.researchRunDurationSeconds.startTimer()();', 'TS2554'],
  ['set() of a counter', 'metrics.researchVisitsTotal.set(1);', 'TS2339'],
  ['a metric that is not in the spec', 'metrics.researchRunTotal;', 'TS2551'],
  ['register() of a closed label', "labels.outcome.register(['x']);", 'TS2339'],
  ['register() of an open label', "labels.queue.register(['x']);", 'TS2339'],
  [
    'a span without a label that its metrics need',
    "spans.researchRun({ 'task.length': 3 }, () => 1);",
    'TS2345',
  ],
  [
    'an attribute of another type',
    "spans.researchRun({ agent: 'a', 'task.length': 'x' }, () => 1);",
    'TS2322',
  ],
  [
    'an attribute that is not in the spec',
    "spans.researchRun({ agent: 'a', task: 'x' }, () => 1);",
    'TS2353',
  ],
  ['a wrong outcome', "spans.researchRun({ agent: 'a' }, (span) => { span.outcome('nope'); });", 'TS2345'],
  ['an outcome of a span that has none', "spans.llmChat({}, (span) => { span.outcome('ok'); });", 'TS2345'],
  ['a wrong set()', "spans.researchRun({ agent: 'a' }, (span) => { span.set({ agent: 1 }); });", 'TS2322'],
  ['another return type', 'const x: string = spans.nothingKnown({}, () => 1); void x;', 'TS2322'],
  ['attributes of a span that has none', "spans.nothingKnown({ a: 'b' }, () => 1);", 'TS2322'],
  ['a log event without a field', "logs.runAccepted({ agent: 'a', task_length: 1, from: true });", 'TS2345'],
  [
    'a field of another type',
    "logs.runAccepted({ agent: 'a', task_length: '1', detail: 1, from: true });",
    'TS2322',
  ],
  ['fields of an event that has none', 'logs.serviceStopped({});', 'TS2554'],
  ['writing to the helpers', 'metrics.researchVisitsTotal = metrics.researchVisitsTotal;', 'TS2540'],
];

describe('the types of the helpers', () => {
  const found = errorsOf([...right, ...wrong.map(([, snippet]) => snippet)]);

  test.each(right.map((snippet, index) => [snippet, index] as const))('allow %s', (_, index) => {
    expect(found.get(index)).toEqual([]);
  });

  test.each(wrong.map(([what, , code], index) => [what, code, right.length + index] as const))(
    'refuse %s with %s',
    (_, code, index) => {
      expect(found.get(index)).toContain(code);
    },
  );
});
