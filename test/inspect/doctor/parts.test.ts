import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { collector, loki, prometheus, tempo } from './answers.js';
import { ask, nobody, part, visitAll } from './visit.js';
import { pace } from '../../support/pace.js';

describe('a part that is there', () => {
  test('is ready, and says its version', async () => {
    const { url } = await part(prometheus());
    expect(await ask({ prometheus: url }, 'ready.prometheus')).toEqual({
      verdict: 'ok',
      seen: `ready, version 3.13.2, at ${url}`,
    });
  });

  test('is asked in another way where it has no such page, as Mimir', async () => {
    const { url } = await part(prometheus({}, { '/-/ready': { status: 404 } }));
    expect((await ask({ prometheus: url }, 'ready.prometheus')).verdict).toBe('ok');
  });

  test('the Collector takes nothing in OTLP', async () => {
    const fake = await part(collector());
    expect((await ask({ collector: fake.url }, 'ready.collector')).verdict).toBe('ok');
    expect(fake.asked.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', '/v1/traces', '{"resourceSpans":[]}'],
    ]);
  });

  test('a service without /health is there', async () => {
    const { url } = await part({});
    expect((await ask({ service: url }, 'ready.service')).verdict).toBe('ok');
  });
});

describe('a part that does not work', () => {
  test('nobody listens', async () => {
    const outcome = await ask({ loki: await nobody() }, 'ready.loki');
    expect(outcome.verdict).toBe('failed');
    expect(outcome.seen).toContain('nothing listens there');
    expect(outcome.todo).toContain('obs-gen stack logs');
  });

  test('how it ended is told where it is known', async () => {
    const outcome = await ask({ loki: await nobody() }, 'ready.loki', { place: { ended: 'exit code 3' } });
    expect(outcome.seen).toContain('it has ended by itself: exit code 3');
  });

  test('it is not ready', async () => {
    const { url } = await part({ '/ready': { status: 503, body: 'Ingester not ready: waiting for 15s\n' } });
    expect(await ask({ loki: url }, 'ready.loki')).toMatchObject({
      verdict: 'failed',
      seen: 'Loki answers, and is not ready (503: Ingester not ready: waiting for 15s)',
    });
  });

  test('it points to another address, which is not asked', async () => {
    const other = await part({});
    const { url } = await part({ '/ready': { status: 302, headers: { location: `${other.url}/ready` } } });
    const outcome = await ask({ tempo: url }, 'ready.tempo', { credentials: { token: 's3cret' } });
    expect(outcome).toMatchObject({
      verdict: 'failed',
      seen: `Tempo at ${url} points to another address (302)`,
    });
    expect(other.asked).toEqual([]);
  });

  test('it takes connections and says nothing', async () => {
    const server = createServer();
    const sockets = new Set<{ destroy(): void }>();
    server.on('connection', (socket) => sockets.add(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const started = performance.now();
    const outcome = await ask({ grafana: url }, 'ready.grafana');
    expect(outcome.seen).toBe(`Grafana at ${url} does not answer within 5 s`);
    expect(performance.now() - started).toBeLessThan(5000 + 2000 * pace());
  });

  test('it answers without end', async () => {
    const { url } = await part(
      prometheus(
        {},
        { '/api/v1/rules': { body: `{"status":"success","data":"${'x'.repeat(33 * 1024 * 1024)}"}` } },
      ),
    );
    expect(await ask({ prometheus: url }, 'rules.health')).toMatchObject({
      verdict: 'failed',
      seen: `Prometheus at ${url} answers with more than 32 MiB`,
    });
  });

  test.each([
    ['<html>Sign in</html>', 'Prometheus answers /api/v1/rules with what is no JSON: <html>Sign in</html>'],
    ['{"status":"succ', 'Prometheus answers /api/v1/rules with what is no JSON: {"status":"succ'],
    ['[]', 'Prometheus does not answer /api/v1/rules as Prometheus does'],
  ])('it answers %j', async (body, seen) => {
    const { url } = await part(prometheus({}, { '/api/v1/rules': { body } }));
    expect(await ask({ prometheus: url }, 'rules.health')).toMatchObject({ verdict: 'failed', seen });
  });

  test('what it says cannot change the terminal', async () => {
    const { url } = await part(
      prometheus({}, { '/api/v1/rules': { status: 500, body: '\u001b[2J\u009bboo\n\nhoo' } }),
    );
    expect((await ask({ prometheus: url }, 'rules.health')).seen).toBe(
      'Prometheus answers /api/v1/rules with 500: [2J boo hoo',
    );
  });

  test('a password in its address and a token are not repeated', async () => {
    const { url } = await part({ '/-/ready': { status: 401, body: 'no' } });
    const outcome = await ask({ alertmanager: url }, 'ready.alertmanager', {
      credentials: { token: 't0ken' },
      place: { authorization: 'Basic c2VjcmV0' },
    });
    expect(JSON.stringify(outcome)).not.toMatch(/t0ken|c2VjcmV0/);
    expect(outcome.todo).toContain('--token-file');
  });
});

describe('whoever is killed is named first, and once', () => {
  const places = ['service', 'prometheus', 'alertmanager', 'collector', 'loki', 'tempo', 'grafana'] as const;
  const routes = {
    service: { '/health': {} },
    prometheus: prometheus(),
    alertmanager: { '/-/ready': {}, '/api/v2/status': { body: { versionInfo: { version: '0.34.0' } } } },
    collector: collector(),
    loki: loki(),
    tempo: tempo(),
    grafana: { '/api/health': { body: { database: 'ok', version: '13.2.0' } } },
  };

  test.each(places)('%s', async (killed) => {
    const addresses = Object.fromEntries(
      await Promise.all(
        places.map(async (name) => [name, name === killed ? await nobody() : (await part(routes[name])).url]),
      ),
    ) as Record<string, string>;
    const answered = await visitAll(addresses, undefined, { wait: 0 });
    const first = answered.find(({ outcome }) => outcome.verdict === 'failed');
    expect(first?.check.id).toBe(`ready.${killed}`);
    const others = answered.filter(({ check }) =>
      [...check.needs, ...(check.needsOneOf ?? [])].includes(killed),
    );
    expect(others.length).toBeGreaterThan(0);
    expect(others.map(({ check, outcome }) => [check.id, outcome.verdict])).toEqual(
      others.map(({ check }) => [check.id, expect.stringMatching(/^not (?:asked|there)$/) as string]),
    );
  });

  test('what the stack does not have is no finding', async () => {
    const { url } = await part(prometheus());
    const answered = await visitAll({ prometheus: url }, [
      'ready.loki',
      'log.probe',
      'trace.probe',
      'grafana.dashboards',
    ]);
    expect(answered.map(({ outcome }) => outcome)).toEqual([
      { verdict: 'not there', seen: 'the stack has no Loki' },
      { verdict: 'not there', seen: 'the stack has no Collector' },
      { verdict: 'not there', seen: 'the stack has no Collector' },
      { verdict: 'not there', seen: 'the stack has no Grafana' },
    ]);
  });
});
