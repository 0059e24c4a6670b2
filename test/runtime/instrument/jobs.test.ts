import { trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { createCorrelation } from '../../../src/runtime/correlation/index.js';
import { keepContext, traceCall } from '../../../src/runtime/instrument/index.js';
import { useTracing } from '../../agents/tracing.js';
import { generated } from './helpers.js';

const { spans } = generated;
const tracing = useTracing();

test('a handler whose context is kept works in the place that a job brings', async () => {
  const correlation = createCorrelation({ header: 'x-id', accept: [], propagateTo: [], baggage: ['tenant'] });
  const seen: unknown[] = [];
  const handle = async (job: { readonly data: object }): Promise<number> => {
    await Promise.resolve();
    seen.push([correlation.current()?.id, correlation.current()?.baggage, job.data]);
    return traceCall(spans.y, () => seen.length);
  };
  // As a service does when it starts: outside of any request.
  const kept = keepContext(handle);
  expect(kept).not.toBe(handle);
  const job = traceCall(spans.x, () =>
    correlation.run({ id: 'request-1', baggage: { tenant: 't' } }, () => correlation.injectJob({ to: 'a' })),
  );
  // Through a queue: as text.
  const sent = JSON.parse(JSON.stringify(job)) as typeof job;
  expect(await kept({ data: sent })).toBe(1);
  expect(seen[0]).toEqual(['request-1', { tenant: 't' }, sent]);
  const [queued] = tracing.named('x');
  expect(tracing.named('y')[0]?.parentSpanContext?.spanId).toBe(queued?.spanContext().spanId);

  // What brings none is handled where the handler was made; what nobody has put there is no place.
  const inside = correlation.run({ id: 'request-2' }, () => keepContext(handle));
  await inside({ data: { _correlation: 'text' } });
  await inside({ data: { _correlation: { traceparent: 'no', correlationId: 'request-3' } } });
  expect(seen.slice(1).map((each) => (each as unknown[])[0])).toEqual(['request-2', 'request-3']);
  expect(trace.getActiveSpan()).toBeUndefined();
  const failing = keepContext((job: object): number => {
    if (Object.hasOwn(job, 'none')) return 0;
    throw new RangeError('no');
  });
  expect(() => failing(sent)).toThrow(RangeError);
});
