import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startHttpReceiver, type Receiver } from '../../sdk/receiver.js';
import { analyseTrace } from '../../../src/inspect/trace/analysis/analyse-trace.js';
import { conventionalVocabulary } from '../../../src/inspect/trace/analysis/vocabulary.js';
import { readBytes } from '../../../src/inspect/trace/read/bytes.js';
import { Intake } from '../../../src/inspect/trace/read/intake.js';
import { tracesOf } from '../../../src/inspect/trace/tree/build.js';

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startHttpReceiver();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await receiver.stop();
});

it('reads what the SDK exports: times, parents, kinds, attributes, events, links', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/json');
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', receiver.url);
  vi.stubEnv('OTEL_SERVICE_NAME', 'research');
  const sdk = new NodeSDK({ metricReaders: [], logRecordProcessors: [] });
  sdk.start();
  const tracer = trace.getTracer('test');
  const at = (milliseconds: number): number => 1_760_000_000_000 + milliseconds;
  const run = tracer.startSpan('agent.run', {
    startTime: at(0),
    attributes: { 'gen_ai.agent.name': 'planner' },
  });
  const below = trace.setSpan(context.active(), run);
  const call = tracer.startSpan(
    'chat',
    {
      ...{ startTime: at(10), kind: SpanKind.CLIENT, links: [{ context: run.spanContext() }] },
      attributes: {
        'gen_ai.request.model': 'large',
        'gen_ai.usage.input_tokens': 42,
        'gen_ai.usage.cost': 0.25,
      },
    },
    below,
  );
  call.recordException({ name: 'RateLimitError', message: 'too many requests' }, at(80));
  call.setStatus({ code: SpanStatusCode.ERROR, message: 'given up' });
  call.end(at(90));
  run.end(at(100));
  await sdk.shutdown();
  const intake = new Intake(100);
  for (const body of receiver.bodies) readBytes(body, intake);
  const [found, ...others] = tracesOf({ spans: intake.spans, dateOf: intake.dateOf.bind(intake) });
  expect(others).toEqual([]);
  if (found === undefined) throw new Error('there is no trace');
  const { path, failures, usage, byAgent } = analyseTrace(found, {
    words: conventionalVocabulary,
    leastGap: undefined,
    prices: undefined,
  });
  expect(found.id).toBe(run.spanContext().traceId);
  expect(found.startedAt).toBe(at(0));
  expect(found.spans.map(({ name, kind, service }) => [name, kind, service])).toEqual([
    ['agent.run', 'internal', 'research'],
    ['chat', 'client', 'research'],
  ]);
  expect(path.segments).toEqual([
    { span: 0, from: 0, to: 10e6 },
    { span: 1, from: 10e6, to: 90e6 },
    { span: 0, from: 90e6, to: 100e6 },
  ]);
  expect(failures).toEqual([
    { span: 1, above: [], reachesRoot: false, type: 'RateLimitError', message: 'too many requests' },
  ]);
  expect(usage).toMatchObject([{ agent: 'planner', model: 'large', inputTokens: 42, cost: 0.25 }]);
  expect(byAgent).toMatchObject([{ key: 'planner', count: 2 }]);
  expect(found.notes).toMatchObject([{ kind: 'links', count: 1 }]);
});
