import { context, propagation, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import http from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applySettings } from '../../src/runtime/settings/settings.js';
import { lacksPeers } from '../support/service.js';
import { startSdk, memoryProcessor } from '../support/memory-tracing.js';
import { frontDesk, peer } from './front-desk.js';
import { listener, serve } from './servers.js';
import type { Running } from './servers.js';

const desk = await frontDesk('correlation-propagation');
const { correlation, correlationComponent } = desk;
const startContext = { service: { name: 'front-desk' }, environment: undefined, settings: {} };
const request = { id: 'req-7', baggage: { tenant_tier: 'gold plus', region: 'eu' } };
const carried = { 'x-request-id': 'req-7', baggage: 'tenant_tier=gold%20plus,region=eu' };

afterAll(() => {
  desk.remove();
});

/** One call of each client to a URL, whose end it awaits. */
const clients: readonly (readonly [string, (url: string) => Promise<unknown>])[] = [
  ['fetch', async (url) => (await fetch(url)).text()],
  [
    'http.request',
    (url) =>
      new Promise((resolve, reject) => {
        const sent = http.request(url, { method: 'POST' }, (response) => {
          response.resume().on('end', resolve);
        });
        sent.on('error', reject).end('body');
      }),
  ],
  [
    'http.get with an agent of its own',
    (url) =>
      new Promise((resolve, reject) => {
        const agent = new http.Agent({ keepAlive: true });
        http
          .get(url, { agent, headers: { accept: 'text/plain' } }, (response) => {
            response.resume().on('end', () => {
              agent.destroy();
              resolve(undefined);
            });
          })
          .on('error', reject);
      }),
  ],
  ...(lacksPeers('frameworks')
    ? []
    : ([
        [
          'undici',
          async (url: string) => {
            const undici = peer<{ request(url: string): Promise<{ body: { text(): Promise<string> } }> }>(
              'undici',
            );
            return (await undici?.request(url))?.body.text();
          },
        ],
      ] as const)),
];

describe.each(clients)('%s', (_name, call) => {
  let target: Awaited<ReturnType<typeof listener>>;

  beforeAll(async () => {
    target = await listener();
  });
  afterAll(() => target.close());
  beforeEach(async () => {
    target.seen.length = 0;
    applySettings({});
    await correlationComponent.start?.(startContext);
  });
  afterEach(async () => {
    await correlationComponent.close?.();
  });

  it('hands the request on to a host that is allowed', async () => {
    await correlation.run(request, () => call(target.url('/')));
    expect(target.seen).toHaveLength(1);
    expect(target.seen[0]).toMatchObject(carried);
    expect(target.seen[0]?.['traceparent']).toBeUndefined();
  });

  it('tells other hosts nothing', async () => {
    // The same server under another name, which the spec does not have.
    await correlation.run(request, () =>
      call(target.url('/', '127.0.0.2').replace('127.0.0.2', '[::ffff:127.0.0.1]')),
    );
    expect(target.seen).toHaveLength(1);
    for (const name of ['x-request-id', 'baggage', 'traceparent'])
      expect(target.seen[0]?.[name]).toBeUndefined();
  });

  it('says nothing outside of a request', async () => {
    await call(target.url('/'));
    expect(target.seen[0]?.['x-request-id']).toBeUndefined();
  });

  it('is silent where it is switched off, and after the end', async () => {
    applySettings({ switches: { correlation: false } });
    await correlation.run(request, () => call(target.url('/')));
    applySettings({});
    await correlation.run(request, () => call(target.url('/')));
    await correlationComponent.close?.();
    await correlation.run(request, () => call(target.url('/')));
    expect(target.seen.map((headers) => headers['x-request-id'])).toEqual([undefined, 'req-7', undefined]);
  });

  it('keeps requests apart that run at once', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `req-${index}`);
    await Promise.all(ids.map((id) => correlation.run({ id }, () => call(target.url('/')))));
    expect(target.seen.map((headers) => headers['x-request-id']).sort()).toEqual([...ids].sort());
  });

  it('carries the trace to allowed hosts, once', async () => {
    const stop = startSdk(memoryProcessor());
    try {
      const sent = await trace.getTracer('test').startActiveSpan('work', async (span) => {
        await correlation.run(request, () => call(target.url('/')));
        span.end();
        return span.spanContext();
      });
      expect(target.seen[0]?.['traceparent']).toBe(`00-${sent.traceId}-${sent.spanId}-01`);
    } finally {
      await stop();
      for (const api of [trace, context, propagation]) api.disable();
    }
  });
});

describe('redirects', () => {
  let inside: Awaited<ReturnType<typeof listener>>;
  let redirecting: Running;
  let away = '';

  beforeAll(async () => {
    inside = await listener();
    redirecting = await serve((_request, response) => {
      response.writeHead(302, { location: away }).end();
    });
  });
  afterAll(async () => {
    await inside.close();
    await redirecting.close();
  });
  beforeEach(async () => {
    inside.seen.length = 0;
    await correlationComponent.start?.(startContext);
  });
  afterEach(async () => {
    await correlationComponent.close?.();
  });

  const stranger = (): string => `http://[::ffff:127.0.0.1]:${inside.port}/`;

  it.each(['fetch', 'correlation.fetch'])('of %s to another host leak nothing', async (name) => {
    away = stranger();
    const call = name === 'fetch' ? fetch : correlation.fetch;
    await correlation.run(request, async () => (await call(redirecting.url('/'))).text());
    expect(inside.seen).toHaveLength(1);
    expect(inside.seen[0]).not.toHaveProperty('x-request-id');
    expect(inside.seen[0]).not.toHaveProperty('baggage');
  });

  it('to an allowed host carry the request on', async () => {
    away = inside.url('/');
    await correlation.run(request, async () => (await fetch(redirecting.url('/'))).text());
    expect(inside.seen[0]).toMatchObject(carried);
  });

  it.skipIf(lacksPeers('frameworks'))('of undici to another host leak nothing', async () => {
    interface Undici {
      readonly Agent: new () => { compose(interceptor: unknown): object };
      readonly interceptors: { redirect(options: object): unknown };
      request(url: string, options: object): Promise<{ body: { text(): Promise<string> } }>;
    }
    const undici = peer<Undici>('undici');
    if (undici === undefined) throw new Error('undici is not installed');
    away = stranger();
    const dispatcher = new undici.Agent().compose(undici.interceptors.redirect({ maxRedirections: 2 }));
    await correlation.run(request, async () =>
      (await undici.request(redirecting.url('/'), { dispatcher })).body.text(),
    );
    expect(inside.seen).toHaveLength(1);
    expect(inside.seen[0]).not.toHaveProperty('x-request-id');
  });
});

describe.skipIf(lacksPeers('frameworks'))('pools with fewer connections than requests', () => {
  interface Undici {
    readonly Pool: new (origin: string, options: object) => { close(): Promise<void> };
    request(url: string, options: object): Promise<{ body: { text(): Promise<string> } }>;
  }
  const calls = {
    undici: async (undici: Undici, url: string, options: object) =>
      (await undici.request(url, options)).body.text(),
    fetch: async (_undici: Undici, url: string, options: object) => (await fetch(url, options)).text(),
  };

  it.each(['undici', 'fetch'] as const)('give no request of %s the place of another one', async (name) => {
    const undici = peer<Undici>('undici');
    if (undici === undefined) throw new Error('undici is not installed');
    const target = await listener();
    await correlationComponent.start?.(startContext);
    const dispatcher = new undici.Pool(target.url(''), { connections: 1 });
    try {
      await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          correlation.run({ id: `q${index}` }, () =>
            calls[name](undici, target.url('/'), { dispatcher, headers: { own: `q${index}` } }),
          ),
        ),
      );
      const sent = target.seen.map((headers) => [headers['own'], headers['x-request-id']]);
      expect(sent).toHaveLength(8);
      // A fetch that had to wait goes without an id rather than with a wrong one.
      for (const [own, id] of sent) expect(name === 'undici' ? [own] : [own, undefined]).toContain(id);
      expect(sent[0]).toEqual(['q0', 'q0']);
    } finally {
      await correlationComponent.close?.();
      await dispatcher.close();
      await target.close();
    }
  });
});

describe('explicit helpers', () => {
  it('headers() adds what is missing, for allowed hosts', () => {
    correlation.run(request, () => {
      expect(correlation.headers('http://localhost:1/')).toEqual(carried);
      expect(
        correlation.headers(new URL('http://localhost:1/'), { 'X-Request-Id': 'mine', accept: ['a', 'b'] }),
      ).toEqual({
        'X-Request-Id': 'mine',
        accept: 'a, b',
        baggage: carried.baggage,
      });
      expect(correlation.headers('https://example.com/', new Headers({ a: 'b' }))).toEqual({ a: 'b' });
      expect(correlation.headers('nonsense', { a: undefined })).toEqual({});
    });
  });

  it('fetch() works where propagation is off, for its own call alone', async () => {
    const target = await listener();
    try {
      await correlation.run(request, async () => (await correlation.fetch(target.url('/'))).text());
      await correlation.run(request, async () => (await fetch(target.url('/'))).text());
      expect(target.seen.map((headers) => headers['x-request-id'])).toEqual(['req-7', undefined]);
    } finally {
      await correlationComponent.close?.();
      await target.close();
    }
  });

  it('leaves alone what the program has set', async () => {
    const target = await listener();
    await correlationComponent.start?.(startContext);
    try {
      const headers = { 'X-Request-Id': 'mine', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00` };
      await correlation.run(request, async () => (await fetch(target.url('/'), { headers })).text());
      await correlation.run(
        request,
        () =>
          new Promise((resolve) => {
            http.get(target.url('/'), { headers }, (response) => response.resume().on('end', resolve));
          }),
      );
      for (const seen of target.seen) {
        expect(seen).toMatchObject({ 'x-request-id': 'mine', traceparent: headers.traceparent });
      }
      expect(target.seen).toHaveLength(2);
    } finally {
      await correlationComponent.close?.();
      await target.close();
    }
  });
});

describe('the propagator', () => {
  const setter = {
    set(carrier: Record<string, string>, key: string, value: string): void {
      carrier[key] = value;
    },
  };
  const getter = {
    get: (carrier: Record<string, string>, key: string) => carrier[key],
    keys: (carrier: Record<string, string>) => Object.keys(carrier),
  };
  const found = async (): Promise<Parameters<typeof propagation.setGlobalPropagator>[0]> => {
    const parts = await correlationComponent.tracing?.(startContext);
    return parts?.propagators?.[0] as Parameters<typeof propagation.setGlobalPropagator>[0];
  };

  it('gives baggage to no host but those that are allowed', async () => {
    const propagator = await found();
    const baggage = propagation.createBaggage({ region: { value: 'eu' }, secret: { value: 'x' } });
    const inside = propagation.setBaggage(ROOT_CONTEXT, baggage);
    const injected = (carrier: Record<string, string>): Record<string, string> => {
      propagator.inject(inside, carrier, setter);
      return carrier;
    };
    expect(injected({})).toEqual({});
    expect(injected({ host: 'api.openai.com' })).toEqual({ host: 'api.openai.com' });
    expect(injected({ Host: 'a.svc.example.com:80' })).toEqual({
      Host: 'a.svc.example.com:80',
      baggage: 'region=eu',
    });
    expect(propagator.fields()).toEqual(['baggage']);
  });

  it('reads the keys of the spec', async () => {
    const propagator = await found();
    const read = propagator.extract(ROOT_CONTEXT, { baggage: 'region=eu,secret=x' }, getter);
    expect(propagation.getBaggage(read)?.getAllEntries()).toEqual([['region', { value: 'eu' }]]);
    expect(propagator.extract(ROOT_CONTEXT, { baggage: '%%%=,' }, getter)).toBe(ROOT_CONTEXT);
  });

  it('stands in the place of the one that tells every host', async () => {
    const { telemetry } = desk;
    await telemetry.start({ sdk: { spanProcessors: [memoryProcessor()] } });
    try {
      const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED };
      const baggage = propagation.createBaggage({ region: { value: 'eu' } });
      const carrier = {};
      propagation.inject(trace.setSpanContext(propagation.setBaggage(ROOT_CONTEXT, baggage), span), carrier);
      expect(carrier).toEqual({ traceparent: `00-${span.traceId}-${span.spanId}-01` });
    } finally {
      await telemetry.shutdown();
      for (const api of [trace, context, propagation]) api.disable();
    }
  });
});
