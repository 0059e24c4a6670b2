import { context, trace, TraceFlags } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LabelledCounter, LabelledHistogram } from '../../../src/runtime/index.js';
import { familyOf } from '../../metrics/family.js';
import { generated } from './generated.js';

const spec = `
version: 1
service: { name: exemplars, owner: team }
labels: { outcome: { description: How it ended., values: [ok, failed] } }
metrics:
  traced_total: { type: counter, help: Traced., labels: [outcome], exemplars: true }
  traced_seconds: { type: histogram, help: Traced., labels: [outcome], buckets: [1, 2], exemplars: true }
  plain_seconds: { type: histogram, help: Plain., labels: [outcome], buckets: [1, 2] }
`;

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});

afterAll(() => {
  context.disable();
});

test('helpers take exemplars where the spec asks for them', () => {
  const { metrics } = generated(spec);
  interface Of {
    outcome: 'ok' | 'failed';
  }
  const total = metrics['tracedTotal'] as LabelledCounter<Of>;
  const seconds = metrics['tracedSeconds'] as LabelledHistogram<Of>;
  const plain = metrics['plainSeconds'] as LabelledHistogram<Of>;
  const traceId = '0123456789abcdef0123456789abcdef';
  const span = trace.wrapSpanContext({
    traceId,
    spanId: '0123456789abcdef',
    traceFlags: TraceFlags.SAMPLED,
  });
  context.with(trace.setSpan(context.active(), span), () => {
    total.inc({ outcome: 'failed' }, 3);
    seconds.observe({ outcome: 'failed' }, 1.5);
    plain.observe({ outcome: 'failed' }, 1.5);
  });
  expect(familyOf('traced_total').exemplar(1, 0)).toMatchObject({
    value: 3,
    labelSet: { trace_id: traceId },
  });
  expect(familyOf('traced_seconds').exemplar(1, 1)).toMatchObject({
    value: 1.5,
    labelSet: { trace_id: traceId },
  });
  expect(familyOf('plain_seconds').exemplar(1, 1)).toBeUndefined();
});
