import { context, propagation, trace } from '@opentelemetry/api';
import { once } from 'node:events';
import type http from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { remember, type Registry } from './registry.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runInScope } from '../../src/runtime/correlation/scope.js';
import { lacksPeers } from '../support/service.js';
import { memoryProcessor, startSdk } from '../support/memory-tracing.js';
import type { EndedSpan } from '../support/memory-tracing.js';
import { frontDesk, peer } from './front-desk.js';
import { eventually, serve } from './servers.js';
import type { Running } from './servers.js';

const desk = await frontDesk('correlation-middleware');
const { correlation, middleware, telemetry, spans, labels } = desk;
labels.httpRoute.register([
  '/tasks/:id',
  '/users/:user/tasks/:id',
  '/fail',
  '/body',
  '/stream',
  '/slow',
  '/shop/:shop/items/*',
]);

afterAll(() => {
  desk.remove();
});

/** What a handler finds around it. */
function around(): { readonly id: string | undefined; readonly trace: string | undefined } {
  return { id: correlation.current()?.id, trace: trace.getSpanContext(context.active())?.traceId };
}

async function readBody(stream: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

/** One app in each framework, with the same routes. */
type Start = () => Promise<Running>;

interface ExpressLike {
  (): ExpressLike & http.RequestListener;
  use(...handlers: unknown[]): void;
  get(
    path: string,
    handler: (
      request: http.IncomingMessage & { params: Record<string, string> },
      response: http.ServerResponse & { json(value: unknown): void },
    ) => unknown,
  ): void;
  post(
    path: string,
    handler: (
      request: http.IncomingMessage & { body: unknown },
      response: http.ServerResponse & { json(value: unknown): void },
    ) => unknown,
  ): void;
  json(options: object): unknown;
  Router(options?: object): ExpressLike;
}

const node: Start = () =>
  serve(
    middleware.node(
      async (request: http.IncomingMessage, response: http.ServerResponse) => {
        const path = request.url ?? '';
        if (path === '/fail') {
          response.writeHead(500).end('no');
          return;
        }
        if (path === '/body') {
          const events: unknown[] = [];
          request.on('data', () => events.push(around().id));
          await once(request, 'end');
          response.end(JSON.stringify({ ...around(), events }));
          return;
        }
        if (path === '/stream') {
          await pipeline(Readable.from(['a', 'b', around().id ?? '']), response);
          return;
        }
        if (path === '/slow') return;
        if (!path.startsWith('/tasks/')) response.statusCode = 404;
        await spans.deskTask({}, async () => {
          await new Promise((resolve) => setTimeout(resolve, 1));
          response.end(JSON.stringify(around()));
        });
      },
      {
        route: ({ url = '' }) =>
          url.startsWith('/tasks/') ? '/tasks/:id' : url.startsWith('/private') ? undefined : url,
      },
    ),
  );

const expressApp: Start = () => {
  const express = peer<ExpressLike>('express');
  if (express === undefined) throw new Error('express is not installed');
  const app = express();
  app.use(middleware.express());
  app.get('/tasks/:id', (_request, response) =>
    spans.deskTask({}, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      response.json(around());
    }),
  );
  const users = express.Router({ mergeParams: false });
  users.get('/tasks/:id', (_request, response) => {
    response.json(around());
  });
  app.use('/users/:user', users);
  app.get('/fail', () => {
    throw new TypeError('out of order');
  });
  app.use(express.json({ limit: '1mb' }));
  app.post('/body', (request, response) => {
    response.json({ ...around(), events: [around().id], body: request.body });
  });
  app.get('/stream', (_request, response) =>
    pipeline(Readable.from(['a', 'b', around().id ?? '']), response),
  );
  app.get('/slow', () => undefined);
  app.use(middleware.expressErrors());
  return serve(app);
};

interface FastifyReply {
  code(status: number): FastifyReply;
  send(value: unknown): FastifyReply;
}
interface FastifyLike {
  register(plugin: unknown, options?: object): unknown;
  get(path: string, handler: (request: { params: unknown }, reply: FastifyReply) => unknown): void;
  post(path: string, handler: (request: { body: unknown }, reply: FastifyReply) => unknown): void;
  ready(): Promise<unknown>;
  readonly server: http.Server;
}

const fastifyApp: Start = async () => {
  const fastify = peer<() => FastifyLike>('fastify');
  if (fastify === undefined) throw new Error('fastify is not installed');
  const app = fastify();
  app.register(middleware.fastify);
  app.get('/tasks/:id', () =>
    spans.deskTask({}, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return around();
    }),
  );
  app.register(
    (inner: FastifyLike, _options: object, done: () => void) => {
      inner.get('/tasks/:id', () => Promise.resolve(around()));
      done();
    },
    { prefix: '/users/:user' },
  );
  app.get('/fail', () => Promise.reject(new TypeError('out of order')));
  app.post('/body', (request) => Promise.resolve({ ...around(), events: [around().id], body: request.body }));
  app.get('/stream', (_request, reply) => reply.send(Readable.from(['a', 'b', around().id ?? ''])));
  app.get('/slow', () => new Promise(() => undefined));
  await app.ready();
  return serve(app.server);
};

interface HonoContext {
  json(value: unknown): Response;
  readonly req: { json(): Promise<unknown>; param(name: string): string };
}
interface HonoLike {
  use(handler: unknown): void;
  get(path: string, handler: (context: HonoContext) => unknown): void;
  post(path: string, handler: (context: HonoContext) => unknown): void;
  route(path: string, app: HonoLike): void;
  readonly fetch: (request: Request) => Promise<Response>;
}

const HonoClass = lacksPeers('frameworks') ? undefined : peer<{ Hono: new () => HonoLike }>('hono')?.Hono;

function hono(): HonoLike {
  if (HonoClass === undefined) throw new Error('hono is not installed');
  const app = new HonoClass();
  app.use(middleware.hono());
  app.get('/tasks/:id', (each) =>
    spans.deskTask({}, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return each.json(around());
    }),
  );
  const users = new HonoClass();
  users.get('/tasks/:id', (each) => each.json(around()));
  app.route('/users/:user', users);
  app.get('/fail', () => {
    throw new TypeError('out of order');
  });
  app.post('/body', async (each) => {
    const body = await each.req.json();
    return each.json({ ...around(), events: [around().id], body });
  });
  app.get('/stream', () => {
    const parts = ['a', 'b', around().id ?? ''];
    const text = new TextEncoder();
    return new Response(
      new ReadableStream({
        pull(controller) {
          const part = parts.shift();
          if (part === undefined) controller.close();
          else controller.enqueue(text.encode(part));
        },
      }),
    );
  });
  app.get('/slow', () => new Promise(() => undefined));
  return app;
}

const honoApp: Start = () => {
  const server = peer<{ createAdaptorServer(options: object): http.Server }>('@hono/node-server');
  if (server === undefined) throw new Error('@hono/node-server is not installed');
  return serve(server.createAdaptorServer({ fetch: hono().fetch }));
};

const frameworks: readonly (readonly [string, Start, boolean])[] = [
  ['node:http', node, false],
  ['express 5', expressApp, true],
  ['fastify 5', fastifyApp, true],
  ['hono 4', honoApp, true],
];

let registry: Registry;
let stop: () => Promise<void>;
let processor: ReturnType<typeof memoryProcessor>;

beforeEach(async () => {
  registry = await remember(telemetry);
  processor = memoryProcessor();
  stop = startSdk(processor);
});
afterEach(async () => {
  await stop();
  for (const api of [trace, context, propagation]) api.disable();
});

const server = (): EndedSpan[] => processor.ended.filter(({ name }) => name === 'http.server.request');
const ofServer = async (): Promise<EndedSpan> => {
  await eventually(() => server().length > 0);
  const [span] = server();
  if (span === undefined) throw new Error('no span');
  return span;
};

describe.each(frameworks)('%s', (name, start, isPeer) => {
  if (isPeer && lacksPeers('frameworks')) {
    it.skip('is not installed: npm ci --prefix test/peers/frameworks', () => undefined);
    return;
  }
  let app: Running;

  beforeAll(async () => {
    // In a scope and a span of its own, as a service that starts its server while it starts itself.
    app = await runInScope({ correlationId: 'at start', baggage: {} }, start);
  });
  afterAll(() => app.close());

  const traceparent = `00-${'a'.repeat(31)}c-${'b'.repeat(16)}-01`;

  it('goes on with the caller: id, trace and baggage', async () => {
    const response = await fetch(app.url('/tasks/42'), {
      headers: { 'x-request-id': 'req-1', traceparent, baggage: 'region=eu,stranger=1' },
    });
    expect(await response.json()).toEqual({ id: 'req-1', trace: `${'a'.repeat(31)}c` });
    expect(response.headers.get('x-request-id')).toBe('req-1');
    const span = await ofServer();
    expect(span.parentSpanContext).toMatchObject({ spanId: 'b'.repeat(16), isRemote: true });
    expect(span.attributes).toMatchObject({
      'http.request.method': 'GET',
      'http.route': '/tasks/:id',
      'http.response.status_code': 200,
    });
    const task = processor.ended.find((each) => each.name === 'desk.task');
    expect(task?.parentSpanContext?.spanId).toBe(span.spanContext().spanId);
  });

  it('takes the id of the trace where there is no other, and makes one where there is neither', async () => {
    const first = await fetch(app.url('/tasks/1'), { headers: { traceparent, 'x-request-id': 'not an id' } });
    expect(first.headers.get('x-request-id')).toBe(`${'a'.repeat(31)}c`);
    const second = await fetch(app.url('/tasks/1'));
    const { id, trace: traceId } = (await second.json()) as ReturnType<typeof around>;
    expect(second.headers.get('x-request-id')).toBe(id);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(id).toBe(traceId);
    const third = await fetch(app.url('/tasks/1'), { headers: { 'x-amzn-trace-id': 'Root=1-2' } });
    expect(third.headers.get('x-request-id')).toBe('Root=1-2');
  });

  it('keeps the place across the events of a body', async () => {
    const response = await fetch(app.url('/body'), {
      method: 'POST',
      headers: { 'x-request-id': 'req-2', 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'x'.repeat(200_000) }),
    });
    const {
      id,
      trace: traceId,
      events,
    } = (await response.json()) as ReturnType<typeof around> & { readonly events: readonly string[] };
    expect(id).toBe('req-2');
    expect(new Set(events)).toEqual(new Set(['req-2']));
    expect(traceId).toBe((await ofServer()).spanContext().traceId);
  });

  it('ends with the last byte of a stream', async () => {
    const response = await fetch(app.url('/stream'), { headers: { 'x-request-id': 'req-3' } });
    expect(await response.text()).toBe('abreq-3');
    expect((await ofServer()).attributes['http.response.status_code']).toBe(200);
    expect(server()).toHaveLength(1);
  });

  it('never shows a path as the route', async () => {
    await (await fetch(app.url('/private/42'))).text();
    const span = await ofServer();
    expect(JSON.stringify([span.name, span.attributes])).not.toContain('42');
    await registry.says(`http_server_requests_total{method="GET",route="__other__",status_class="4xx"} 1`);
    expect(span.attributes['http.response.status_code']).toBe(404);
  });

  it('tells failures by the status', async () => {
    const response = await fetch(app.url('/fail'));
    await response.text();
    expect(response.status).toBe(500);
    const span = await ofServer();
    expect(span.status.code).toBe(2);
    if (isPeer) expect(span.attributes['error.type']).toBe('TypeError');
    await registry.says('http_server_requests_total{method="GET",route="/fail",status_class="5xx"} 1');
    expect(server()).toHaveLength(1);
  });

  it('ends once where the client goes', async () => {
    const controller = new AbortController();
    const gone = fetch(app.url('/slow'), { signal: controller.signal });
    await registry.says('http_server_active_requests{method="GET"} 1');
    controller.abort();
    await expect(gone).rejects.toThrow();
    const span = await ofServer();
    expect(span.attributes['error.type']).toBe('client_aborted');
    expect(span.attributes['http.response.status_code']).toBeUndefined();
    await registry.says('http_server_active_requests{method="GET"} 0');
    await registry.says('http_server_requests_total{method="GET",route="/slow",status_class="4xx"} 1');
    expect(server()).toHaveLength(1);
  });

  it('counts methods that nobody knows as one', async () => {
    const socket = connect(app.port, '127.0.0.1');
    socket.end('PURGE /tasks/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await readBody(socket);
    expect((await ofServer()).attributes['http.request.method']).toBe('_OTHER');
  });

  it('keeps a hundred requests at once apart', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const response = await fetch(app.url(`/tasks/${index}`), {
          headers: { 'x-request-id': `r${index}` },
        });
        return ((await response.json()) as ReturnType<typeof around>).id;
      }),
    );
    expect(answers).toEqual(Array.from({ length: 100 }, (_, index) => `r${index}`));
    await eventually(() => server().length === 100);
    expect(new Set(server().map((span) => span.spanContext().traceId)).size).toBe(100);
  });

  // Routes below routers are a thing of frameworks.
  if (name !== 'node:http') {
    it('knows the template of a route below a mounted one', async () => {
      await (await fetch(app.url('/users/alice/tasks/42'))).text();
      expect((await ofServer()).attributes['http.route']).toBe('/users/:user/tasks/:id');
    });
  }
});

describe('node:http alone', () => {
  it('lets what the handler throws through, and marks the span', async () => {
    const thrown = new RangeError('too much');
    const handler = middleware.node<http.IncomingMessage, http.ServerResponse, never>(() => {
      throw thrown;
    });
    const app = await serve((request, response) => {
      expect(() => {
        handler(request, response);
      }).toThrow(thrown);
      response.writeHead(503).end();
    });
    await fetch(app.url('/'));
    expect((await ofServer()).attributes['error.type']).toBe('RangeError');
    await app.close();
  });

  it('gives a rejection back to the caller', async () => {
    const handler = middleware.node((_request: http.IncomingMessage, response: http.ServerResponse) => {
      response.end();
      return Promise.reject(new Error('late'));
    });
    const outcomes: unknown[] = [];
    const app = await serve((request, response) => {
      handler(request, response).catch((error: unknown) => outcomes.push(error));
    });
    await (await fetch(app.url('/'))).text();
    await eventually(() => outcomes.length === 1);
    expect(outcomes[0]).toMatchObject({ message: 'late' });
    await app.close();
  });

  it('opens one span where a framework below has its own middleware', async () => {
    if (lacksPeers('frameworks')) return;
    const express = peer<ExpressLike>('express');
    if (express === undefined) throw new Error('express is not installed');
    const inner = express();
    inner.use(middleware.express());
    inner.get('/tasks/:id', (_request, response) => {
      response.json(around());
    });
    const app = await serve(middleware.node(inner));
    await (await fetch(app.url('/tasks/7'))).text();
    const span = await ofServer();
    expect(span.attributes['http.route']).toBe('/tasks/:id');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server()).toHaveLength(1);
    await app.close();
  });

  it('records the sizes of bodies', async () => {
    const app = await serve(
      middleware.node(
        async (request: http.IncomingMessage, response: http.ServerResponse) => {
          await readBody(request);
          response.setHeader('content-length', 3);
          response.end('abc');
        },
        { route: () => '/body' },
      ),
    );
    await (
      await fetch(app.url('/body'), {
        method: 'POST',
        body: Readable.toWeb(Readable.from(['x'.repeat(5000)])) as ReadableStream,
        duplex: 'half',
      })
    ).text();
    await registry.says('http_server_body_size_bytes_sum{route="/body",direction="request"} 5000');
    await registry.says('http_server_body_size_bytes_sum{route="/body",direction="response"} 3');
    await app.close();
  });
});

describe.skipIf(lacksPeers('frameworks'))('hono without node', () => {
  it('ends with the body, and when it is cancelled', async () => {
    const app = hono();
    const response = await app.fetch(
      new Request('http://x/stream', { headers: { 'x-request-id': 'req-9' } }),
    );
    expect(server()).toHaveLength(0);
    expect(await response.text()).toBe('abreq-9');
    expect(server()).toHaveLength(1);
    expect(response.headers.get('x-request-id')).toBe('req-9');
    await (await app.fetch(new Request('http://x/stream'))).body?.cancel();
    expect(server()).toHaveLength(2);
    expect(server()[1]?.attributes['error.type']).toBe('client_aborted');
    await app.fetch(new Request('http://x/fail'));
    expect((await app.fetch(new Request('http://x/none'))).status).toBe(404);
  });
});
