import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { planted } from './secrets.js';
import { SentryServer } from './sentry-server.js';
import { lacksPeers, Service } from '../support/service.js';
import { pace } from '../support/pace.js';

const spec = `
version: 1
service: { name: reporter, owner: team }
spans: { run: { kind: internal } }
errors: { sentry: { dsnEnv: REPORTER_DSN, sampleRate: 1.0, tracesSampleRate: 1.0 } }
`;

/** What every program below begins with: the component as the telemetry of the service would start it, and a real SDK with spans in memory. */
const start = `
import http from 'node:http';
import { context, diag, trace, DiagLogLevel } from '@opentelemetry/api';
import { NodeSDK, tracing as sdk } from '@opentelemetry/sdk-node';
import { errors, errorsComponent, spans } from './generated/index.js';
diag.setLogger({ error: console.error, warn: console.error, info: console.error, debug() {}, verbose() {} }, DiagLogLevel.INFO);
const settings = { service: { name: 'reporter' }, environment: 'testing', settings: {} };
const parts = (await errorsComponent.tracing(settings)) ?? {};
const memory = new sdk.InMemorySpanExporter();
const node = new NodeSDK({
  spanProcessors: [new sdk.SimpleSpanProcessor(memory), ...(parts.spanProcessors ?? [])],
  ...(parts.contextManager === undefined ? {} : { contextManager: parts.contextManager }),
  metricReaders: [], logRecordProcessors: [], autoDetectResources: false,
});
node.start();
parts.started?.();
await errorsComponent.start(settings);
const report = (values) => console.log('REPORT ' + JSON.stringify(values));
`;

const programs: Readonly<Record<string, string>> = {
  'linked.mjs': `${start}
await spans.run({}, async (span) => {
  const { traceId, spanId } = span.otel.spanContext();
  await new Promise((done) => setTimeout(done, 5));
  errors.capture(new RangeError('too far'), { agent: 'planner', tool: 'search' });
  report({ traceId, spanId });
});
await errorsComponent.close();
report({ stats: errorsComponent.stats() });
`,
  'spans.mjs': `${start}
const server = http.createServer((request, response) => response.end(JSON.stringify(request.headers)));
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const address = 'http://127.0.0.1:' + server.address().port;
let sent;
await spans.run({}, async () => {
  sent = await (await fetch(address)).json();
  await spans.run({}, async () => {
    await new Promise((done) => http.get(address, (response) => response.resume().on('end', done)));
  });
});
server.close();
server.closeAllConnections();
await Promise.all((parts.spanProcessors ?? []).map((each) => each.forceFlush()));
report({ sent, names: memory.getFinishedSpans().map(({ name }) => name), ids: memory.getFinishedSpans().map((each) => each.spanContext().spanId) });
await errorsComponent.close();
`,
  'secrets.mjs': `${start}
const planted = JSON.parse(process.env.PLANTED);
const Sentry = await import('@sentry/node');
await spans.run({}, () => errors.withUser({ id: 'user-7', email: planted.userEmail, username: planted.userName, ip_address: planted.userIp }, () => {
  errors.breadcrumb('cloned with ' + planted.crumb, { data: { password: planted.crumbData } });
  const failure = new Error('refused: ' + planted.message + ' card ' + planted.cardText, { cause: new Error('because ' + planted.cause) });
  failure.name = 'Error ' + planted.name;
  errors.capture(failure, {
    tags: { detail: planted.tag },
    extra: { client_secret: planted.extraKey, deep: { list: [{ api_key: planted.extraDeep }] }, note: planted.extraText + ' ' + planted.bearer },
    request: {
      method: 'POST',
      url: 'https://user:' + planted.urlPassword + '@example.com/path?token=' + planted.urlQuery + '&who=' + planted.urlQueryPlain,
      headers: { authorization: planted.authorization, cookie: planted.cookie, 'x-api-key': planted.apiKeyHeader, accept: 'text/html' },
    },
  });
}));
Sentry.withScope((scope) => {
  scope.setUser({ id: 'own', email: planted.ownUser });
  scope.setExtra('password', planted.ownExtra);
  scope.setContext('vendor', { client_secret: planted.ownContext });
  Sentry.captureMessage('by the own api ' + planted.ownMessage);
});
await errorsComponent.close();
await Promise.all((parts.spanProcessors ?? []).map((each) => each.shutdown()));
`,
  'down.mjs': `${start}
let done = 0;
for (let turn = 0; turn < 100; turn += 1) {
  done += await spans.run({}, async () => {
    errors.capture(new Error('refused ' + turn), { tool: 'tool ' + turn });
    return 1;
  });
}
const began = performance.now();
await errorsComponent.close();
const { register } = await import('prom-client');
report({ done, closed: performance.now() - began, stats: errorsComponent.stats(), page: await register.metrics() });
`,
  'repeated.mjs': `${start}
for (let turn = 0; turn < 50; turn += 1) errors.capture(new TypeError('the same again'), { tool: 'search' });
const once = new Error('one object');
for (let turn = 0; turn < 5; turn += 1) errors.capture(once);
await errorsComponent.close();
const { register } = await import('prom-client');
report({ page: await register.metrics(), stats: errorsComponent.stats() });
`,
  'uncaught.mjs': `${start}
process.on('exit', (code) => report({ code }));
setTimeout(() => { throw new SyntaxError('nobody catches this ' + process.env.PLANTED_SECRET); }, 10);
setTimeout(() => report({ after: true }), 200);
`,
  'plain-uncaught.mjs': `
process.on('exit', (code) => console.log('REPORT ' + JSON.stringify({ code })));
setTimeout(() => { throw new SyntaxError('nobody catches this ' + process.env.PLANTED_SECRET); }, 10);
setTimeout(() => console.log('REPORT {"after":true}'), 200);
`,
  'rejected.mjs': `${start}
setTimeout(() => { void Promise.reject(new SyntaxError('nobody handles this')); }, 10);
setTimeout(() => report({ after: true }), 200);
`,
  'handled-by-program.mjs': `${start}
process.on('uncaughtException', () => report({ program: true }));
setTimeout(() => { throw new Error('the program goes on'); }, 10);
setTimeout(async () => { report({ after: true }); await errorsComponent.close(); process.exit(0); }, 100);
`,
};

/** The first line of the log. */
function logged(stdout: string): unknown {
  return JSON.parse(stdout.split('\n').find((line) => line.startsWith('{')) ?? 'null');
}

function reports(stdout: string): Record<string, unknown> {
  const lines = stdout.split('\n').filter((line) => line.startsWith('REPORT '));
  return Object.assign({}, ...lines.map((line) => JSON.parse(line.slice(7)) as object)) as Record<
    string,
    unknown
  >;
}

describe.each(['sentry-10', 'sentry-11'])('errors with %s', (set) => {
  describe.skipIf(lacksPeers(set))('installed', () => {
    let service: Service;
    let server: SentryServer;
    beforeAll(() => {
      service = new Service(spec, [set]);
      for (const [name, text] of Object.entries(programs)) service.write(name, text);
    });
    afterAll(() => {
      service.remove();
    });
    beforeEach(async () => {
      server = new SentryServer();
      await server.listen();
    });
    afterEach(() => server.close());

    test('a report is linked to the active span of OpenTelemetry, with its tags and its group', async () => {
      const { stdout, stderr, code } = await service.run('linked.mjs', { REPORTER_DSN: server.dsn });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { traceId, spanId, stats } = reports(stdout);
      const [event, ...others] = server.events;
      expect(others).toEqual([]);
      expect(event?.contexts?.trace).toMatchObject({ trace_id: traceId, span_id: spanId });
      expect(event?.tags).toEqual({ agent: 'planner', tool: 'search', trace_id: traceId });
      expect(event?.fingerprint).toEqual(['RangeError', 'search']);
      expect(event?.environment).toBe('testing');
      const [thrown] = event?.exception?.values ?? [];
      expect(thrown).toMatchObject({ type: 'RangeError', value: 'too far', mechanism: { handled: true } });
      expect(thrown?.stacktrace?.frames.length).toBeGreaterThan(0);
      expect(JSON.stringify(thrown)).not.toContain('context_line');
      expect(stats).toEqual({ sentry: 'on', sent: 1 });
      expect(logged(stdout)).toMatchObject({
        event: 'error.captured',
        level: 'error',
        error_type: 'RangeError',
        trace_id: traceId,
      });
    });

    test('there is one span for each operation, in every back end, and no header for Sentry goes out', async () => {
      const { stdout, stderr, code } = await service.run('spans.mjs', { REPORTER_DSN: server.dsn });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { sent, names, ids } = reports(stdout) as { sent: object; names: string[]; ids: string[] };
      expect(names).toEqual(['run', 'run']);
      expect(Object.keys(sent)).not.toContain('sentry-trace');
      expect(Object.keys(sent)).not.toContain('baggage');
      expect(server.items.map(({ type }) => type).filter((type) => type !== 'event')).toEqual([]);
      const traces = server.bodies.filter(({ path }) => path.includes('/integration/otlp/v1/traces'));
      const bytes = Buffer.concat(traces.map((body) => body.bytes)).toString('hex');
      expect(ids).toHaveLength(2);
      for (const id of ids) expect(bytes.split(id).length, id).toBeGreaterThan(1);
      expect(traces.map(({ headers }) => headers).join('')).toContain('sentry_key=0123456789abcdef');
    });

    test('no planted secret is in any byte, whichever API reports', async () => {
      const { stdout, stderr, code } = await service.run('secrets.mjs', {
        REPORTER_DSN: server.dsn,
        PLANTED: JSON.stringify(planted),
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(server.events).toHaveLength(2);
      const [event] = server.events;
      expect(event?.exception?.values).toHaveLength(2);
      expect(event?.breadcrumbs).toHaveLength(1);
      expect(event?.user).toEqual({ id: 'user-7' });
      const everything = [
        stdout,
        ...server.bodies.map(({ path, headers, bytes }) => `${path}${headers}${bytes.toString('latin1')}`),
      ].join('\n');
      const leaked = Object.entries(planted).filter(([, secret]) => everything.includes(secret));
      expect(leaked).toEqual([]);
      expect(everything).toContain('text/html');
    });

    test('with the server down the program is not affected, and what is lost is counted', async () => {
      const { dsn } = server;
      await server.close();
      const { stdout, code } = await service.run('down.mjs', { REPORTER_DSN: dsn });
      const { done, closed, stats, page } = reports(stdout) as {
        done: number;
        closed: number;
        stats: object;
        page: string;
      };
      expect({ code, done }).toEqual({ code: 0, done: 100 });
      expect(closed).toBeLessThan(5000 * pace());
      expect(stats).toEqual({ sentry: 'on', sent: 0 });
      const lost = /obsgen_signals_lost_total\{signal="errors",reason="export_failed"\} (\d+)/.exec(page);
      expect(Number(lost?.[1])).toBe(100);
      server = new SentryServer();
      await server.listen();
    });

    test('repeated errors are limited and counted, and one object is reported once', async () => {
      const { stdout } = await service.run('repeated.mjs', { REPORTER_DSN: server.dsn });
      const { page } = reports(stdout) as { page: string };
      expect(server.events).toHaveLength(6);
      expect(page).toContain('obsgen_signals_lost_total{signal="errors",reason="rate_limited"} 45\n');
    });

    test('an error that nobody catches is reported, and ends the process as it does without', async () => {
      const env = { REPORTER_DSN: server.dsn, PLANTED_SECRET: planted['message'] ?? '' };
      const [ours, plain] = await Promise.all([
        service.run('uncaught.mjs', env),
        service.run('plain-uncaught.mjs', env),
      ]);
      expect(ours.code).toBe(plain.code);
      expect(ours.code).toBe(1);
      expect(reports(ours.stdout)).toEqual(reports(plain.stdout));
      const told = (stderr: string): string[] =>
        stderr.split('\n').filter((line) => /^(SyntaxError|Node\.js)/.test(line));
      expect(told(ours.stderr)).toEqual(told(plain.stderr));
      const [event, ...others] = server.events;
      expect(others).toEqual([]);
      expect(event).toMatchObject({ level: 'fatal', environment: 'testing' });
      expect(event?.exception?.values[0]).toMatchObject({
        type: 'SyntaxError',
        mechanism: { handled: false },
      });
      expect(JSON.stringify(server.events)).not.toContain(env.PLANTED_SECRET);
    });

    test('so is a rejection that nobody handles', async () => {
      const { code, stdout } = await service.run('rejected.mjs', { REPORTER_DSN: server.dsn });
      expect(code).toBe(1);
      expect(reports(stdout)).toEqual({});
      expect(server.events.map(({ exception }) => exception?.values[0]?.value)).toEqual([
        'nobody handles this',
      ]);
    });

    test('a program that handles them goes on', async () => {
      const { code, stdout } = await service.run('handled-by-program.mjs', { REPORTER_DSN: server.dsn });
      expect(code).toBe(0);
      expect(reports(stdout)).toEqual({ program: true, after: true });
      expect(server.events).toHaveLength(1);
    });

    test('without a DSN it is off, which is said once', async () => {
      const { stdout, stderr, code } = await service.run('linked.mjs', {});
      expect(code).toBe(0);
      expect(stderr.match(/errors are not sent to Sentry: REPORTER_DSN is not set/g)).toHaveLength(1);
      expect(reports(stdout)['stats']).toEqual({ sentry: 'no dsn', sent: 0 });
      expect(server.bodies).toEqual([]);
    });
  });
});

describe('errors without Sentry', () => {
  let service: Service;
  beforeAll(() => {
    service = new Service(spec, []);
    service.write('linked.mjs', programs['linked.mjs'] ?? '');
  });
  afterAll(() => {
    service.remove();
  });

  test('are logged, and why they go nowhere else is said once', async () => {
    const { stdout, stderr, code } = await service.run('linked.mjs', {
      REPORTER_DSN: 'http://key@127.0.0.1:9/1',
    });
    expect(code).toBe(0);
    expect(stderr.match(/@sentry\/node is not installed/g)).toHaveLength(1);
    expect(logged(stdout)).toMatchObject({
      event: 'error.captured',
      error_message: 'too far',
    });
  });
});
