import { trace } from '@opentelemetry/api';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { logRecordEmitter } from '../../src/runtime/sdk/log-records.js';
import type { ArrivedSpan } from './otlp-decode.js';
import { startGrpcReceiver, startHttpReceiver } from './receiver.js';
import type { Receiver } from './receiver.js';
import { isolated, lost, request, service } from './service.js';

isolated();
let receiver: Receiver | undefined;
afterEach(async () => {
  await receiver?.stop();
  receiver = undefined;
});

const protocols = [
  ['http/protobuf', startHttpReceiver],
  ['http/json', startHttpReceiver],
  ['grpc', startGrpcReceiver],
] as const;

describe.each(protocols)('over %s', (protocol, start) => {
  async function arriving(): Promise<Receiver> {
    receiver = await start();
    vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', protocol);
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', receiver.url);
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-tenant=agents');
    return receiver;
  }

  test('a thousand of a thousand spans arrive, with the names of the service and under their parents', async () => {
    const { spans, headers } = await arriving();
    const telemetry = service();
    expect(await telemetry.start({ environment: 'staging' })).toEqual({
      tracing: 'started',
      environment: 'staging',
    });
    const answers = await Promise.all(Array.from({ length: 500 }, (_, index) => request(index)));
    expect(answers).toEqual(Array.from({ length: 500 }, (_, index) => index));
    expect(await telemetry.shutdown()).toMatchObject({ complete: true, lost: [] });
    expect(spans).toHaveLength(1000);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(1000);
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const runs = spans.filter(({ name }) => name === 'research.run');
    expect(runs).toHaveLength(500);
    expect(new Set(runs.map(({ traceId }) => traceId)).size).toBe(500);
    for (const span of spans) {
      const parent: ArrivedSpan | undefined = byId.get(span.parentId);
      if (span.name === 'research.run') expect(span.parentId).toBe('');
      else expect([parent?.name, parent?.traceId]).toEqual(['research.run', span.traceId]);
      expect(span.scope).toBe('research-agent');
    }
    expect(spans[0]?.resource).toMatchObject({
      'service.name': 'research-agent',
      'service.namespace': 'agents',
      'deployment.environment.name': 'staging',
    });
    expect(headers[0]).toMatchObject({ 'x-tenant': 'agents' });
    expect(lost('spans')).toEqual({});
  });

  test('what was exported is counted, in sum with what was lost all that ended', async () => {
    const { spans } = await arriving();
    vi.stubEnv('OTEL_BSP_MAX_QUEUE_SIZE', '100');
    vi.stubEnv('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '30');
    const telemetry = service();
    await telemetry.start();
    // More than the queue has room for, in one turn.
    await Promise.all(Array.from({ length: 200 }, (_, index) => request(index)));
    await telemetry.shutdown();
    const { exported, lost: gone } = telemetry.stats().tracing.queues[0] ?? { exported: -1, lost: -1 };
    expect(exported).toBe(spans.length);
    expect(exported + gone).toBe(400);
    expect(lost('spans')).toEqual({ queue_full: gone });
    expect(gone).toBeGreaterThan(0);
  });
});

describe('log records', () => {
  test.each([
    ['http/protobuf', startHttpReceiver],
    ['grpc', startGrpcReceiver],
  ] as const)('arrive over %s with the span they belong to', async (protocol, start) => {
    receiver = await start();
    vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', protocol);
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', receiver.url);
    vi.stubEnv('OTEL_LOGS_EXPORTER', 'otlp');
    const telemetry = service();
    expect(logRecordEmitter()).toBeUndefined();
    await telemetry.start();
    const span = trace.getTracer('research-agent').startSpan('work');
    logRecordEmitter()?.({
      timeMilliseconds: 1_700_000_000_250,
      severity: 'warn',
      eventName: 'tool.denied',
      body: 'tool call denied by policy',
      attributes: { tool: 'search', count: 3 },
      context: trace.setSpan((await import('@opentelemetry/api')).ROOT_CONTEXT, span),
    });
    span.end();
    expect(await telemetry.shutdown()).toMatchObject({ complete: true });
    expect(logRecordEmitter()).toBeUndefined();
    expect(receiver.records).toMatchObject([
      {
        body: 'tool call denied by policy',
        severity: 'WARN',
        eventName: 'tool.denied',
        traceId: span.spanContext().traceId,
        spanId: span.spanContext().spanId,
        attributes: { tool: 'search', count: 3 },
      },
    ]);
    expect(receiver.records[0]?.resource['service.name']).toBe('research-agent');
    expect(receiver.spans.map(({ name }) => name)).toEqual(['work']);
  });

  test('are not made where the operator asks for none', async () => {
    const telemetry = service();
    vi.stubEnv('OTEL_TRACES_EXPORTER', 'none');
    await telemetry.start();
    expect(logRecordEmitter()).toBeUndefined();
    await telemetry.shutdown();
  });
});
