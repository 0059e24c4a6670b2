import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { LiveCheckResult } from '../../../src/inspect/live-check/live-check.js';
import { Session, type SessionPlan } from '../../../src/inspect/live-check/sources/session.js';
import { freePort } from '../../support/running-program.js';
import {
  codesOf,
  goodPage,
  liveCheck,
  onlyFinding,
  pointedAt,
  spanRequest,
  type Options,
} from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'obs-gen-live-'));
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function serve(listener: RequestListener, port = 0): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
}

const page =
  (text: () => string, type = 'text/plain; version=0.0.4'): RequestListener =>
  (_, response) => {
    response.setHeader('content-type', type);
    response.end(text());
  };

const usual: SessionPlan = {
  targets: [],
  listenHttp: undefined,
  listenGrpc: undefined,
  command: [],
  duration: undefined,
  samples: 1,
  interval: 10,
  wait: 0,
  scrape: { patience: 2000, maxBytes: 1 << 20 },
};

interface Ran {
  readonly result: LiveCheckResult;
  readonly addresses: readonly string[];
}

async function run(
  plan: Partial<SessionPlan>,
  { stop = new AbortController(), ...options }: Options & { readonly stop?: AbortController } = {},
): Promise<Ran> {
  const check = liveCheck(options);
  const addresses: string[] = [];
  const session = new Session(
    check,
    { ...usual, ...plan },
    {
      listening: (all) => addresses.push(...all),
      step: () => undefined,
    },
  );
  await session.run(stop.signal);
  return { result: check.finish(), addresses };
}

/** A service that records with prom-client, by hand. @param fault what it does wrong */
async function promClient(fault: boolean): Promise<string> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const runs = new Counter({
    name: 'runs_total',
    help: 'Agent runs, by how they ended.',
    labelNames: ['outcome', 'region'],
    registers,
  });
  runs.inc(fault ? { outcome: 'completed', region: 'eu' } : { outcome: 'completed' });
  new Histogram({
    name: 'run_duration_seconds',
    help: 'Time a run took.',
    buckets: [0.1, 1, 10],
    registers,
  }).observe(0.3);
  const calls = { name: 'tool_calls_total', help: 'Tool calls.', labelNames: ['tool'], registers };
  if (fault) new Gauge(calls).inc({ tool: 'search' });
  else new Counter(calls).inc({ tool: 'search' });
  const depth = new Gauge({ name: 'queue_depth', help: 'Tasks waiting.', labelNames: ['queue'], registers });
  for (const queue of ['in', 'out', 'dead', ...(fault ? ['extra'] : [])]) depth.set({ queue }, 1);
  new Gauge({ name: 'busy_ratio', help: 'Busy workers.', registers }).set(0.5);
  return serve((_, response) => {
    void registry
      .metrics()
      .then((text) => response.setHeader('content-type', registry.contentType).end(text));
  });
}

describe('a service with prom-client', () => {
  it('is as its spec has it', async () => {
    const { result } = await run({ targets: [await promClient(false)] }, { minCoverage: 1 });
    // Three queues are as many as the cap allows.
    expect(codesOf(result)).toEqual(['OBS6025']);
    expect(result.coverage).toMatchObject([{ unseen: [] }]);
  });

  it('has one undeclared label, one wrong type and one value above the cap', async () => {
    const target = await promClient(true);
    const { result } = await run({ targets: [target] });
    expect([...codesOf(result)].sort()).toEqual(['OBS6012', 'OBS6021', 'OBS6024']);
    expect(pointedAt(onlyFinding(result, 'OBS6012'))).toBe('gauge');
    expect(pointedAt(onlyFinding(result, 'OBS6021'))).toBe('region');
    expect(pointedAt(onlyFinding(result, 'OBS6024'))).toBe('"extra"');
    expect(onlyFinding(result, 'OBS6021').range?.source.path).toBe(target);
  });

  it('counts up between samples', async () => {
    let value = 5;
    const down = await serve(page(() => goodPage.replace('"completed"} 5', `"completed"} ${(value -= 1)}`)));
    expect(codesOf((await run({ targets: [down], samples: 3 })).result)).toEqual(['OBS6032']);
    const up = await serve(page(() => goodPage.replace('"completed"} 5', `"completed"} ${(value += 1)}`)));
    expect(codesOf((await run({ targets: [up], samples: 3 })).result)).toEqual([]);
  });
});

describe('a page', () => {
  it('is asked for in OpenMetrics', async () => {
    let asked = '';
    const target = await serve((request, response) => {
      asked = request.headers.accept ?? '';
      response.setHeader('content-type', 'application/openmetrics-text; version=1.0.0; charset=utf-8');
      response.end(`${goodPage.replaceAll(/# (TYPE|HELP) (\w+)_total/g, '# $1 $2')}# EOF\n`);
    });
    expect((await run({ targets: [target] })).result.diagnostics).toEqual([]);
    expect(asked).toMatch(/^application\/openmetrics-text;version=1\.0\.0,.*text\/plain/);
  });

  it('may be packed', async () => {
    const target = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' });
      response.end(gzipSync(goodPage));
    });
    expect((await run({ targets: [target] })).result.diagnostics).toEqual([]);
  });

  it('that is empty fails, also beside one that is not', async () => {
    const [full, empty] = [await serve(page(() => goodPage)), await serve(page(() => ''))];
    const { result } = await run({ targets: [full, empty] });
    expect(onlyFinding(result, 'OBS6001').message).toBe(`${empty} has no sample`);
  });

  it('that is cut off in OpenMetrics is told', async () => {
    const target = await serve(
      page(
        () => goodPage.replaceAll(/# (TYPE|HELP) (\w+)_total/g, '# $1 $2'),
        'application/openmetrics-text; version=1.0.0',
      ),
    );
    expect(onlyFinding((await run({ targets: [target] })).result, 'OBS6003').message).toContain('# EOF');
  });

  it('is shown a token, or the user of the address', async () => {
    const seen: (string | undefined)[] = [];
    const target = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.setHeader('content-type', 'text/plain').end(goodPage);
    });
    await run({ targets: [target], scrape: { ...usual.scrape, token: 'secret' } });
    const { result } = await run({ targets: [target.replace('//', '//me:p%40ss@')] }, { minCoverage: 1 });
    expect(seen).toEqual(['Bearer secret', `Basic ${Buffer.from('me:p@ss').toString('base64')}`]);
    expect(JSON.stringify(result.diagnostics.map(({ message }) => message))).not.toContain('p%40ss');
  });

  it.each([
    ['401', 401, 'text/plain', '', /answers 401: it wants to know who asks/],
    ['404', 404, 'text/plain', '', /answers 404: there is no such page/],
    ['500', 500, 'text/plain', 'out of order', /answers 500: out of order/],
    ['HTML', 200, 'text/html', '<!doctype html><p>hello', /answers with HTML, not with metrics/],
    ['HTML that says it is text', 200, 'text/plain', '<html><body>', /answers with HTML/],
    ['protobuf', 200, 'application/vnd.google.protobuf; proto=x', 'x', /protobuf format/],
    ['too much', 200, 'text/plain', 'x'.repeat((1 << 20) + 1), /answers with more than 1 MiB/],
  ])('cannot be had: %s', async (_, status, type, text, words) => {
    const target = await serve((__, response) =>
      response.writeHead(status, { 'content-type': type }).end(text),
    );
    await expect(run({ targets: [target] })).rejects.toThrow(words);
  });

  it('cannot be had where nobody listens', async () => {
    await expect(run({ targets: [`http://127.0.0.1:${await freePort()}/metrics`] })).rejects.toThrow(
      'nobody listens there',
    );
  });

  it('cannot be had where nobody answers', async () => {
    const target = await serve(() => undefined);
    await expect(run({ targets: [target], scrape: { ...usual.scrape, patience: 100 } })).rejects.toThrow(
      'has not answered within 0.1 s',
    );
  });

  it('is waited for', async () => {
    const port = await freePort();
    const running = run({ targets: [`http://127.0.0.1:${port}/metrics`], wait: 10_000 });
    setTimeout(
      () =>
        void serve(
          page(() => goodPage),
          port,
        ),
      700,
    );
    expect((await running).result.diagnostics).toEqual([]);
  });
});

describe('a file', () => {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('may have a page', async () => {
    expect((await run({ targets: [file('page.txt', goodPage)] })).result.diagnostics).toEqual([]);
  });

  it('may have requests of OTLP, one in each line', async () => {
    const good = JSON.stringify(spanRequest('agent.step', {}, 1));
    const bad = JSON.stringify(spanRequest('agent.stop', {}, 1));
    const target = file('otlp.jsonl', `${good}\n\n${bad}\n`);
    const finding = onlyFinding((await run({ targets: [target] })).result, 'OBS6041');
    const { range } = finding;
    expect(range?.source.path).toBe(target);
    expect(range?.source.position(range.start).line).toBe(3);
    expect(pointedAt(finding)).toBe('agent.stop');
  });

  it('may have one that is written over many lines', async () => {
    const target = file('otlp.json', JSON.stringify(spanRequest('agent.step', {}, 1), undefined, 2));
    expect((await run({ targets: [target] })).result.counts.spans).toBe(1);
  });

  it('may be broken', async () => {
    const target = file(
      'broken.jsonl',
      `${JSON.stringify(spanRequest('agent.step', {}, 1))}\n{"resourceSpans":\n`,
    );
    expect(onlyFinding((await run({ targets: [target] })).result, 'OBS6003').message).toMatch(
      /^line 2 is no JSON/,
    );
  });

  it('may be missing, a directory, or HTML', async () => {
    await expect(run({ targets: [join(folder, 'none')] })).rejects.toThrow('there is no file');
    await expect(run({ targets: [folder] })).rejects.toThrow('is a directory');
    await expect(run({ targets: [file('page.html', '<html>')] })).rejects.toThrow('is HTML');
  });

  it('may not have more lines than can be held', async () => {
    const target = file('long.txt', 'a 1\n'.repeat(1_000_001));
    const scrape = { ...usual.scrape, maxBytes: 1 << 24 };
    await expect(run({ targets: [target], scrape })).rejects.toThrow('has more than 1 million lines');
  });
});

/** A program that sends one span to where its environment says. */
const sender = (name: string, after = ''): readonly string[] => [
  process.execPath,
  '--input-type=module',
  '-e',
  `const body = ${JSON.stringify(JSON.stringify(spanRequest(name, {}, 1)))};
   const url = process.env.OTEL_EXPORTER_OTLP_ENDPOINT + '/v1/traces';
   await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
   ${after}`,
];

describe('a listener', () => {
  const listenHttp = { host: '127.0.0.1', port: 0 };

  it('is open while a command runs', async () => {
    const { result, addresses } = await run({ listenHttp, command: sender('agent.step') });
    expect(addresses).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)]);
    expect(result.counts.spans).toBe(1);
    expect(codesOf(result)).toEqual([]);
  });

  it('fails with the command', async () => {
    const { result } = await run({ listenHttp, command: sender('agent.step', 'process.exit(3)') });
    expect(onlyFinding(result, 'OBS6006').message).toContain('exit code 3');
  });

  it('fails where nothing came', async () => {
    const { result } = await run({ listenHttp, command: [process.execPath, '-e', '0'] });
    expect(onlyFinding(result, 'OBS6001').message).toMatch(/^the listener on 127\.0\.0\.1:\d+ has no sample/);
  });

  it('is closed when its time is up, and ends the command', async () => {
    const started = performance.now();
    const { result } = await run({
      listenHttp,
      duration: 5000,
      command: sender('agent.step', 'setInterval(() => 0, 1000)'),
    });
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(codesOf(result)).toEqual([]);
  });

  it('is closed by whoever opened it', async () => {
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 100);
    expect(codesOf((await run({ listenHttp }, { stop })).result)).toEqual(['OBS6001']);
  });

  it('is there beside a page, which is asked for while the command runs', async () => {
    const port = await freePort();
    const program = `
      import { createServer } from 'node:http';
      const server = createServer((_, response) => response.setHeader('content-type', 'text/plain').end(${JSON.stringify(goodPage)}));
      server.listen(${port}, '127.0.0.1');
      setTimeout(() => { server.close(); server.closeAllConnections(); }, 2000);`;
    const { result } = await run({
      targets: [`http://127.0.0.1:${port}/metrics`],
      listenHttp,
      interval: 200,
      command: [...sender('agent.step').slice(0, 3), `${sender('agent.step')[3] ?? ''}\n${program}`],
    });
    expect(codesOf(result)).toEqual([]);
    expect(result.counts.spans).toBe(1);
    expect(result.counts.samples).toBeGreaterThanOrEqual(11);
  });

  it('says that there is no such program', async () => {
    await expect(run({ listenHttp, command: ['/nowhere/at-all'] })).rejects.toThrow(
      'there is no such program',
    );
  });
});
