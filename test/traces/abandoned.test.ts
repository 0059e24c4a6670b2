import { ROOT_CONTEXT, SpanStatusCode } from '@opentelemetry/api';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { lossAccount } from '../../src/runtime/account.js';
import { openSpans } from '../../src/runtime/traces/open-spans.js';
import { tracePolicy } from '../../src/runtime/traces/tracer.js';
import { memoryProcessor, startSdk } from '../support/memory-tracing.js';
import { spans } from './recorders.js';

const memory = memoryProcessor();
let stop: () => Promise<void>;
beforeAll(() => {
  stop = startSdk(memory);
  vi.useFakeTimers();
});
beforeEach(() => {
  memory.ended.length = 0;
});
afterAll(() => {
  vi.useRealTimers();
  return stop();
});

function lost(reason: string): number {
  return (
    lossAccount.tallies().find(({ metric, detail }) => metric === 'spans' && detail === reason)?.count ?? 0
  );
}

describe('a span that nobody ends', () => {
  test('is given up after the bound, and counted', () => {
    const before = lost('abandoned');
    const span = spans.run.start({});
    const late = spans.run.start({});
    vi.advanceTimersByTime((tracePolicy.abandonSeconds * 1000 * 3) / 4);
    late.end();
    vi.advanceTimersByTime(tracePolicy.abandonSeconds * 1000);
    expect(memory.ended).toHaveLength(2);
    expect(memory.ended[1]?.attributes['obsgen.abandoned']).toBe(true);
    expect(memory.ended[1]?.status.code).toBe(SpanStatusCode.ERROR);
    expect(lost('abandoned')).toBe(before + 1);
    span.end();
    expect(memory.ended).toHaveLength(2);
    expect(openSpans()).toBe(0);
  });

  test('takes no memory without end: the oldest of too many is given up', () => {
    const before = lost('abandoned');
    for (let opened = 0; opened < 20_010; opened += 1) spans.run.start({}, { parent: ROOT_CONTEXT });
    expect(openSpans()).toBe(20_000);
    expect(lost('abandoned')).toBe(before + 10);
    vi.advanceTimersByTime(tracePolicy.abandonSeconds * 2000);
    expect(openSpans()).toBe(0);
    expect(lost('abandoned')).toBe(before + 20_010);
  });
});
