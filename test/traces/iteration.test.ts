import { setTimeout as pause } from 'node:timers/promises';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import { lossAccount } from '../../src/runtime/account.js';
import { openSpans } from '../../src/runtime/traces/open-spans.js';
import { memoryProcessor, startSdk, type EndedSpan } from '../support/memory-tracing.js';
import { spans } from './recorders.js';

const memory = memoryProcessor();
let stop: () => Promise<void>;
beforeAll(() => {
  stop = startSdk(memory);
});
beforeEach(() => {
  memory.ended.length = 0;
});
afterEach(() => {
  expect(openSpans()).toBe(0);
});
afterAll(() => stop());

function only(): EndedSpan {
  expect(memory.ended).toHaveLength(1);
  return memory.ended[0] as EndedSpan;
}

const activeId = (): string | undefined => trace.getActiveSpan()?.spanContext().spanId;

describe('a generator', () => {
  test('has a span from the first value to its return, in which each of its steps runs', () => {
    const ids: (string | undefined)[] = [];
    const numbers = spans.run.generator({ step: 1 }, function* (): Generator<number, string, boolean> {
      ids.push(activeId());
      const more = yield 1;
      ids.push(activeId());
      if (more) yield 2;
      return 'end';
    });
    expectTypeOf(numbers).toEqualTypeOf<Generator<number, string, boolean>>();
    expect(memory.ended).toHaveLength(0);
    expect(openSpans()).toBe(0);
    expect(numbers.next(true)).toEqual({ done: false, value: 1 });
    expect(activeId()).toBeUndefined();
    expect(numbers.next(true)).toEqual({ done: false, value: 2 });
    expect(memory.ended).toHaveLength(0);
    expect(numbers.next(true)).toEqual({ done: true, value: 'end' });
    expect(numbers.next(true)).toEqual({ done: true, value: undefined });
    expect(only().attributes).toEqual({ step: 1 });
    expect(new Set(ids)).toEqual(new Set([only().spanContext().spanId]));
  });

  test('ends where the reader stops, after its own cleaning up, and keeps what that says', () => {
    const done: string[] = [];
    const numbers = spans.run.generator({}, function* (): Generator<number, string, unknown> {
      try {
        yield 1;
        yield 2;
      } finally {
        done.push(activeId() === undefined ? 'outside' : 'inside');
      }
      return 'never';
    });
    for (const first of numbers) {
      expect(first).toBe(1);
      break;
    }
    expect(done).toEqual(['inside']);
    expect(only().status.code).toBe(SpanStatusCode.UNSET);
  });

  test('takes what is thrown into it, and tells what it throws', () => {
    const numbers = spans.run.generator({}, function* (): Generator<string, void, unknown> {
      try {
        yield 'first';
      } catch (error) {
        yield `caught ${String(error)}`;
      }
      throw new RangeError('own');
    });
    expect(numbers.next().value).toBe('first');
    expect(numbers.throw('x').value).toBe('caught x');
    expect(() => numbers.next()).toThrow(RangeError);
    expect(only().status).toEqual({ code: SpanStatusCode.ERROR, message: 'own' });
  });
});

describe('an asynchronous generator', () => {
  test('runs each step within its span, whatever happens between two steps', async () => {
    const parents: (string | undefined)[] = [];
    const chunks = spans.run.asyncGenerator({ step: 2 }, async function* (): AsyncGenerator<number, void> {
      for (const value of [1, 2, 3]) {
        await pause(1);
        parents.push(spans.step({}, (span) => span.otel.spanContext().traceId));
        yield value;
      }
    });
    const seen: number[] = [];
    for await (const chunk of chunks) {
      expect(activeId()).toBeUndefined();
      seen.push(chunk);
    }
    expect(seen).toEqual([1, 2, 3]);
    const run = memory.ended.find(({ name }) => name === 'run');
    expect(memory.ended.map(({ name }) => name)).toEqual(['step', 'step', 'step', 'run']);
    expect(new Set(parents)).toEqual(new Set([run?.spanContext().traceId]));
  });

  test('ends as failed where it fails, and where the reader stops early as it does', async () => {
    const failing = spans.run.asyncGenerator({}, async function* (): AsyncGenerator<number> {
      yield 1;
      await Promise.reject(new Error('broken'));
    });
    await expect(
      (async () => {
        for await (const value of failing) expect(value).toBe(1);
      })(),
    ).rejects.toThrow('broken');
    const endless = spans.run.asyncGenerator({}, async function* (): AsyncGenerator<number> {
      for (let value = 0; ; value += 1) yield await Promise.resolve(value);
    });
    for await (const value of endless) if (value === 2) break;
    expect(memory.ended.map(({ status }) => status.code)).toEqual([
      SpanStatusCode.ERROR,
      SpanStatusCode.UNSET,
    ]);
  });
});

describe('a stream', () => {
  async function* chunks(count: number): AsyncGenerator<number> {
    for (let value = 0; value < count; value += 1) {
      await pause(2);
      yield value;
    }
  }

  test('notes when the first chunk came, and ends behind the last', async () => {
    const stream = await spans.run.stream({}, () => chunks(3));
    expectTypeOf(stream).toEqualTypeOf<AsyncIterableIterator<number>>();
    const seen: number[] = [];
    for await (const chunk of stream) seen.push(chunk);
    expect(seen).toEqual([0, 1, 2]);
    const { attributes, duration } = only();
    expect(attributes['time_to_first_chunk']).toBeGreaterThan(0);
    expect(attributes['time_to_first_chunk']).toBeLessThan(duration[0] + duration[1] / 1e9 + 0.001);
  });

  test('is closed where the reader stops, and one that cannot be opened fails', async () => {
    let isClosed = false;
    const source = async function* (): AsyncGenerator<number> {
      try {
        yield await Promise.resolve(1);
        yield 2;
      } finally {
        isClosed = true;
      }
    };
    for await (const chunk of await spans.run.stream({}, source)) {
      expect(chunk).toBe(1);
      break;
    }
    expect(isClosed).toBe(true);
    await expect(
      spans.run.stream({}, () => Promise.reject<AsyncIterable<number>>(new Error('refused'))),
    ).rejects.toThrow('refused');
    expect(memory.ended.map(({ status }) => status.code)).toEqual([
      SpanStatusCode.UNSET,
      SpanStatusCode.ERROR,
    ]);
  });

  test('ends as failed where the signal aborts, though nobody reads on', async () => {
    const controller = new AbortController();
    const stream = await spans.run.stream({}, () => chunks(10), { signal: controller.signal });
    await stream.next();
    controller.abort(new Error('the client went away'));
    expect(only().status).toEqual({ code: SpanStatusCode.ERROR, message: 'the client went away' });
    await stream.return?.();
    expect(memory.ended).toHaveLength(1);
  });

  test('is given up and counted where nobody asks for more', async () => {
    const abandoned = (): number =>
      lossAccount.tallies().find(({ metric, detail }) => metric === 'spans' && detail === 'abandoned')
        ?.count ?? 0;
    const before = abandoned();
    const stream = await spans.run.stream({}, () => chunks(10), { idleSeconds: 0.02 });
    await stream.next();
    await expect.poll(() => memory.ended.length).toBe(1);
    expect(only().attributes['obsgen.abandoned']).toBe(true);
    expect(abandoned()).toBe(before + 1);
  });
});
