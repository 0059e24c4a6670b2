import fc from 'fast-check';
import http from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAccess, isLoopback } from '../../src/runtime/http/access.js';
import { healthComponent } from '../../src/runtime/http/health.js';
import { frontDesk, peer } from '../correlation/front-desk.js';
import { serve } from '../correlation/servers.js';
import type { Running } from '../correlation/servers.js';
import { lacksPeers } from '../support/service.js';

const desk = await frontDesk('http-endpoints');
const { observability, health, spans } = desk;
const token = 'a-token-that-nobody-guesses';
/** An address of this machine that is not its loopback; undefined where it has none. */
const outside = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

afterAll(() => {
  desk.remove();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

interface Answered {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A request as it is written, which fetch would make safe before. */
function ask(port: number, path: string, options: http.RequestOptions = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path, agent: false, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
    });
    request.on('error', reject).end();
  });
}

const paths = ['/health', '/health/detailed', '/observability/metrics', '/debug/trace', '/stats'];

interface Routed {
  use(handler: unknown): void;
  get(path: string, handler: (...values: never[]) => unknown): void;
}

/** The endpoints in each framework, beside a route of the program's. */
const places: readonly (readonly [string, boolean, (options?: object) => Promise<Running>])[] = [
  ['node:http', false, (options) => serve(observability.handler(options))],
  [
    'express 5',
    true,
    (options) => {
      const app = peer<() => Routed & Parameters<typeof serve>[0]>('express')?.();
      if (app === undefined) throw new Error('express is not installed');
      app.use(observability.express(options));
      return serve(app);
    },
  ],
  [
    'fastify 5',
    true,
    async (options) => {
      interface Fastify {
        register(plugin: unknown): void;
        ready(): Promise<unknown>;
        readonly server: http.Server;
      }
      const app = peer<() => Fastify>('fastify')?.();
      if (app === undefined) throw new Error('fastify is not installed');
      app.register(observability.fastify(options));
      await app.ready();
      return serve(app.server);
    },
  ],
  [
    'hono 4',
    true,
    (options) => {
      const hono = peer<{ Hono: new () => Routed & { readonly fetch: unknown } }>('hono');
      const server = peer<{ createAdaptorServer(options: object): http.Server }>('@hono/node-server');
      if (hono === undefined || server === undefined) throw new Error('hono is not installed');
      const app = new hono.Hono();
      app.use(observability.hono(options));
      return serve(server.createAdaptorServer({ fetch: app.fetch }));
    },
  ],
];

describe.each(places)('%s', (name, isPeer, start) => {
  if (isPeer && lacksPeers('frameworks')) {
    it.skip('is not installed: npm ci --prefix test/peers/frameworks', () => undefined);
    return;
  }
  let app: Running;
  let guarded: Running;

  beforeAll(async () => {
    app = await start();
    guarded = await start({ token });
  });
  afterAll(async () => {
    await app.close();
    await guarded.close();
  });

  it('answers each path, and is kept by nobody', async () => {
    for (const path of paths) {
      const { status, headers, body } = await ask(app.port, `${path}?x=1`);
      expect([path, status]).toEqual([path, 200]);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      });
      expect(body.length).toBeGreaterThan(10);
      if (path === '/observability/metrics') expect(body).toContain('http_server_requests_total');
      else expect(JSON.parse(body)).toBeTypeOf('object');
    }
    const stats = JSON.parse((await ask(app.port, '/stats')).body) as { readonly labels: unknown[] };
    expect(stats.labels.length).toBeGreaterThan(0);
  });

  it('answers HEAD without a body, and other methods with 405', async () => {
    for (const path of paths) {
      const head = await ask(app.port, path, { method: 'HEAD' });
      expect([path, head.status, head.body]).toEqual([path, 200, '']);
      for (const method of ['POST', 'DELETE', 'OPTIONS', 'TRACE']) {
        const { status, headers } = await ask(app.port, path, { method });
        expect([path, method, status, headers['allow']]).toEqual([path, method, 405, 'GET, HEAD']);
      }
    }
  });

  it('has nothing elsewhere, and repeats nothing of what was asked', async () => {
    const strange = [
      '/',
      '/metrics',
      '/health/',
      '/health/../stats',
      '/health/%2e%2e/stats',
      '//stats',
      '/stats/../../etc/passwd',
      '/<script>',
      '/health;x',
    ];
    // Hono reads a path as a URL, which has no way up in it any more.
    const asked = name === 'hono 4' ? strange.filter((path) => !/%2e|\.\./.test(path)) : strange;
    for (const path of asked) {
      const { status, body } = await ask(app.port, path);
      expect([path, status]).toEqual([path, 404]);
      // The other pages of this kind are the frameworks' own.
      if (!isPeer) expect(body).toBe('{"error":"there is nothing here"}\n');
    }
  });

  it('wants the token for all but the liveness', async () => {
    for (const path of paths.slice(1)) {
      for (const authorization of [
        undefined,
        `Bearer ${token}x`,
        `Bearer ${token.slice(1)}`,
        `Basic ${token}`,
        token,
        'Bearer ',
      ]) {
        const { status, headers } = await ask(
          guarded.port,
          path,
          authorization === undefined ? {} : { headers: { authorization } },
        );
        expect([path, authorization, status]).toEqual([path, authorization, 401]);
        expect(headers['www-authenticate']).toBe('Bearer');
      }
      const { status } = await ask(guarded.port, path, { headers: { authorization: `Bearer ${token}` } });
      expect([path, status]).toEqual([path, 200]);
    }
    expect((await ask(guarded.port, '/health')).status).toBe(200);
  });

  it('without a token, only answers who asks from this machine himself', async () => {
    const from = async (headers: http.OutgoingHttpHeaders): Promise<number | undefined> =>
      (await ask(app.port, '/stats', { headers })).status;
    expect(await from({ 'x-forwarded-for': '203.0.113.9' })).toBe(401);
    expect(await from({ forwarded: 'for=203.0.113.9' })).toBe(401);
    expect(await from({ host: 'rebound.example.com' })).toBe(401);
    expect(await from({ host: `localhost:${app.port}` })).toBe(200);
    expect((await ask(app.port, '/health', { headers: { host: 'desk.example.com' } })).status).toBe(200);
  });
});

describe('listen', () => {
  it('is on the loopback, and keeps its port to itself until it is closed', async () => {
    const listening = await observability.listen({ port: 0 });
    expect(listening.host).toBe('127.0.0.1');
    expect((await ask(listening.port, '/health')).status).toBe(200);
    await expect(observability.listen({ port: listening.port })).rejects.toThrow('EADDRINUSE');
    await listening.close();
    await expect(ask(listening.port, '/health')).rejects.toThrow('ECONNREFUSED');
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'desk.example.com', ''])(
    'refuses %j without a token',
    async (host) => {
      await expect(observability.listen({ host })).rejects.toThrow(/without a token: set OBSGEN_HTTP_TOKEN/);
    },
  );

  it('takes a public address with a token, or where it is told that nobody else is there', async () => {
    vi.stubEnv('OBSGEN_HTTP_TOKEN', token);
    const guarded = await observability.listen({ host: '0.0.0.0', allowUnauthenticated: true });
    vi.unstubAllEnvs();
    const open = await observability.listen({ host: '0.0.0.0', allowUnauthenticated: true });
    try {
      expect((await ask(guarded.port, '/stats')).status).toBe(401);
      expect((await ask(open.port, '/stats', { headers: { host: 'desk.example.com' } })).status).toBe(200);
    } finally {
      await guarded.close();
      await open.close();
    }
  });

  it('reads the token from a file, and fails where there is none in it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'obs-gen-token-'));
    try {
      writeFileSync(join(folder, 'token'), `${token}\n`);
      writeFileSync(join(folder, 'empty'), '\n');
      vi.stubEnv('OBSGEN_HTTP_TOKEN_FILE', join(folder, 'token'));
      const listening = await observability.listen({ host: '0.0.0.0' });
      expect(
        (await ask(listening.port, '/stats', { headers: { authorization: `bearer ${token}` } })).status,
      ).toBe(200);
      await listening.close();
      await expect(observability.listen({ tokenFile: join(folder, 'empty') })).rejects.toThrow('is empty');
      await expect(observability.listen({ tokenFile: join(folder, 'none') })).rejects.toThrow('ENOENT');
      await expect(observability.listen({ token: ' ' })).rejects.toThrow('is empty');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.skipIf(outside === undefined)(
    'does not tell callers of other machines what is mounted in a public app',
    async () => {
      const app = await serve(observability.handler(), '0.0.0.0');
      try {
        const host = outside ?? '';
        const headers = { host: '127.0.0.1' };
        expect((await ask(app.port, '/stats', { host, headers })).status).toBe(401);
        expect((await ask(app.port, '/health', { host })).status).toBe(200);
        expect((await ask(app.port, '/stats')).status).toBe(200);
      } finally {
        await app.close();
      }
    },
  );

  it('shows the last spans, and the settings', async () => {
    const listening = await observability.listen();
    vi.stubEnv('OTEL_TRACES_EXPORTER', 'none');
    await desk.telemetry.start();
    await spans.deskTask({}, () => Promise.resolve());
    const { body } = await ask(listening.port, '/debug/trace');
    expect(JSON.parse(body)).toMatchObject({
      sampling: { traces: true },
      spans: [{ name: 'desk.task', status: 'unset' }],
    });
    await desk.telemetry.shutdown();
    await listening.close();
  });
});

describe('the rule for addresses', () => {
  it.each(['127.0.0.1', '127.255.1.2', '::1', '[::1]', 'localhost', '::ffff:127.0.0.1', 'LOCALHOST'])(
    '%s is this machine',
    (address) => {
      expect(isLoopback(address)).toBe(true);
    },
  );
  it.each([
    undefined,
    '',
    '10.0.0.1',
    '0.0.0.0',
    '::',
    '127.0.0.1.evil.com',
    '127.0.0.',
    '1127.0.0.1',
    'localhost.evil.com',
    '::ffff:10.0.0.1',
    '::2',
  ])('%s is not', (address) => {
    expect(isLoopback(address)).toBe(false);
  });

  it('admits one token alone, and throws at no header', () => {
    const access = createAccess({ token });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(access.admits({ address: '127.0.0.1', header: () => text })).toBe(false);
        expect(
          access.admits({
            address: text,
            header: (name) => (name === 'authorization' ? `Bearer ${token}` : text),
          }),
        ).toBe(true);
      }),
    );
  });
});

describe('health', () => {
  it('says what is up, what is not, and what nobody checks', async () => {
    const listening = await observability.listen();
    const detailed = async (): Promise<{ readonly status: number | undefined; readonly report: unknown }> => {
      const { status, body } = await ask(listening.port, '/health/detailed');
      return { status, report: JSON.parse(body) };
    };
    health.queue.check(() => undefined);
    health.search.check(() => {
      throw new Error('password=hunter2hunter2');
    });
    const found = await detailed();
    expect(found.status).toBe(200);
    expect(found.report).toMatchObject({
      service: 'front-desk',
      status: 'degraded',
      components: [
        { name: 'queue', critical: true, status: 'up' },
        { name: 'model-api', critical: true, status: 'unknown' },
        { name: 'search', critical: false, status: 'down' },
      ],
    });
    expect(JSON.stringify(found.report)).not.toContain('hunter2');
    health.modelApi.check(() => Promise.resolve(false));
    expect(await detailed()).toMatchObject({ status: 503, report: { status: 'down' } });
    await listening.close();
  });

  it('gives a check up at its timeout, and tells it', async () => {
    const component = healthComponent({ name: 'slow', timeoutSeconds: 0.05, critical: true });
    let aborted = false;
    component.check(
      (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new Error('given up'));
          });
        }),
    );
    expect(await component.status()).toMatchObject({ status: 'timeout' });
    expect(aborted).toBe(true);
  });

  it('runs one check for all who ask at once, and components side by side', async () => {
    let runs = 0;
    let release: (() => void) | undefined;
    const component = healthComponent({ name: 'one', timeoutSeconds: 5, critical: true });
    component.check(() => {
      runs += 1;
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    const asked = Array.from({ length: 50 }, () => component.status());
    await Promise.resolve();
    release?.();
    const found = await Promise.all(asked);
    expect(new Set(found).size).toBe(1);
    await component.status();
    expect(runs).toBe(1);

    // Each waits for the other: one after the other, they would both time out.
    let both: (() => void) | undefined;
    const met = new Promise<void>((resolve) => {
      both = resolve;
    });
    let waiting = 0;
    for (const each of [health.queue, health.modelApi]) {
      each.check(() => {
        waiting += 1;
        if (waiting === 2) both?.();
        return met;
      });
    }
    health.search.check(() => true);
    const listening = await observability.listen();
    expect((await ask(listening.port, '/health/detailed')).status).toBe(200);
    await listening.close();
  });
});
