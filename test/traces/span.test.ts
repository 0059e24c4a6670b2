import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import {
  BareSpan,
  capturesContent,
  closedLabel,
  counter,
  createTracing,
  histogram,
  labelledCounter,
  labelledHistogram,
  openLabel,
  RunningSpan,
  type SpanHelper,
} from '../../src/runtime/index.js';
import { memoryProcessor, startSdk, type EndedSpan } from '../support/memory-tracing.js';
import { samplesOf, scrapeOpenMetrics, valueOf } from '../runtime/scrape.js';

type Outcome = 'completed' | 'failed' | 'timeout';
interface RunAttributes {
  readonly agent: string | undefined;
  readonly 'task.length'?: number | undefined;
  readonly 'task.text'?: string | undefined;
  readonly secret?: string | undefined;
  readonly person?: string | undefined;
  readonly detail?: unknown;
  readonly share?: number | undefined;
  readonly streamed?: boolean | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly sizes?: readonly number[] | undefined;
}

const agent = openLabel({ key: 's.agent', cap: 20 });
const outcome = closedLabel<Outcome>({ key: 's.outcome', values: ['completed', 'failed', 'timeout'] });
const metrics = {
  runs: labelledCounter({ name: 's_runs_total', help: 'Runs.', labels: { agent, outcome } }),
  seconds: labelledHistogram({
    name: 's_run_seconds',
    help: 'Time.',
    labels: { agent },
    buckets: [0.005, 60],
    exemplars: true,
  }),
  plain: counter({ name: 's_plain_total', help: 'Plain.', exemplars: true }),
  plainSeconds: histogram({ name: 's_plain_seconds', help: 'Plain.', buckets: [60] }),
};
/** As the compiler writes them. */
class RunRecorder extends RunningSpan<RunAttributes, Outcome> {
  private agentLabel: string | undefined = undefined;

  override set(of: Partial<RunAttributes>): void {
    try {
      this.agentLabel = of.agent ?? this.agentLabel;
      if (this.to === undefined) return;
      this.export('string', 'gen_ai.agent.name', of.agent);
      this.export('int', 'task.length', of['task.length']);
      this.export('double', 'share', of.share);
      this.export('boolean', 'streamed', of.streamed);
      this.exportJson('detail', of.detail);
      this.exportList('string', 'tags', of.tags);
      this.exportList('int', 'sizes', of.sizes);
      if (capturesContent()) {
        this.export('string', 'task.text', of['task.text']);
        this.export('string', 'person', of.person);
      }
    } catch (error) {
      this.failed(error);
    }
  }

  protected override recordCount(outcome: Outcome | undefined): void {
    metrics.runs.inc({ agent: this.agentLabel as string, outcome: outcome as Outcome });
  }

  protected override recordDuration(seconds: number): void {
    metrics.seconds.observe({ agent: this.agentLabel as string }, seconds);
  }
}

class PlainRecorder extends BareSpan<object> {
  protected override recordCount(): void {
    metrics.plain.inc();
  }

  protected override recordDuration(seconds: number): void {
    metrics.plainSeconds.observe(seconds);
  }
}

const tracing = createTracing({
  scope: 'test',
  redaction: { keys: ['internal_ticket'], patterns: ['tick-[0-9]{6}'] },
});
const spans: { readonly run: SpanHelper<RunAttributes, Outcome>; readonly plain: SpanHelper<object, never> } =
  {
    run: tracing.span({
      recorder: RunRecorder,
      name: 'research.run',
      kind: 'client',
      constants: { 'gen_ai.operation.name': 'chat' },
      outcome: { label: outcome, as: 'outcome', ok: 'completed', error: 'failed' },
      measured: 'time',
    }),
    plain: tracing.span({ recorder: PlainRecorder, name: 'plain', kind: 'internal', measured: 'time' }),
  };

const memory = memoryProcessor();
let stop: () => Promise<void>;
beforeAll(() => {
  stop = startSdk(memory);
});
beforeEach(() => {
  memory.ended.length = 0;
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => stop());

function only(): EndedSpan {
  expect(memory.ended).toHaveLength(1);
  return memory.ended[0] as EndedSpan;
}

describe('a span around a function', () => {
  test('returns what the function returns, and records time, count and outcome', async () => {
    const answer = spans.run({ agent: 'sync', 'task.length': 7 }, () => 42);
    expectTypeOf(answer).toEqualTypeOf<number>();
    expect(answer).toBe(42);
    const span = only();
    expect(span.name).toBe('research.run');
    expect(span.kind).toBe(SpanKind.CLIENT);
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect(span.attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.agent.name': 'sync',
      'task.length': 7,
      outcome: 'completed',
    });
    expect(await valueOf('s_runs_total', { agent: 'sync', outcome: 'completed' })).toBe(1);
    expect(await valueOf('s_run_seconds_count', { agent: 'sync' })).toBe(1);
  });

  test('waits for a promise, and measures seconds', async () => {
    const promise = spans.run({ agent: 'async' }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return 'done';
    });
    expectTypeOf(promise).toEqualTypeOf<Promise<string>>();
    expect(memory.ended).toHaveLength(0);
    expect(await promise).toBe('done');
    expect(only().attributes['outcome']).toBe('completed');
    const seconds = (await valueOf('s_run_seconds_sum', { agent: 'async' })) ?? 0;
    expect(seconds).toBeGreaterThan(0.015);
    expect(seconds).toBeLessThan(5);
  });

  test('throws what the function throws, and tells what happened', async () => {
    class NoModel extends Error {
      override name = 'NoModel';
    }
    const error = new NoModel('model not found');
    expect(() =>
      spans.run({ agent: 'throws' }, () => {
        throw error;
      }),
    ).toThrow(error);
    const span = only();
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'model not found' });
    expect(span.attributes).toMatchObject({ outcome: 'failed', 'error.type': 'NoModel' });
    expect(span.events[0]?.attributes).toMatchObject({
      'exception.type': 'NoModel',
      'exception.message': 'model not found',
    });
    expect(await valueOf('s_runs_total', { agent: 'throws', outcome: 'failed' })).toBe(1);
  });

  test.each([undefined, null, 'text', 7, { message: 'x' }, Symbol('s')])(
    'rejects with %s as it was',
    async (reason) => {
      const thrown = await spans
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what programs do
        .run({ agent: 'rejects' }, () => Promise.reject(reason))
        .then(
          () => 'resolved',
          (error: unknown) => error,
        );
      expect(thrown).toBe(reason);
      expect(only().attributes['outcome']).toBe('failed');
    },
  );

  test('leaves a rejection that nobody handles to be reported', async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown): void => {
      unhandled.push(reason);
    };
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', listener);
    try {
      const error = new Error('nobody');
      void spans.run({ agent: 'unhandled' }, () => Promise.reject(error));
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(unhandled).toEqual([error]);
    } finally {
      process.removeListener('unhandledRejection', listener);
      for (const other of others) process.on('unhandledRejection', other);
    }
  });

  test('gives promises of other classes back as they are', async () => {
    class Call extends Promise<string> {
      withResponse(): string {
        return 'response';
      }
    }
    const call = new Call((resolve) => {
      resolve('x');
    });
    const same = spans.run({ agent: 'call' }, () => call);
    expect(same).toBe(call);
    expect(same.withResponse()).toBe('response');
    await same;
    expect(only().attributes['outcome']).toBe('completed');
  });

  test('starts the work of a lazy thenable once', async () => {
    let started = 0;
    const query = {
      then(done: (rows: string[]) => void): void {
        started += 1;
        done(['row']);
      },
    } as unknown as PromiseLike<string[]>;
    expect(await spans.run({ agent: 'lazy' }, () => query)).toEqual(['row']);
    expect(started).toBe(1);
    expect(memory.ended).toHaveLength(1);
  });

  test('nests, across awaits and timers', async () => {
    await spans.run({ agent: 'parent' }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      await Promise.all([
        spans.run({ agent: 'one' }, () => Promise.resolve()),
        spans.run({ agent: 'two' }, async () => {
          await Promise.resolve();
          spans.plain({}, () => undefined);
        }),
      ]);
    });
    const by = new Map(memory.ended.map((span) => [span.attributes['gen_ai.agent.name'] ?? span.name, span]));
    const parent = by.get('parent')?.spanContext();
    expect(by.get('one')?.parentSpanContext?.spanId).toBe(parent?.spanId);
    expect(by.get('two')?.parentSpanContext?.spanId).toBe(parent?.spanId);
    expect(by.get('plain')?.parentSpanContext?.spanId).toBe(by.get('two')?.spanContext().spanId);
    expect(trace.getActiveSpan()).toBeUndefined();
  });

  test('records metrics without labels', async () => {
    const before = (await valueOf('s_plain_total')) ?? 0;
    spans.plain({}, () => undefined);
    expect(await valueOf('s_plain_total')).toBe(before + 1);
    expect(await valueOf('s_plain_seconds_count')).toBe(before + 1);
  });

  test('gives the histogram an exemplar of its trace, in OpenMetrics alone', async () => {
    await samplesOf('s_run_seconds_bucket');
    spans.run({ agent: 'exemplar' }, () => undefined);
    const traceId = only().spanContext().traceId;
    const buckets = (await scrapeOpenMetrics()).filter(
      ({ name, labels }) => name === 's_run_seconds_bucket' && labels.get('agent') === 'exemplar',
    );
    expect(buckets.map(({ exemplar }) => exemplar?.get('trace_id'))).toContain(traceId);
    expect((await samplesOf('s_run_seconds_bucket')).every(({ exemplar }) => exemplar === undefined)).toBe(
      true,
    );
  });
});

test('a counter has exemplars too, one for each scrape', async () => {
  await scrapeOpenMetrics();
  spans.plain({}, () => undefined);
  spans.plain({}, () => undefined);
  const [first, second] = memory.ended.map((span) => span.spanContext().traceId);
  const exemplar = async (): Promise<string | undefined> =>
    (await scrapeOpenMetrics()).find(({ name }) => name === 's_plain_total')?.exemplar?.get('trace_id');
  expect(first).not.toBe(second);
  expect(await exemplar()).toBe(first);
  spans.plain({}, () => undefined);
  expect(await exemplar()).toBe(memory.ended[2]?.spanContext().traceId);
});

describe('attributes', () => {
  test('may be set until the end, and what is undefined stays', () => {
    spans.run({ agent: undefined }, (span) => {
      span.set({ agent: 'late', 'task.length': 3 });
      span.set({ agent: undefined });
    });
    expect(only().attributes).toMatchObject({ 'gen_ai.agent.name': 'late', 'task.length': 3 });
  });

  test('that a metric needs and that are missing at the end are counted', async () => {
    spans.run({ agent: undefined }, () => undefined);
    expect(await valueOf('obsgen_dropped_total', { metric: 's_runs_total', reason: 'missing_label' })).toBe(
      1,
    );
    expect(await valueOf('obsgen_dropped_total', { metric: 's_run_seconds', reason: 'missing_label' })).toBe(
      1,
    );
    expect(only().attributes['outcome']).toBe('completed');
  });

  test('have the types of the spec; others are counted and left out', async () => {
    spans.run({ agent: 'types', share: 0.5, streamed: true, tags: ['a'], sizes: [1, 2] }, (span) => {
      span.set({ 'task.length': 1.5, share: NaN, tags: [1] as unknown as string[], sizes: 'x' as never });
    });
    expect(only().attributes).toMatchObject({ share: 0.5, streamed: true, tags: ['1'], sizes: [1, 2] });
    expect(only().attributes).not.toHaveProperty(['task.length']);
    expect(await valueOf('obsgen_dropped_total', { metric: 'research.run', reason: 'wrong_type' })).toBe(3);
  });

  test('with content and personal data need the operator, and secrets are never exported', () => {
    const values = { agent: 'a', 'task.text': 'text', person: 'Ada', secret: 'hush' };
    spans.run(values, () => undefined);
    vi.stubEnv('OBSGEN_CAPTURE_CONTENT', 'true');
    spans.run(values, () => undefined);
    const [off, on] = memory.ended.map(({ attributes }) => attributes);
    expect(off).not.toHaveProperty(['task.text']);
    expect(off).not.toHaveProperty('person');
    expect(on).toMatchObject({ 'task.text': 'text', person: 'Ada' });
    expect(JSON.stringify(memory.ended.map(({ attributes }) => attributes))).not.toContain('hush');
  });

  test('and errors are exported without secrets', () => {
    vi.stubEnv('OBSGEN_CAPTURE_CONTENT', 'true');
    const key = `sk-${'a1'.repeat(20)}`;
    expect(() =>
      spans.run(
        { agent: 'x', 'task.text': `use ${key} and tick-123456`, detail: { apiKey: key, input_tokens: 5 } },
        () => {
          throw new Error(`refused ${key} for postgres://user:hunter2@db`);
        },
      ),
    ).toThrow(key);
    const { attributes, status, events } = only();
    const exported = JSON.stringify([attributes, status, events]);
    expect(exported).not.toContain(key);
    expect(exported).not.toContain('hunter2');
    expect(exported).not.toContain('tick-123456');
    expect(attributes['detail']).toBe('{"apiKey":"[redacted]","input_tokens":5}');
  });
});

describe('the outcome', () => {
  test('is what the program says', async () => {
    spans.run({ agent: 'slow' }, (span) => {
      span.outcome('timeout');
    });
    expect(only().attributes['outcome']).toBe('timeout');
    expect(only().status.code).toBe(SpanStatusCode.UNSET);
    expect(await valueOf('s_runs_total', { agent: 'slow', outcome: 'timeout' })).toBe(1);
  });

  test('is kept where the function then throws', () => {
    expect(() =>
      spans.run({ agent: 'slow' }, (span) => {
        span.outcome('timeout');
        throw new Error('late');
      }),
    ).toThrow('late');
    expect(only().attributes['outcome']).toBe('timeout');
    expect(only().status.code).toBe(SpanStatusCode.ERROR);
  });

  test('failed without a throw makes an error of the span', () => {
    spans.run({ agent: 'x' }, (span) => {
      span.outcome('failed');
    });
    expect(only().status.code).toBe(SpanStatusCode.ERROR);
  });

  test('that is none is counted and passed over', async () => {
    spans.run({ agent: 'x' }, (span) => {
      span.outcome('nope' as Outcome);
    });
    expect(only().attributes['outcome']).toBe('completed');
    expect(
      await valueOf('obsgen_dropped_total', { metric: 'research.run', reason: 'undeclared_value' }),
    ).toBe(1);
  });
});

describe('a span of its own', () => {
  test('ends once, and what happens to it later is passed over', async () => {
    const span = spans.run.start({ agent: 'manual' });
    const inner = span.within(() => spans.run.start({ agent: 'inner' }));
    inner.fail(new Error('no'));
    span.end();
    span.end();
    span.fail(new Error('late'));
    span.set({ 'task.length': 1 });
    expect(memory.ended.map(({ attributes }) => attributes['outcome'])).toEqual(['failed', 'completed']);
    expect(memory.ended[0]?.parentSpanContext?.spanId).toBe(span.otel.spanContext().spanId);
    expect(await valueOf('s_runs_total', { agent: 'manual', outcome: 'completed' })).toBe(1);
  });
});

describe('whatever fails in telemetry', () => {
  const fail = (): never => {
    throw new Error('telemetry is broken');
  };

  test('a processor that throws leaves the program alone', async () => {
    await stop();
    trace.disable();
    const stopBroken = startSdk({
      onStart: fail,
      onEnd: fail,
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    });
    try {
      for (let round = 0; round < 1000; round += 1) {
        expect(spans.run({ agent: 'broken' }, () => round)).toBe(round);
        expect(await spans.run({ agent: 'broken' }, () => Promise.resolve(round))).toBe(round);
      }
      expect(await valueOf('s_runs_total', { agent: 'broken', outcome: 'completed' })).toBe(2000);
    } finally {
      await stopBroken();
      trace.disable();
      stop = startSdk(memory);
    }
  });

  test('attributes that fail when they are read leave the program alone', () => {
    const attributes = {
      get agent(): string {
        return fail();
      },
      detail: {
        toJSON: fail,
      },
    };
    expect(spans.run(attributes, () => 1)).toBe(1);
    expect(spans.run(undefined as unknown as RunAttributes, () => 2)).toBe(2);
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    expect(spans.run({ agent: 'x', detail: new Proxy({}, { ownKeys: fail }) }, () => 3)).toBe(3);
    expect(spans.run({ agent: 'x', detail: cyclic }, () => 4)).toBe(4);
    expect(memory.ended).toHaveLength(4);
  });

  test('what is thrown is not asked what it is where it could answer: a proxy', () => {
    const seen: string[] = [];
    const look = (trap: string) => (): never => {
      seen.push(trap);
      return fail();
    };
    const thrown = new Proxy(
      {},
      { get: look('get'), getPrototypeOf: look('getPrototypeOf'), has: look('has') },
    );
    let caught: unknown;
    try {
      spans.run({ agent: 'x' }, () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- programs throw what they like
        throw thrown;
      });
    } catch (error) {
      caught = error;
    }
    expect(caught === thrown).toBe(true);
    expect(seen).toEqual([]);
    expect(memory.ended[0]?.attributes['error.type']).toBe('object');
  });

  test('an SDK that is not there still gives metrics', async () => {
    await stop();
    trace.disable();
    expect(spans.run({ agent: 'bare' }, (span) => span.otel.isRecording())).toBe(false);
    expect(await valueOf('s_runs_total', { agent: 'bare', outcome: 'completed' })).toBe(1);
    stop = startSdk(memory);
  });
});
