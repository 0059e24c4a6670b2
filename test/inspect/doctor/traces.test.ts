import { describe, expect, test } from 'vitest';
import { spansOf } from '../../../src/inspect/doctor/traces.js';
import { modelOf } from '../../support/model.js';
import { collector, resourceSpans, tempo, tempoTrace } from './answers.js';
import type { Reply } from './fake-part.js';
import { ask, part, spec, visit } from './visit.js';

const named = { method: 'GET', path: '/orders', body: undefined, named: true };

/** What a Collector and a store keep: the span that comes by OTLP is in the store at the second look. */
async function pipeline(service = 'obs-gen-doctor') {
  const sent: string[] = [];
  const store = await part(
    tempo((id) => (sent.includes(id) ? tempoTrace(service, 'obs-gen.doctor.probe') : { status: 404 })),
  );
  const otlp = await part(
    collector((signal, body) => {
      const id = /"traceId":"([0-9a-f]{32})"/.exec(JSON.stringify(body))?.[1];
      if (signal === 'traces' && id !== undefined) sent.push(id);
      return undefined;
    }),
  );
  return { store, otlp, sent };
}

describe('trace.probe', () => {
  test('a span that is sampled, with the state that is never dropped, reaches the store', async () => {
    const { store, otlp, sent } = await pipeline();
    const outcome = await ask({ collector: otlp.url, tempo: store.url }, 'trace.probe');
    expect(outcome.verdict).toBe('ok');
    expect(outcome.seen).toMatch(/^a span sent to the Collector is in Tempo after \d+\.\d s$/);
    expect(sent).toHaveLength(1);
    const body = JSON.parse(otlp.asked.at(-1)?.body ?? '') as unknown;
    expect(body).toMatchObject({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'obs-gen-doctor' } }] },
          scopeSpans: [{ spans: [{ traceId: sent[0], traceState: 'obsgen=doctor', flags: 1 }] }],
        },
      ],
    });
  });

  test('the Collector takes it, and the store has not got it', async () => {
    const { otlp } = await pipeline();
    const store = await part(tempo());
    const outcome = await ask({ collector: otlp.url, tempo: store.url }, 'trace.probe');
    expect(outcome).toMatchObject({ verdict: 'failed' });
    expect(outcome.seen).toContain('the Collector has taken a span, and Tempo has not got it after 0.3 s');
    expect(outcome.todo).toContain('the half from the Collector to Tempo is broken');
  });

  test.each<[Reply, string]>([
    [
      { status: 503, body: 'data refused due to high memory usage' },
      '503: data refused due to high memory usage',
    ],
    [{ body: { partialSuccess: { rejectedSpans: '1', errorMessage: 'too old' } } }, 'too old'],
  ])('the Collector refuses it: %j', async (reply, why) => {
    const store = await part(tempo());
    const otlp = await part(
      collector((_, body) =>
        (body as { resourceSpans: unknown[] }).resourceSpans.length === 0 ? undefined : reply,
      ),
    );
    expect(await ask({ collector: otlp.url, tempo: store.url }, 'trace.probe')).toMatchObject({
      verdict: 'failed',
      seen: `the Collector refuses a span: ${why}`,
    });
  });

  test('something on the way gives it another name', async () => {
    const { store, otlp } = await pipeline('unknown_service');
    expect(await ask({ collector: otlp.url, tempo: store.url }, 'trace.probe')).toMatchObject({
      verdict: 'failed',
      seen: 'the span is in Tempo, and its service.name is unknown_service',
    });
  });

  test('the wait of tail sampling is waited for, too', async () => {
    const model = modelOf(`${spec}  sampling: { tail: { rest: 0.1, wait: 1s } }\n`);
    const otlp = await part(collector());
    const started = Date.now();
    const store = await part(
      tempo(() =>
        Date.now() - started > 900 ? tempoTrace('obs-gen-doctor', 'obs-gen.doctor.probe') : { status: 404 },
      ),
    );
    const addresses = { collector: otlp.url, tempo: store.url };
    expect((await ask(addresses, 'trace.probe', { model, wait: 0.5 })).verdict).toBe('ok');
  });

  test('the store answers with an error', async () => {
    const otlp = await part(collector());
    const store = await part(tempo(() => ({ status: 500, body: 'no org id' })));
    expect(await ask({ collector: otlp.url, tempo: store.url }, 'trace.probe')).toMatchObject({
      verdict: 'failed',
      seen: 'Tempo answers /api/v2/traces/… with 500: no org id',
    });
  });
});

describe('trace.service', () => {
  /** A service whose requests become traces with a span, of a service of some name. */
  async function traced(service: string | undefined, span: string) {
    const { store, otlp, sent } = await pipeline();
    const traces = new Map<string, Reply>();
    const shop = await part({
      '/health': {},
      '/orders': ({ headers }) => {
        const id = /^00-([0-9a-f]{32})-[0-9a-f]{16}-01$/.exec(String(headers['traceparent']))?.[1];
        if (id !== undefined && service !== undefined) traces.set(id, tempoTrace(service, span));
        return {};
      },
    });
    store.answer(
      tempo(
        (id) => traces.get(id) ?? (sent.includes(id) ? tempoTrace('obs-gen-doctor', 'x') : { status: 404 }),
      ),
    );
    return { shop, addresses: { service: shop.url, collector: otlp.url, tempo: store.url } };
  }

  test('the request carries the trace and the correlation id', async () => {
    const { shop, addresses } = await traced('shop', 'http.server.request');
    expect(await ask(addresses, 'trace.service', { request: named })).toEqual({
      verdict: 'ok',
      seen: 'GET /orders (status 200): the span http.server.request is in Tempo',
    });
    expect(shop.asked.find(({ path }) => path === '/orders')?.headers).toMatchObject({
      tracestate: 'obsgen=doctor',
      'x-correlation-id': expect.stringMatching(/^obs-gen-doctor-[0-9a-f-]{36}$/) as string,
    });
  });

  test('the spans have another service, or another name', async () => {
    const other = await traced('unknown_service:node', 'http.server.request');
    expect((await ask(other.addresses, 'trace.service', { request: named })).seen).toContain(
      'no span of it has the service.name shop: http.server.request of unknown_service:node',
    );
    const strange = await traced('shop', 'GET /orders');
    expect((await ask(strange.addresses, 'trace.service', { request: named })).seen).toContain(
      'none that the spec names: GET /orders of shop',
    );
  });

  test('the half from the service to the Collector is broken', async () => {
    const { addresses } = await traced(undefined, '');
    const outcome = await ask(addresses, 'trace.service', { request: named });
    expect(outcome.verdict).toBe('failed');
    expect(outcome.todo).toContain('the half from the service to the Collector is broken');
  });

  test('a health check that nobody traces is a warning', async () => {
    const { addresses } = await traced(undefined, '');
    const outcome = await ask(addresses, 'trace.service');
    expect(outcome.verdict).toBe('warning');
    expect(outcome.todo).toContain('--request METHOD PATH');
  });

  test('where the other half is broken, that is told alone', async () => {
    const { addresses } = await traced(undefined, '');
    const { url: tempoUrl } = await part(tempo());
    const outcomes = await visit({ ...addresses, tempo: tempoUrl }, ['trace.probe', 'trace.service'], {
      request: named,
    });
    expect(outcomes['trace.probe']?.verdict).toBe('failed');
    expect(outcomes['trace.service']).toEqual({
      verdict: 'not asked',
      seen: 'because a span sent straight to the Collector does not arrive either',
    });
  });
});

describe('the forms in which stores tell of a trace', () => {
  const expected = [{ name: 'run', service: 'shop' }];
  test.each<[string, unknown]>([
    [
      'Tempo, version 2 of its API',
      { trace: { resourceSpans: resourceSpans('shop', 'run') }, status: 'COMPLETE' },
    ],
    ['Tempo, version 1', { batches: resourceSpans('shop', 'run') }],
    ['Jaeger, version 3 of its API', { result: { resourceSpans: resourceSpans('shop', 'run') } }],
    [
      "Jaeger, its page's API",
      {
        data: [
          {
            traceID: 'a',
            spans: [{ operationName: 'run', processID: 'p1' }],
            processes: { p1: { serviceName: 'shop', tags: [] } },
          },
        ],
        errors: null,
      },
    ],
  ])('%s', (_, answer) => {
    expect(spansOf(answer)).toEqual(expected);
  });

  test.each([[{}], [null], ['x'], [{ data: [{ spans: 'x' }] }], [{ batches: [{ scopeSpans: [null] }] }]])(
    '%j holds none',
    (answer) => {
      expect(spansOf(answer)).toEqual([]);
    },
  );

  test('Jaeger is asked at both of its addresses', async () => {
    const otlp = await part(collector());
    const store = await part({
      '/api/services': { body: { data: [] } },
      '/api/traces/': {
        body: {
          data: [
            {
              spans: [{ operationName: 'x', processID: 'p' }],
              processes: { p: { serviceName: 'obs-gen-doctor' } },
            },
          ],
        },
      },
    });
    expect((await ask({ collector: otlp.url, jaeger: store.url }, 'trace.probe')).verdict).toBe('ok');
    expect(store.asked.some(({ path }) => path.startsWith('/api/v3/traces/'))).toBe(true);
  });
});
