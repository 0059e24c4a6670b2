import { describe, expect, it } from 'vitest';
import { candidatesOf } from '../../src/instrument/find/candidates.js';
import { parseFile } from '../../src/instrument/find/parse-file.js';
import { activeSpanRead } from '../../src/instrument/shapes/active-span.js';
import { existingSpan } from '../../src/instrument/shapes/existing-span.js';

/** What is found for the function called `run`. */
function spanIn(text: string): string | undefined {
  const file = parseFile('a.ts', text);
  const candidate = candidatesOf(file, false).find(({ name }) => name === 'run');
  if (candidate === undefined) throw new Error('there is no `run`');
  return existingSpan(candidate, file.source);
}

describe('a span that is there', () => {
  it.each([
    [
      "import { spans } from './generated/spans.js'; const run = () => spans.agentRun({}, work);",
      'spans.agentRun',
    ],
    [
      "const { spans } = require('./generated'); const run = () => spans.agentRun.start({});",
      'spans.agentRun.start',
    ],
    [
      "import * as Sentry from '@sentry/node'; function run() { Sentry.startSpan({}, work); }",
      'Sentry.startSpan',
    ],
    ["const t = trace.getTracer('x'); function run() { if (a) t.startSpan('b'); }", 't.startSpan'],
    ["function run(t: Tracer) { return t.startSpan('b'); }", 't.startSpan'],
    ["class A { run() { this.tracer.startSpan('b'); } }", 'tracer.startSpan'],
    ["class A { run() { this.telemetry.startActiveSpan('b', f); } }", 'telemetry.startActiveSpan'],
    ["import { withSpan } from './own'; withSpan(function run() {});", 'withSpan'],
    ["const run = () => tracer.trace('a', work);", 'tracer.trace'],
    ['class A { @otel.Span() run() {} }', '@otel.Span'],
    [
      "import { agents } from './generated/agents.js'; const run = () => agents.run({ agent: 'a' }, work);",
      'agents.run',
    ],
    [
      "import { agents } from '@/telemetry'; class A { async run() { this.open = agents.startRun({ agent: 'a' }); } }",
      'agents.startRun',
    ],
    [
      "import * as generated from '#generated/index.js'; function run() { return generated.agents.run(of, async (each) => each.step()); }",
      'generated.agents.run',
    ],
    [
      "import { correlation } from './generated/index.js'; const run = (job) => correlation.runJob(job, () => work(job));",
      'correlation.runJob',
    ],
    [
      "import { agents } from '../generated'; export const search = agents.wrapTool('search', async function run() {});",
      'agents.wrapTool',
    ],
    [
      "import { agents } from '../generated'; export const tools = agents.wrapTools({ run: async () => 1 });",
      'agents.wrapTools',
    ],
    [
      "import { agents } from '../generated'; export const tools = agents.wrapTools([{ name: 'a', run() {} }]);",
      'agents.wrapTools',
    ],
    ['const run = () => () => 1, other = () => spans.x();', undefined],
  ])('is found: %s', (text, name) => {
    expect(spanIn(text)).toBe(name === undefined ? undefined : `\`${name}\``);
  });

  it.each([
    'const spans = [1]; function run() { return spans.map((span) => span + 1); }',
    'function run(spans: number[]) { return spans.join(); }',
    'function run() { for (const { spans } of pages) spans.start(); }',
    'const run = () => { try { f(); } catch (spans) { spans.push(1); } };',
    'class A { run() { return this.spans.map(f); } }',
    'class A { run() { this.ruler.startSpan(1); } }',
    'const ruler = makeRuler(); function run() { ruler.startSpan(1); }',
    'function run(node: Node) { node.withSpan(1); }',
    'function run(a = spans.x()) { return a; }',
    'function run() { return () => spans.x({}, work); }',
    'function run() { return class { a = spans.x({}, work); }; }',
    'type A = Trace; function run(): A { return later.trace(1); }',
    "import * as agents from '@openai/agents'; function run() { return agents.run(agent, input); }",
    "import { agents } from './registry.js'; function run() { return agents.run('name', { now: true }); }",
    "import { agents } from './registry.js'; function run() { return agents.run('name'); }",
    "import { agents } from '../generated'; function run() { return agents.workflow('a', work); }",
    "import { agents } from '../generated'; function run() { agents.retried('m', error); }",
    "import { agents } from '../generated'; function run() { return () => agents.run(of, work); }",
    "import { agents } from '../generated'; const tools = { run: agents.wrapTool('a', tool), other: () => 1 }; function run() {}",
    'function run(agents: Agents) { return agents.run(of, work); }',
    "const agents = new Map(); function run() { return agents.startRun('a'); }",
    "import { correlation } from '../generated'; function run() { return correlation.injectJob({}); }",
  ])('is not found: %s', (text) => {
    expect(spanIn(text)).toBeUndefined();
  });
});

it.each([
  ['function run() { return () => getActiveSpan(); }', undefined],
  ['function run(context: Store) { return context.active(); }', undefined],
  ['class A { run() { return otel.trace.getActiveSpan(); } }', 'trace.getActiveSpan'],
  ['const run = (span = getActiveSpan()) => span;', 'getActiveSpan'],
  ['function run() { return class { own = context.active(); }; }', undefined],
])('asks for the active span itself, or does not: %s', (text, name) => {
  const file = parseFile('a.ts', text);
  const candidate = candidatesOf(file, false).find((each) => each.name === 'run');
  if (candidate === undefined || candidate.kind === 'call') throw new Error('there is no `run`');
  expect(activeSpanRead(candidate, file.source)).toBe(name);
});
