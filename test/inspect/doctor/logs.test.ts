import { describe, expect, test } from 'vitest';
import { collector, loki } from './answers.js';
import { ask, part, visit } from './visit.js';

const named = { method: 'GET', path: '/orders', body: undefined, named: true };

/** A Loki that has what a Collector is sent. */
async function pipeline(broken = false) {
  const lines: string[] = [];
  const otlp = await part(
    collector((signal, body) => {
      if (signal === 'logs' && !broken) lines.push(JSON.stringify(body));
      return undefined;
    }),
  );
  const store = await part(loki((query) => found(lines, query)));
  return { lines, otlp, store };
}

/** As Loki does with the two forms of query that the doctor uses. */
function found(lines: readonly string[], query: string): readonly string[] {
  const id = /(?:\|=|correlation_id=|trace_id=) ?"([^"]+)"/.exec(query)?.[1];
  const isProbe = (line: string): boolean => line.includes('resourceLogs');
  const streams = lines.filter(
    (line) => isProbe(line) === query.startsWith('{service_name="obs-gen-doctor"}'),
  );
  return id === undefined ? streams : streams.filter((line) => line.includes(id));
}

describe('log.probe', () => {
  test('a record that is sent to the Collector is in Loki', async () => {
    const { otlp, store } = await pipeline();
    expect((await ask({ collector: otlp.url, loki: store.url }, 'log.probe')).verdict).toBe('ok');
    expect(store.asked.at(-1)?.query.get('query')).toMatch(
      /^\{service_name="obs-gen-doctor"\} \|= "[0-9a-f]{32}"$/,
    );
  });

  test('the Collector takes it, and Loki has not got it', async () => {
    const { otlp, store } = await pipeline(true);
    const outcome = await ask({ collector: otlp.url, loki: store.url }, 'log.probe');
    expect(outcome.verdict).toBe('failed');
    expect(outcome.todo).toContain('the half from the Collector to Loki is broken');
  });

  test('the Collector takes no logs', async () => {
    const { store } = await pipeline();
    const otlp = await part({ ...collector(), '/v1/logs': { status: 404 } });
    expect(await ask({ collector: otlp.url, loki: store.url }, 'log.probe')).toEqual({
      verdict: 'not there',
      seen: 'the Collector has no /v1/logs',
    });
  });

  test('the tenant is named, and a refusal is told', async () => {
    const { otlp } = await pipeline();
    const store = await part({
      ...loki(),
      '/loki/api/v1/query_range': ({ headers }) =>
        headers['x-scope-orgid'] === 'shop'
          ? { body: { data: { result: [] } } }
          : { status: 401, body: 'no org id' },
    });
    const addresses = { collector: otlp.url, loki: store.url };
    expect((await ask(addresses, 'log.probe')).seen).toBe(
      'Loki answers /loki/api/v1/query_range with 401: no org id',
    );
    const withTenant = await ask(addresses, 'log.probe', { credentials: { tenant: 'shop' } });
    expect(withTenant.seen).toContain('Loki has not got it');
  });
});

describe('log.service', () => {
  /** A service that writes a line for a request, with some of its ids. */
  async function logging(ids: { correlation?: boolean; trace?: boolean; other?: boolean }, broken = false) {
    const { lines, otlp, store } = await pipeline(broken);
    const service = await part({
      '/health': {},
      '/orders': ({ headers }) => {
        const trace = String(headers['traceparent']).split('-')[1] ?? '';
        if (ids.correlation === true) lines.push(String(headers['x-correlation-id']));
        if (ids.trace === true) lines.push(trace);
        if (ids.other === true) lines.push('another line');
        return {};
      },
    });
    return { service: service.url, collector: otlp.url, loki: store.url };
  }

  test('it is found by both ids', async () => {
    const addresses = await logging({ correlation: true, trace: true });
    expect(await ask(addresses, 'log.service', { request: named })).toEqual({
      verdict: 'ok',
      seen: 'GET /orders (status 200): its lines are found by correlation id and by trace id',
    });
  });

  test.each([
    [{ correlation: true }, 'warning', 'and not by trace id'],
    [{ trace: true }, 'failed', 'and not by correlation id'],
    [{ other: true }, 'failed', 'there are other lines of the service'],
    [{}, 'failed', 'Loki has no line of shop of the last hour'],
  ] as const)('of %j', async (ids, verdict, seen) => {
    const outcome = await ask(await logging(ids), 'log.service', { request: named });
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.seen).toContain(seen);
  });

  test('where the other half is broken, that is told alone', async () => {
    const outcomes = await visit(await logging({}, true), ['log.probe', 'log.service'], { request: named });
    expect(outcomes['log.probe']?.verdict).toBe('failed');
    expect(outcomes['log.service']?.verdict).toBe('not asked');
  });
});
