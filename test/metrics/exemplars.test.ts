import { context, trace, TraceFlags } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { counter, histogram, labelledHistogram, openLabel } from '../../src/runtime/index.js';
import { familyOf } from './family.js';

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});

afterAll(() => {
  context.disable();
});

const traceId = (number: number): string => String(number).padStart(32, '0');

/** Runs a function inside a span of a trace with that number. */
function inTrace(number: number, work: () => void, traceFlags = TraceFlags.SAMPLED): void {
  const span = trace.wrapSpanContext({ traceId: traceId(number), spanId: '00000000000000ab', traceFlags });
  context.with(trace.setSpan(context.active(), span), work);
}

/** The numbers of the traces that the buckets of a row have, and the values they stand for. */
function tracesOf(name: string, row: number, buckets: number): (readonly [number, number] | undefined)[] {
  return Array.from({ length: buckets }, (_, bucket) => {
    const exemplar = familyOf(name).exemplar(row, bucket);
    return exemplar && ([Number(exemplar.labelSet.trace_id), exemplar.value] as const);
  });
}

describe('exemplars', () => {
  test('are taken once for each bucket between two readings, and kept until there is another', () => {
    const name = 'exemplars_seconds';
    const time = histogram({ name, help: 'Time.', buckets: [1, 2], exemplars: true });
    inTrace(1, () => {
      time.observe(0.5);
    });
    inTrace(2, () => {
      time.observe(0.6);
      time.observe(9);
    });
    expect(tracesOf(name, 0, 3)).toEqual([[1, 0.5], undefined, [2, 9]]);
    familyOf(name).refresh();
    expect(tracesOf(name, 0, 3)).toEqual([[1, 0.5], undefined, [2, 9]]);
    inTrace(3, () => {
      time.observe(1.5);
      time.observe(0.7);
    });
    inTrace(4, () => {
      time.observe(0.8);
    });
    expect(tracesOf(name, 0, 3)).toEqual([
      [3, 0.7],
      [3, 1.5],
      [2, 9],
    ]);
    expect(familyOf(name).exemplar(0, 0)?.labelSet.span_id).toBe('00000000000000ab');
  });

  test('come from sampled spans only, and a value outside of one does not use up the turn', () => {
    const name = 'exemplars_total';
    const pages = counter({ name, help: 'Pages.', exemplars: true });
    pages.inc();
    inTrace(
      5,
      () => {
        pages.inc();
      },
      TraceFlags.NONE,
    );
    expect(tracesOf(name, 0, 1)).toEqual([undefined]);
    inTrace(6, () => {
      pages.inc(4);
      pages.inc(NaN);
    });
    expect(tracesOf(name, 0, 1)).toEqual([[6, 4]]);
  });

  test('go with their row, and the next one is taken at once', () => {
    const queue = openLabel({ key: 'exemplars.queue', cap: 1 });
    const name = 'exemplars_queue_seconds';
    const time = labelledHistogram({ name, help: 'Time.', labels: { queue }, buckets: [1], exemplars: true });
    inTrace(7, () => {
      time.observe({ queue: 'a' }, 0.5);
      time.observe({ queue: 'b' }, 0.25);
    });
    expect([tracesOf(name, 1, 2), tracesOf(name, 0, 2)]).toEqual([
      [[7, 0.5], undefined],
      [[7, 0.25], undefined],
    ]);
    time.remove({ queue: 'a' });
    expect([tracesOf(name, 1, 2), tracesOf(name, 0, 2)]).toEqual([
      [undefined, undefined],
      [[7, 0.25], undefined],
    ]);
    inTrace(8, () => {
      time.observe({ queue: 'a' }, 0.125);
    });
    expect(tracesOf(name, 1, 2)).toEqual([[8, 0.125], undefined]);
  });

  test('are not kept where the spec asks for none', () => {
    const time = histogram({ name: 'exemplars_none_seconds', help: 'Time.', buckets: [1] });
    inTrace(9, () => {
      time.observe(0.5);
    });
    expect(tracesOf('exemplars_none_seconds', 0, 2)).toEqual([undefined, undefined]);
    expect(familyOf('exemplars_none_seconds').hasExemplars).toBe(false);
  });
});
