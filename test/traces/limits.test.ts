import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lossAccount } from '../../src/runtime/account.js';
import { currentNotes } from '../../src/runtime/notes.js';
import { tracePolicy } from '../../src/runtime/traces/tracer.js';
import { memoryProcessor, startSdk } from '../support/memory-tracing.js';
import { isLong } from '../support/long.js';
import { spans } from './recorders.js';

const memory = memoryProcessor();
const usual = { ...tracePolicy };
let stop: () => Promise<void>;
beforeAll(() => {
  stop = startSdk(memory);
});
beforeEach(() => {
  memory.ended.length = 0;
});
afterEach(() => {
  Object.assign(tracePolicy, usual);
});
afterAll(() => stop());

function lost(reason: string): number {
  return (
    lossAccount.tallies().find(({ metric, detail }) => metric === 'spans' && detail === reason)?.count ?? 0
  );
}

describe('an agent that goes in circles', () => {
  test('gets so many spans a trace; the rest is counted, the trace says so, and the work goes on', async () => {
    tracePolicy.maxSpans = 100;
    const before = lost('too_many');
    const calls = isLong ? 1_000_000 : 100_000;
    let done = 0;
    await spans.run({}, async () => {
      for (let call = 0; call < calls; call += 1) {
        done += spans.step({ step: call }, () => 1);
        if (call % 10_000 === 0) await Promise.resolve();
      }
    });
    expect(done).toBe(calls);
    expect(memory.ended).toHaveLength(100);
    expect(lost('too_many') - before).toBe(calls - 99);
    const truncated = memory.ended.filter(({ attributes }) => attributes['obsgen.truncated'] === true);
    expect(truncated.map(({ name }) => name)).toEqual(['run']);
  });

  test('gets so many below each other, however deep it goes', async () => {
    const before = lost('too_deep');
    const dive = async (depth: number): Promise<number> => {
      if (depth === 0) return 0;
      await Promise.resolve();
      return 1 + (await spans.step({}, () => dive(depth - 1)));
    };
    expect(await dive(20_000)).toBe(20_000);
    expect(memory.ended).toHaveLength(tracePolicy.maxDepth);
    expect(lost('too_deep') - before).toBe(20_000 - tracePolicy.maxDepth);
  });

  test('of one trace leaves the next trace its own share', () => {
    tracePolicy.maxSpans = 2;
    for (let round = 0; round < 3; round += 1) {
      spans.run({}, () => {
        spans.step({}, () => undefined);
        spans.step({}, () => undefined);
      });
    }
    expect(memory.ended).toHaveLength(6);
  });
});

describe('options', () => {
  test('link a detached span to the one that it left, in a trace of its own', () => {
    const origin = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED };
    const parent = spans.run({}, (span) => {
      spans.step({}, () => undefined, { parent: 'none', links: [origin] });
      return span.otel.spanContext();
    });
    const detached = memory.ended[0];
    expect(detached?.parentSpanContext).toBeUndefined();
    expect(detached?.spanContext().traceId).not.toBe(parent.traceId);
    expect(detached?.links.map((link) => link.context.spanId)).toEqual([origin.spanId, parent.spanId]);
  });

  test('put a span below another context', () => {
    const remote = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceFlags: TraceFlags.SAMPLED };
    spans.step({}, () => undefined, { parent: trace.setSpanContext(ROOT_CONTEXT, remote) });
    expect(memory.ended[0]?.parentSpanContext?.spanId).toBe(remote.spanId);
  });
});

describe('a context with spans of the helpers', () => {
  test('keeps the values of others, and shows its own to them', () => {
    const key = Symbol('other');
    spans.run({}, (outer) => {
      const extended = context.active().setValue(key, 1);
      context.with(extended, () => {
        spans.step({}, () => {
          expect(context.active().getValue(key)).toBe(1);
          const without = context.active().deleteValue(key);
          expect(without.getValue(key)).toBeUndefined();
          expect(trace.getSpan(without)?.spanContext().traceId).toBe(outer.otel.spanContext().traceId);
          const foreign = trace.wrapSpanContext({ ...outer.otel.spanContext(), spanId: 'e'.repeat(16) });
          context.with(trace.setSpan(context.active(), foreign), () => {
            spans.step({ step: 3 }, () => undefined);
          });
        });
      });
    });
    const below = memory.ended.find(({ attributes }) => attributes['step'] === 3);
    expect(below?.parentSpanContext?.spanId).toBe('e'.repeat(16));
  });
});

describe('below a span that is not sampled', () => {
  test('nothing is made where the sampler follows the parent, and work runs all the same', () => {
    tracePolicy.followsParent = true;
    const unsampled = trace.wrapSpanContext({
      traceId: 'f'.repeat(32),
      spanId: '1'.repeat(16),
      traceFlags: 0,
    });
    const inner = context.with(trace.setSpan(ROOT_CONTEXT, unsampled), () =>
      spans.run({}, (span) => {
        span.set({ step: 1 });
        span.firstChunk();
        return spans.step({}, ({ otel }) => otel.spanContext().traceId);
      }),
    );
    expect(inner).toBe('f'.repeat(32));
    expect(memory.ended).toHaveLength(0);
  });

  test('a caller of another service decides by what it says, not by what is missing', () => {
    tracePolicy.followsParent = true;
    const remote = trace.setSpanContext(ROOT_CONTEXT, {
      ...{ traceId: 'f'.repeat(32), spanId: '2'.repeat(16) },
      ...{ traceFlags: TraceFlags.SAMPLED, isRemote: true },
    });
    context.with(remote, () => {
      spans.run({}, () => undefined);
    });
    expect(memory.ended).toHaveLength(1);
  });
});

test('switched off, nothing is made', () => {
  tracePolicy.enabled = false;
  expect(spans.run({}, (span) => span.otel.isRecording())).toBe(false);
  expect(memory.ended).toHaveLength(0);
});

test('in development, a child that the spec does not expect is named once', () => {
  tracePolicy.checksNesting = true;
  spans.run({}, () => {
    spans.step({}, () => undefined);
    spans.run({}, () => undefined);
    spans.run({}, () => undefined);
  });
  expect(currentNotes()).toEqual(['span run below run: the spec expects step there; add it to its children']);
});
