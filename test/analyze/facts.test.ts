import { describe, expect, it } from 'vitest';
import { analysed, doesIn, functionOf } from './support.js';

describe('what a function does', () => {
  it.each([
    ['a global', 'async function f() { await fetch(u); }', { network: 1 }],
    [
      'a named import',
      "import { readFile as r } from 'node:fs/promises'; async function f() { await r(p); }",
      { file: 1 },
    ],
    [
      'a default import',
      "import axios from 'axios'; async function f() { await axios.get(u); await axios(u); }",
      { network: 2 },
    ],
    [
      'a client of a class',
      "import OpenAI from 'openai'; const c = new OpenAI(); async function f() { await c.responses.create({}); }",
      { model: 1 },
    ],
    [
      'an annotated parameter',
      "import type { Pool } from 'pg'; async function f(db: Pool) { await db.query('x'); }",
      { database: 1 },
    ],
    [
      'a chain as one call',
      "import { drizzle } from 'drizzle-orm/node-postgres'; const q = drizzle(); async function f() { await q.select().from(t).where(w); }",
      { database: 1 },
    ],
    [
      'promisify',
      "import { execFile } from 'child_process'; import { promisify } from 'util'; const run = promisify(execFile); async function f() { await run('x'); }",
      { process: 1 },
    ],
    [
      'require',
      "const { Queue } = require('bullmq'); const q = new Queue('x'); async function f() { await q.add('y', {}); }",
      { queue: 1 },
    ],
    [
      'the shape where no import tells',
      'async function f(o) { await o.client.chat.completions.create({}); }',
      { model: 1 },
    ],
    [
      'the AI SDK',
      "import { generateText, tool } from 'ai'; async function f() { tool({}); await generateText({}); }",
      { model: 1 },
    ],
    ['callbacks without a name', 'function f() { return [1].map(async (n) => fetch(n)); }', { network: 1 }],
    [
      'a worker',
      "import { Worker } from 'worker_threads'; function f() { new Worker('x'); }",
      { process: 1 },
    ],
    ['nothing', 'function f(list) { list.push(1); const get = new Map().get(2); return get; }', {}],
    ['a parameter that hides an import', "import fs from 'fs'; function f(fs) { fs.readFileSync('x'); }", {}],
    [
      'a function of its own file, whatever it is called',
      'function executeTool() {} function f() { executeTool(); }',
      {},
    ],
    [
      'housekeeping',
      "import pg from 'pg'; const c = new pg.Client(); async function f() { await c.end(); }",
      {},
    ],
  ])('knows %s', (_what, text, does) => {
    expect(doesIn(text)).toEqual(does);
  });

  it('knows clients that another file makes, through an index', () => {
    const analysis = analysed({
      'db.ts': "import { Pool } from 'pg'; export const db = new Pool();",
      'index.ts': "export * from './db.js';",
      'users.ts':
        "import { db as store } from './index.js'; export async function users() { return store.query('x'); }",
    });
    expect(functionOf(analysis, 'users').does).toEqual({ database: 1 });
  });

  it('knows tools, and errors that vanish', () => {
    const analysis = analysed({
      'a.ts': `export const weather = tool({ parameters: {}, execute: async () => 1 });
        async function hides() { try { await x(); } catch {} }
        async function returns() { try { await x(); } catch (error) { return undefined; } }
        async function tells() { try { await x(); } catch (error) { log(error); } }
        async function throwsOn() { try { await x(); } catch { throw new Error('y'); } }
        function reads(text) { try { return JSON.parse(text); } catch { return text; } }
        function drops() { x().catch(() => undefined); }`,
    });
    expect(functionOf(analysis, 'execute')).toMatchObject({ tool: 'weather', does: { tool: 1 } });
    const vanishing = analysis.functions.filter(({ missing }) =>
      missing.some(({ gap }) => gap === 'logging'),
    );
    expect(vanishing.map(({ name }) => name).sort()).toEqual(['drops', 'hides', 'returns']);
  });

  it('counts loops that wait in each turn, not streams and lists', () => {
    const analysis = analysed({
      'a.ts': `async function waits() { while (a) { await b(); } }
        async function lists() { for (const each of await b()) c(each); }
        async function streams() { for await (const each of b) c(each); }`,
    });
    const waiting = analysis.functions.filter(({ reasons }) =>
      reasons.some(({ what }) => what.startsWith('waits')),
    );
    expect(waiting.map(({ name }) => name)).toEqual(['waits']);
  });

  it('follows calls to what they lead to, and counts them', () => {
    const analysis = analysed({
      'a.ts': 'export async function ask() { await client.messages.create({}); }',
      'b.ts': "import { ask } from './a.js'; export async function twice() { await ask(); await ask(); }",
    });
    expect(functionOf(analysis, 'ask').reasons.map(({ what }) => what)).toContain('called in 2 places');
    expect(functionOf(analysis, 'twice').reasons.map(({ what }) => what)).toContain(
      'asks a model through ask()',
    );
    expect(functionOf(analysis, 'ask').score).toBeGreaterThan(functionOf(analysis, 'twice').score);
  });

  it('does not let size alone make a target', () => {
    const body = Array.from({ length: 400 }, (_, at) => `if (x === ${at}) y();\n`).join('');
    expect(functionOf(analysed({ 'a.ts': `export function big(x) {\n${body}}` }), 'big').score).toBeLessThan(
      10,
    );
  });
});

describe('the telemetry that there is', () => {
  it.each([
    ['a span of OpenTelemetry', "return tracer.startActiveSpan('x', async () => fetch(u));", 'tracing'],
    ['a span helper', 'return spans.agentStep({}, async () => fetch(u));', 'tracing'],
    ['a metric helper', 'metrics.calls.inc(); return fetch(u);', 'metrics'],
    ['a log line', 'logger.info("x"); return fetch(u);', 'logging'],
    ['a client of prom-client', 'calls.inc(); return fetch(u);', 'metrics'],
    ['a report of an error', 'errors.capture(e); return fetch(u);', 'errors'],
  ] as const)('%s', (_what, body, signal) => {
    const text = `import { spans, metrics, errors } from './generated/index.js';
      import { Counter } from 'prom-client'; const calls = new Counter({});
      export async function f(u, e) { ${body} }`;
    const { has, missing } = functionOf(analysed({ 'a.ts': text }), 'f');
    expect(
      Object.entries(has)
        .filter(([, by]) => by.length > 0)
        .map(([name]) => name),
    ).toEqual([signal]);
    expect(missing.some(({ gap }) => gap === 'tracing')).toBe(signal !== 'tracing');
    expect(missing.some(({ gap }) => gap === 'metrics')).toBe(signal !== 'metrics');
  });

  it('knows metrics that a span of the spec records', () => {
    const text =
      "import { spans } from './generated/index.js'; export const f = () => spans.agentRun({}, () => fetch(u));";
    expect(functionOf(analysed({ 'a.ts': text }), 'f').missing).toEqual([]);
  });

  it('knows what the codemod put around functions and methods', () => {
    const analysis = analysed({
      'a.ts': `import { spans, traceFunction, traceMethod } from './generated/instrument.js';
        export async function load() { await fetch(u); }
        (load as unknown) = traceFunction(spans.load, 'load', load);
        const ask = traceFunction(spans.ask, 'ask', async () => fetch(u));
        class Agent {
          static { traceMethod(spans.run, this.prototype, 'run'); }
          async run() { await fetch(u); }
          async other() { await fetch(u); }
        }`,
    });
    const observed = analysis.functions.filter((each) => each.observed === 'itself').map(({ name }) => name);
    expect(observed.sort()).toEqual(['ask', 'load', 'run']);
  });

  it('counts steps of what is observed, and tools that the tree runs in a span', () => {
    const analysis = analysed({
      'a.ts': `import { spans } from './generated/index.js';
        export async function all(tool) { return spans.tool({}, () => { step(); return tool.execute(1); }); }
        async function step() { await fetch(u); }
        export const clock = { name: 'clock', execute: async () => Date.now() };`,
    });
    expect(functionOf(analysis, 'step').observed).toBe('callers');
    expect(functionOf(analysis, 'execute').observed).toBe('callers');
  });

  it('says what goes on unwatched', () => {
    const analysis = analysed({
      'a.ts': `import { Worker } from 'bullmq';
        export function start() { new Worker('jobs', async () => 1); }
        export function poll() { setInterval(() => fetch(u), 5); }`,
    });
    expect(analysis.totals.missing.monitoring).toBe(2);
  });
});

describe('coverage', () => {
  it('is the share of functions that count, by number and by score', () => {
    const analysis = analysed(
      {
        'a.ts': `import { spans } from './generated/index.js';
          async function one() { return spans.x({}, () => client.messages.create({})); }
          async function two() { await fetch(u); }
          async function three() { await fetch(u); }
          function none() { return 1; }`,
      },
      10,
    );
    expect(analysis.coverage).toMatchObject({ scored: 3, observed: 1, share: 33.3 });
    expect(analysis.coverage.weighted).toBeGreaterThan(40);
    expect(analysis.totals.functions).toBe(4);
  });
});
