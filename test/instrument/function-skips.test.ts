import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../src/instrument/candidate.js';
import { edited, forms, type EditOptions } from './function-harness.js';

/** The functions that are meant: those with this name. */
const named = (name: string): EditOptions => ({ only: (candidate) => candidate.name === name });
const anyFunction: EditOptions = { only: ({ kind }) => kind !== 'call' };
const first: EditOptions = { only: ({ kind, node }) => kind !== 'call' && node.parent.pos === 0 };
const calls: EditOptions = { only: ({ kind, name }) => kind === 'call' && name !== 'first' };

const skipped: readonly (readonly [code: string, source: string, options: EditOptions])[] = [
  [
    'OBS5100',
    "async function run() { return tracer.startActiveSpan('run', async (span) => 1); }",
    named('run'),
  ],
  ['OBS5100', 'const run = () => spans.agentRun({}, () => 1);', named('run')],
  ['OBS5100', 'const run = () => { const span = spans.agentRun.start({}); span.end(); };', named('run')],
  ['OBS5100', 'export const run = traceable(async () => 1);', anyFunction],
  ['OBS5100', "const run = () => Sentry.startSpan({ name: 'a' }, work);", anyFunction],
  [
    'OBS5100',
    'spans.chat({}, () => client.chat.completions.create({}));',
    { only: ({ name }) => name === 'client.chat.completions.create' },
  ],
  ['OBS5100', "const run = tracer.wrap('a', () => 1);", anyFunction],
  ['OBS5101', "async function save() { 'use server'; await store(); }", named('save')],
  ['OBS5101', "const save = async () => { 'use cache'; return 1; };", named('save')],
  ['OBS5115', 'const traceId = () => trace.getActiveSpan()?.spanContext().traceId;', anyFunction],
  [
    'OBS5115',
    "import { context } from '@opentelemetry/api'; function save() { later(context.active()); }",
    named('save'),
  ],
  ['OBS5102', "use({ run() { 'use strict'; return 1; } });", anyFunction],
  ['OBS5103', "let name: string; (() => { name = 'a'; })();", anyFunction],
  ['OBS5103', '(function () { return 1; }).call(this);', anyFunction],
  ['OBS5104', 'values.filter((value) => value !== undefined);', anyFunction],
  ['OBS5104', 'values.filter((value) => isText(value));', anyFunction],
  ['OBS5104', "values.map((value) => typeof value === 'string' && value.length > 0);", anyFunction],
  ['OBS5104', 'values.map((value) => !(value instanceof Error));', anyFunction],
  ['OBS5104', 'values.map((value) => (value == null ? false : true));', anyFunction],
  ['OBS5105', "on((text) => { text ??= ''; return () => text.length; });", first],
  ['OBS5105', 'on(([count]) => { [count] = [count + 1]; later(() => count); });', first],
  ['OBS5105', 'on(({ count }) => { for (count of counts) {} later(() => count); });', first],
  ['OBS5106', 'use({ next() { return () => tools.next(); } });', named('next')],
  ['OBS5107', "use({ stop() { throw new Error('no'); } });", named('stop')],
  ['OBS5108', "select(() => 'a');", anyFunction],
  ['OBS5108', "select({ kinds: [(flag) => { if (flag) return 'a'; return 'a'; }] });", anyFunction],
  ['OBS5114', 'use((a) => (a ? () => 1 : (b) => b));', { only: ({ node }) => node.pos === 4 }],
  ['OBS5109', 'use({ *values() { yield 1; } });', anyFunction],
  ['OBS5109', 'use(function* (value) { yield value; });', anyFunction],
  ['OBS5109', 'namespace Inner { export function* values() { yield 1; } }', anyFunction],
  ['OBS5110', 'client?.create(1);', calls],
  ['OBS5110', 'client?.messages.create(1);', calls],
  ['OBS5110', 'client.create?.(1);', calls],
  ['OBS5111', 'class A extends B { run() { super.run(); } constructor() { super(); } }', calls],
  ['OBS5111', "const a = require('a');", calls],
  ['OBS5111', "await import('a');", calls],
  ['OBS5111', 'handlers[kind](1);', calls],
  ['OBS5111', '(0, run)(1);', calls],
  ['OBS5111', '@component() class A {}', calls],
  ['OBS5111', 'client /* the client */ .create(1);', calls],
  ['OBS5112', 'class A { #run() {} go() { this.#run(); } }', calls],
  ['OBS5112', 'class A { private run() {} go() { this.run(); } }', calls],
  ['OBS5112', 'class A extends B { go() { this.run(); } }', calls],
  ['OBS5113', 'assert(value);', calls],
  ['OBS5113', 'assert.ok(value);', calls],
  ['OBS5113', 'process.exit(1);', calls],
];

test.each(skipped)('%s: %s', (code, source, options) => {
  const result = edited(source, options);
  expect(new Set(forms(result))).toEqual(new Set([code]));
  expect(result.text).toBe(source);
});

test('a skip has its place, a fact, and no capital', () => {
  const source = "import a from 'a';\n\nuse({ *values() { yield 1; } });\n";
  const [result] = edited(source).results;
  if (result === undefined || !('skip' in result)) throw new Error('not skipped');
  const { start, end, message, help } = result.skip;
  expect(source.slice(start, end)).toBe('*values() { yield 1; }');
  expect(message).toMatch(/^[a-z]/);
  expect(help).toMatch(/^[a-z]/);
});

describe('what looks like a reason and is none', () => {
  const kept: readonly (readonly [source: string, options: EditOptions])[] = [
    ['function run() { return () => tracer.startSpan(1); }', named('run')],
    ['const spans = 1; function run() { return spanning(); }', named('run')],
    ['values.filter((value): value is string => value !== undefined);', anyFunction],
    ['values.map((value) => value.length);', anyFunction],
    ['values.map(async (value) => value !== undefined);', anyFunction],
    ['values.map((value) => load(value));', anyFunction],
    ["on((text) => { text ??= ''; return text.length; });", anyFunction],
    ['on((text) => { later(() => text.length); });', first],
    ["use({ stop(): never { throw new Error('no'); } });", anyFunction],
    ['use({ next(): unknown { return tools.next(); } });', named('next')],
    ["select(async () => 'a');", anyFunction],
    ["select((flag) => (flag ? 'a' : 'b'));", anyFunction],
    ["const a = () => 'a';", anyFunction],
    ['(async () => { await run(); })();', anyFunction],
    ['class A { run() {} go() { this.run(); } }', calls],
    ['const value = assertion(1);', calls],
    ["function f() { 'use strict'; return 1; }", anyFunction],
    ["'use strict';\nuse({ run() { return this; } });", anyFunction],
  ];
  test.each(kept)('%s', (source, options) => {
    const found: readonly string[] = forms(edited(source, options));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((form) => form.startsWith('OBS'))).toEqual([]);
  });
});

test('JavaScript has no types that could be lost', () => {
  const source =
    "on((text) => { text ??= ''; return () => text; });\nvalues.filter((value) => value !== undefined);\n";
  const only = (candidate: Candidate): boolean => candidate.kind !== 'call';
  expect(forms(edited(source, { only, path: 'a.js' }))).toEqual([
    'wrapped body',
    'wrapped function',
    'wrapped body',
  ]);
});
