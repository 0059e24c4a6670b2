import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import fc from 'fast-check';
import { EventEmitter, once } from 'node:events';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryProcessor, startSdk } from '../support/memory-tracing.js';
import type { EndedSpan } from '../support/memory-tracing.js';
import { lacksPeers } from '../support/service.js';
import { frontDesk, peer } from './front-desk.js';
import { serve } from './servers.js';

const desk = await frontDesk('correlation-envelopes');
const { correlation, middleware, spans } = desk;
const request = { id: 'req-7', baggage: { tenant_tier: 'gold', region: 'eu' } };
const baggage = 'tenant_tier=gold,region=eu';

afterAll(() => {
  desk.remove();
});

let processor: ReturnType<typeof memoryProcessor>;
let stop: () => Promise<void>;

beforeEach(() => {
  processor = memoryProcessor();
  stop = startSdk(processor);
});
afterEach(async () => {
  await stop();
  for (const api of [trace, context, propagation]) api.disable();
});

/** The API keeps a tracer to the first SDK that it met. */
const tracer = {
  startActiveSpan: <R>(name: string, work: (span: Span) => R): R =>
    trace.getTracer('test').startActiveSpan(name, work),
};

function ended(name: string): EndedSpan {
  const found = processor.ended.find((span) => span.name === name);
  if (found === undefined) throw new Error(`no span ${name}`);
  return found;
}

/** Runs work in a request and in a span of its own. */
function inRequest<R>(work: () => R): R {
  return correlation.run(request, () =>
    tracer.startActiveSpan('sender', (span) => {
      try {
        return work();
      } finally {
        span.end();
      }
    }),
  );
}

describe('scopes', () => {
  it('are there inside, and nowhere else', () => {
    expect(correlation.current()).toBeUndefined();
    correlation.run(request, () => {
      expect(correlation.current()).toEqual(request);
      correlation.run({ baggage: { region: 'us' } }, () => {
        expect(correlation.current()).toEqual({
          id: 'req-7',
          baggage: { tenant_tier: 'gold', region: 'us' },
        });
      });
      expect(correlation.current()).toEqual(request);
      expect(correlation.run({ id: 'not an id' }, () => correlation.current()?.id)).toBe('req-7');
    });
    expect(correlation.run({}, () => correlation.current()?.id)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('take baggage of the spec, from now on and for what is begun later', async () => {
    await correlation.run({ id: 'a' }, async () => {
      correlation.set('region', 'eu');
      correlation.set('stranger' as 'region', 'x');
      await Promise.resolve();
      expect(correlation.current()?.baggage).toEqual({ region: 'eu' });
      const inner = correlation.run({}, () => {
        correlation.set('region', undefined);
        return correlation.current()?.baggage;
      });
      expect(inner).toEqual({});
      expect(correlation.current()?.baggage).toEqual({ region: 'eu' });
    });
    correlation.set('region', 'nobody');
    expect(correlation.current()).toBeUndefined();
  });

  it('give back what the work returns and throws', async () => {
    const error = new Error('of the work');
    expect(correlation.run({}, () => 7)).toBe(7);
    expect(() =>
      correlation.run({}, () => {
        throw error;
      }),
    ).toThrow(error);
    await expect(correlation.run({}, () => Promise.reject(error))).rejects.toBe(error);
  });

  it('hold through timers, streams, generators and emitters', async () => {
    const id = (): string | undefined => correlation.current()?.id;
    const emitter = new EventEmitter();
    async function* numbers(): AsyncGenerator<string | undefined> {
      for (let index = 0; index < 3; index += 1) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        yield id();
      }
    }
    function* steps(): Generator<string | undefined> {
      yield id();
      yield id();
    }
    const heard: unknown[] = [];
    const [loose, bound, sync, later] = correlation.run(request, () => {
      emitter.on('loose', () => heard.push(id()));
      return [
        numbers(),
        correlation.bind(numbers()),
        correlation.bind(steps()),
        correlation.bind(() => id()),
      ] as const;
    });
    // Read where there is no request: a generator runs where its reader is.
    expect(await gather(loose)).toEqual([undefined, undefined, undefined]);
    expect(await gather(bound)).toEqual(['req-7', 'req-7', 'req-7']);
    expect([...sync]).toEqual(['req-7', 'req-7']);
    expect(later()).toBe('req-7');

    emitter.emit('loose');
    correlation.run(request, () => correlation.bind(emitter));
    emitter.emit('loose');
    expect(heard).toEqual([undefined, 'req-7']);

    await correlation.run(request, async () => {
      const seen: unknown[] = [];
      const through = new Transform({
        transform(chunk, _encoding, done) {
          seen.push(id());
          setImmediate(done, null, chunk);
        },
      });
      await pipeline(Readable.from(['a', 'b']), through, new PassThrough().resume());
      await new Promise((resolve) => setTimeout(resolve, 1));
      await once(Readable.from(['a']).resume(), 'end');
      expect([...seen, id()]).toEqual(['req-7', 'req-7', 'req-7']);
    });
  });

  it('bind leaves alone what it cannot change', () => {
    const frozen = Object.freeze({ emit: () => true });
    expect(correlation.bind(frozen)).toBe(frozen);
    expect(correlation.bind({ a: 1 })).toEqual({ a: 1 });
  });
});

async function gather(values: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const value of values) all.push(value);
  return all;
}

describe('messages', () => {
  it("are handled in the sender's trace, linked to the connection and no part of it", async () => {
    const message = inRequest(() => correlation.wrapMessage({ text: 'hello' }, { to: 'ws://localhost:1/' }));
    expect(message).toEqual({
      data: { text: 'hello' },
      correlationId: 'req-7',
      baggage,
      traceparent: expect.stringMatching(/^00-/) as unknown,
    });
    const wire: unknown = JSON.parse(JSON.stringify(message));
    const answer = await tracer.startActiveSpan('upgrade', async (upgrade) => {
      const handled = correlation.handleMessage(wire, async (data, incoming) => {
        await Promise.resolve();
        expect(data).toEqual({ text: 'hello' });
        expect(correlation.current()).toEqual(request);
        expect(incoming.links).toEqual([upgrade.spanContext()]);
        return spans.deskTask({}, () => Promise.resolve(42));
      });
      upgrade.end();
      return handled;
    });
    expect(answer).toBe(42);
    const span = ended('message process');
    expect(span.kind).toBe(SpanKind.CONSUMER);
    expect(span.parentSpanContext?.spanId).toBe(ended('sender').spanContext().spanId);
    expect(span.links.map((link) => link.context.spanId)).toEqual([ended('upgrade').spanContext().spanId]);
    expect(ended('desk.task').parentSpanContext?.spanId).toBe(span.spanContext().spanId);
  });

  it('without a sender begin a trace of their own', () => {
    tracer.startActiveSpan('upgrade', (upgrade) => {
      correlation.handleMessage('plain text', (data) => {
        expect(data).toBe('plain text');
      });
      upgrade.end();
    });
    const span = ended('message process');
    expect(span.parentSpanContext).toBeUndefined();
    expect(span.spanContext().traceId).not.toBe(ended('upgrade').spanContext().traceId);
    expect(span.links).toHaveLength(1);
  });

  it('carry no baggage to hosts that are not allowed', () => {
    inRequest(() => {
      expect(correlation.wrapMessage(1)).not.toHaveProperty('baggage');
      expect(correlation.wrapMessage(1, { to: 'wss://example.com' })).not.toHaveProperty('baggage');
    });
  });

  it.skipIf(lacksPeers('frameworks'))(
    'of real WebSockets know their connection, and each its own request',
    async () => {
      interface Socket extends EventEmitter {
        send(text: string): void;
        close(): void;
      }
      interface Ws {
        readonly WebSocketServer: new (options: object) => EventEmitter & {
          handleUpgrade(
            request: unknown,
            socket: unknown,
            head: unknown,
            done: (socket: Socket) => void,
          ): void;
        };
        readonly WebSocket: new (url: string, options?: object) => Socket;
      }
      const ws = peer<Ws>('ws');
      if (ws === undefined) throw new Error('ws is not installed');
      const accepting = new ws.WebSocketServer({ noServer: true });
      const app = await serve((_request, response) => {
        response.end();
      });
      const connections: unknown[] = [];
      app.server.on(
        'upgrade',
        middleware.upgrade((incoming: IncomingMessage, socket, head) => {
          accepting.handleUpgrade(incoming, socket, head, (each) => {
            each.on('message', (raw: Buffer) => {
              connections.push(correlation.current()?.id);
              correlation.handleMessage(JSON.parse(raw.toString()), () => {
                each.send(
                  JSON.stringify({
                    id: correlation.current()?.id,
                    trace: trace.getSpanContext(context.active())?.traceId,
                  }),
                );
              });
            });
          });
        }),
      );
      const client = new ws.WebSocket(app.url('/socket').replace('http', 'ws'), {
        headers: { 'x-request-id': 'connection-1' },
      });
      await once(client, 'open');
      for (const id of ['m-1', 'm-2', 'm-3']) {
        const sent = correlation.run({ id }, () =>
          tracer.startActiveSpan(id, (span) => {
            client.send(JSON.stringify(correlation.wrapMessage({})));
            span.end();
            return span.spanContext().traceId;
          }),
        );
        const [answer] = (await once(client, 'message')) as [Buffer];
        expect(JSON.parse(answer.toString())).toEqual({ id, trace: sent });
      }
      expect(connections).toEqual(['connection-1', 'connection-1', 'connection-1']);
      const upgrade = ended('http.server.request');
      const handled = processor.ended.filter(({ name }) => name === 'message process');
      expect(handled).toHaveLength(3);
      for (const span of handled)
        expect(span.links.map((link) => link.context.spanId)).toEqual([upgrade.spanContext().spanId]);
      expect(upgrade.attributes['http.response.status_code']).toBe(101);
      client.close();
      await app.close();
    },
  );
});

describe('jobs', () => {
  const queued = (): unknown =>
    JSON.parse(JSON.stringify(inRequest(() => correlation.injectJob({ task: 1 }))));

  it('are linked to the one who queued them', async () => {
    const result = await correlation.runJob(queued(), async (job) => {
      await Promise.resolve();
      expect(job).toMatchObject({ task: 1 });
      expect(correlation.current()).toEqual(request);
      return 'done';
    });
    expect(result).toBe('done');
    const span = ended('job process');
    expect(span.parentSpanContext).toBeUndefined();
    expect(span.links.map((link) => link.context.traceId)).toEqual([ended('sender').spanContext().traceId]);
  });

  it('are parts of it where that is asked for', () => {
    correlation.runJob(queued(), () => undefined, { mode: 'parent', span: 'desk job' });
    expect(ended('desk job').parentSpanContext?.spanId).toBe(ended('sender').spanContext().spanId);
    expect(ended('desk job').links).toEqual([]);
  });

  it('leave the span to the program, with what it needs for one', () => {
    correlation.runJob(
      queued(),
      (_job, incoming) => {
        expect(trace.getSpanContext(context.active())).toBeUndefined();
        spans.deskTask.start({}, incoming).end();
      },
      { span: false },
    );
    expect(ended('desk.task').links.map((link) => link.context.spanId)).toEqual([
      ended('sender').spanContext().spanId,
    ]);
  });

  it('fail with what they throw', async () => {
    const error = new TypeError('sk-proj-aaaaaaaaaaaaaaaaaaaaaaaa');
    await expect(correlation.runJob({}, () => Promise.reject(error))).rejects.toBe(error);
    expect(() =>
      correlation.runJob({}, () => {
        throw error;
      }),
    ).toThrow(error);
    const failed = processor.ended.filter(({ name }) => name === 'job process');
    expect(failed).toHaveLength(2);
    for (const span of failed) {
      expect(span.attributes).toEqual({ 'error.type': 'TypeError' });
      expect(JSON.stringify([span.status, span.events])).not.toContain('sk-proj');
    }
  });
});

describe('MCP', () => {
  it('calls carry the trace in _meta, and baggage only where it may go', () => {
    inRequest(() => {
      const traceparent = `00-${trace.getSpanContext(context.active())?.traceId ?? ''}-${trace.getSpanContext(context.active())?.spanId ?? ''}-01`;
      const params = { name: 'search', _meta: { progressToken: 3 } };
      expect(correlation.injectMeta(params)).toEqual({
        name: 'search',
        _meta: { progressToken: 3, traceparent },
      });
      expect(correlation.injectMeta({}, { to: 'local' })).toEqual({ _meta: { traceparent, baggage } });
      expect(correlation.injectMeta({}, { to: new URL('http://localhost:1/mcp') })).toEqual({
        _meta: { traceparent, baggage },
      });
      expect(correlation.injectMeta({}, { to: 'https://mcp.example.com/' })).toEqual({
        _meta: { traceparent },
      });
      expect(params).toEqual({ name: 'search', _meta: { progressToken: 3 } });
    });
  });

  it('are served below the caller, linked to the transport', () => {
    const { _meta: meta } = inRequest(() => correlation.injectMeta({}, { to: 'local' }));
    tracer.startActiveSpan('transport', (transport) => {
      correlation.runWithMeta(meta, (incoming) => {
        expect(correlation.current()?.baggage).toEqual(request.baggage);
        spans.deskTask({}, () => undefined, incoming);
      });
      transport.end();
    });
    const span = ended('desk.task');
    expect(span.parentSpanContext?.spanId).toBe(ended('sender').spanContext().spanId);
    expect(span.links.map((link) => link.context.spanId)).toEqual([ended('transport').spanContext().spanId]);
  });

  it('without a trace stay where they are', () => {
    tracer.startActiveSpan('transport', (transport) => {
      correlation.runWithMeta(undefined, () => {
        spans.deskTask({}, () => undefined);
      });
      transport.end();
    });
    expect(ended('desk.task').parentSpanContext?.spanId).toBe(ended('transport').spanContext().spanId);
  });
});

describe('what comes from outside', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.record({
      traceparent: fc.anything(),
      tracestate: fc.anything(),
      baggage: fc.anything(),
      correlationId: fc.anything(),
      data: fc.anything(),
      _correlation: fc.anything(),
    }),
  );

  it('never makes anything throw, and the id is one that can be handed on', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const id = (): string => correlation.current()?.id ?? '';
        for (const found of [
          correlation.handleMessage(value, id, { span: false }),
          correlation.runJob(value, id, { span: false }),
          correlation.runJob({ _correlation: value }, id, { mode: 'parent', span: false }),
          correlation.runWithMeta(value, id),
          correlation.runWorker(value, id),
          correlation.runWorker({ _correlation: value }, id),
        ]) {
          expect(found).toMatch(/^[A-Za-z0-9._:/+=@~-]{1,128}$/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('may be a trap', () => {
    const trap = new Proxy(
      {},
      { get: thrown, has: thrown, ownKeys: thrown, getOwnPropertyDescriptor: thrown },
    );
    expect(correlation.runJob(trap, () => 'ran', { span: false })).toBe('ran');
    expect(correlation.handleMessage(trap, () => 'ran', { span: false })).toBe('ran');
    expect(correlation.runWithMeta(trap, () => 'ran')).toBe('ran');
  });
});

function thrown(): never {
  throw new Error('a trap');
}

it('a trace is handed on by services that have no SDK', async () => {
  await stop();
  for (const api of [trace, context, propagation]) api.disable();
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const job = { _correlation: { traceparent, correlationId: 'x-1', baggage: 'region=eu' } };
  expect(correlation.runJob(job, () => correlation.headers('http://localhost/'), { mode: 'parent' })).toEqual(
    {
      traceparent,
      'x-request-id': 'x-1',
      baggage: 'region=eu',
    },
  );
  expect(correlation.runJob(job, () => correlation.headers('http://localhost/'))).not.toHaveProperty(
    'traceparent',
  );
  expect(context.active()).toBe(ROOT_CONTEXT);
});
