import { context, metrics as metricsApi, propagation, trace } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { metrics, tracing } from '@opentelemetry/sdk-node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createMetricProducer } from '../../src/runtime/export/producer.js';
import { counter, createTelemetry } from '../../src/runtime/index.js';
import { metricsOf, startOtlpReceiver } from './otlp-receiver.js';
import type { OtlpReceiver } from './otlp-receiver.js';

let receiver: OtlpReceiver;
const jobs = counter({ name: 's_jobs_total', help: 'Jobs.' });

beforeAll(async () => {
  receiver = await startOtlpReceiver();
});
afterAll(() => receiver.close());
afterEach(() => {
  for (const api of [trace, metricsApi, context, propagation]) api.disable();
});

/** A reader as a program makes it, which pushes nothing by itself within this test. */
function reader(): metrics.PeriodicExportingMetricReader {
  return new metrics.PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: receiver.url }),
    metricProducers: [createMetricProducer('agent')],
    exportIntervalMillis: 3_600_000,
  });
}

test.each([
  ['metricReaders', () => ({ metricReaders: [reader()] })],
  ['metricReader, its older name', () => ({ metricReader: reader() })],
])('the end of the telemetry sends the last values to the %s of the SDK', async (_, readers) => {
  const telemetry = createTelemetry({
    service: { name: 'agent' },
    spans: true,
    sampling: { head: 1, environments: [] },
  });
  const before = receiver.requests.length;
  const { tracing: state } = await telemetry.start({
    sdk: {
      ...readers(),
      spanProcessors: [new tracing.NoopSpanProcessor()],
      autoDetectResources: false,
    },
  });
  expect(state).toBe('started');
  jobs.inc();
  expect(await telemetry.shutdown()).toMatchObject({ complete: true });
  const request = receiver.requests[before];
  const sent = metricsOf(request, 'agent').get('s_jobs_total')?.sum?.dataPoints[0]?.asDouble;
  expect(sent).toBe(receiver.requests.length);
  expect(request?.resourceMetrics[0]?.resource.attributes).toContainEqual({
    key: 'service.name',
    value: { stringValue: 'agent' },
  });
});
