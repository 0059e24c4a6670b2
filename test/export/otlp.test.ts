import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { metrics, resources } from '@opentelemetry/sdk-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMetricProducer } from '../../src/runtime/export/producer.js';
import {
  closedLabel,
  counter,
  gauge,
  labelledCounter,
  labelledHistogram,
  openLabel,
} from '../../src/runtime/index.js';
import { attributesOf, metricsOf, startOtlpReceiver } from './otlp-receiver.js';
import type { OtlpMetric, OtlpReceiver } from './otlp-receiver.js';

const scope = 'research-agent';
const outcome = closedLabel({ key: 'o.outcome', values: ['ok', 'failed'] });
let receiver: OtlpReceiver;

beforeAll(async () => {
  receiver = await startOtlpReceiver();
});
afterAll(() => receiver.close());

/** A real SDK with a real exporter, whose reader has our producer. */
function exporting(temporality?: 'cumulative' | 'delta') {
  const reader = new metrics.PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: receiver.url }),
    metricProducers: [createMetricProducer(scope, { temporality })],
    exportIntervalMillis: 3_600_000,
  });
  const resource = resources.resourceFromAttributes({ 'service.name': 'agent-1' });
  const provider = new metrics.MeterProvider({ readers: [reader], resource });
  return {
    push: async (): Promise<Map<string, OtlpMetric>> => {
      const before = receiver.requests.length;
      await reader.forceFlush();
      expect(receiver.requests.length).toBe(before + 1);
      return metricsOf(receiver.requests.at(-1), scope);
    },
    close: () => provider.shutdown(),
  };
}

/** `[labels, value]` of a sum or a gauge, or bucket counts, count and sum of a histogram. */
function valuesOf(metric: OtlpMetric | undefined): unknown[] {
  const points = (metric?.sum ?? metric?.gauge ?? metric?.histogram)?.dataPoints ?? [];
  return points.map((point) => [
    attributesOf(point),
    point.asDouble ?? [point.bucketCounts?.map(Number), Number(point.count), point.sum],
  ]);
}

const runs = labelledCounter({
  name: 'o_runs_total',
  help: 'Runs.',
  labels: { outcome },
});
const duration = labelledHistogram({
  name: 'o_duration_seconds',
  help: 'How long a run takes.',
  labels: { outcome },
  buckets: [0.1, 1, 10],
});
const depth = gauge({ name: 'o_queue_depth', help: 'Waiting.' });

test('cumulative values reach a collector with names, units, labels, buckets and times', async () => {
  const { push, close } = exporting();
  runs.inc({ outcome: 'ok' }, 3);
  duration.observe({ outcome: 'ok' }, 0.05);
  duration.observe({ outcome: 'ok' }, 0.1);
  duration.observe({ outcome: 'ok' }, 100);
  depth.set(7);
  const first = await push();
  expect(first.get('o_runs_total')).toMatchObject({
    ...{ description: 'Runs.', unit: '' },
    sum: { aggregationTemporality: 2, isMonotonic: true },
  });
  expect(valuesOf(first.get('o_runs_total'))).toEqual([[{ outcome: 'ok' }, 3]]);
  expect(first.get('o_duration_seconds')).toMatchObject({
    unit: 's',
    histogram: { aggregationTemporality: 2, dataPoints: [{ explicitBounds: [0.1, 1, 10] }] },
  });
  expect(valuesOf(first.get('o_duration_seconds'))).toEqual([
    [{ outcome: 'ok' }, [[2, 0, 0, 1], 3, 0.05 + 0.1 + 100]],
  ]);
  const [point] = first.get('o_duration_seconds')?.histogram?.dataPoints ?? [];
  expect(point).not.toHaveProperty('min');
  expect(point).not.toHaveProperty('max');
  expect(valuesOf(first.get('o_queue_depth'))).toEqual([[{}, 7]]);

  runs.inc({ outcome: 'failed' });
  const second = await push();
  expect(valuesOf(second.get('o_runs_total'))).toEqual([
    [{ outcome: 'ok' }, 3],
    [{ outcome: 'failed' }, 1],
  ]);
  const [before] = first.get('o_runs_total')?.sum?.dataPoints ?? [];
  const [same, added] = second.get('o_runs_total')?.sum?.dataPoints ?? [];
  expect(same?.startTimeUnixNano).toBe(before?.startTimeUnixNano);
  // Seen first now, so it began after the collection before.
  expect(added?.startTimeUnixNano).toBe(before?.timeUnixNano);
  const [attribute] = receiver.requests.at(-1)?.resourceMetrics[0]?.resource.attributes ?? [];
  expect(attribute).toEqual({ key: 'service.name', value: { stringValue: 'agent-1' } });
  await close();
});

test('deltas reach a collector once each, one interval after the other', async () => {
  const { push, close } = exporting('delta');
  await push();
  runs.inc({ outcome: 'ok' }, 2);
  duration.observe({ outcome: 'ok' }, 5);
  depth.set(7);
  const first = await push();
  expect(first.get('o_runs_total')?.sum).toMatchObject({ aggregationTemporality: 1, isMonotonic: true });
  expect(first.get('o_duration_seconds')?.histogram?.aggregationTemporality).toBe(1);
  expect(valuesOf(first.get('o_runs_total'))).toEqual([[{ outcome: 'ok' }, 2]]);
  expect(valuesOf(first.get('o_duration_seconds'))).toEqual([[{ outcome: 'ok' }, [[0, 0, 1, 0], 1, 5]]]);

  runs.inc({ outcome: 'failed' }, 4);
  const second = await push();
  expect(valuesOf(second.get('o_runs_total'))).toEqual([[{ outcome: 'failed' }, 4]]);
  expect(second.has('o_duration_seconds')).toBe(false);
  expect(valuesOf(second.get('o_queue_depth'))).toEqual([[{}, 7]]);
  const [earlier] = first.get('o_runs_total')?.sum?.dataPoints ?? [];
  const [later] = second.get('o_runs_total')?.sum?.dataPoints ?? [];
  expect(later?.startTimeUnixNano).toBe(earlier?.timeUnixNano);
  await close();
});

test('a label holds its cap, which the limits of the SDK do not know of', async () => {
  const user = openLabel({ key: 'o.user', cap: 20 });
  const visits = labelledCounter({ name: 'o_visits_total', help: 'Visits.', labels: { user } });
  const total = counter({ name: 'o_all_visits_total', help: 'Visits of all.' });
  const { push, close } = exporting();
  for (let index = 0; index < 5000; index += 1) {
    visits.inc({ user: `user-${index}` });
    total.inc();
  }
  const found = await push();
  const points = found.get('o_visits_total')?.sum?.dataPoints ?? [];
  expect(points).toHaveLength(21);
  expect(points.reduce((sum, { asDouble = NaN }) => sum + asDouble, 0)).toBe(5000);
  expect(valuesOf(found.get('o_visits_total'))).toContainEqual([{ user: '__other__' }, 4980]);
  expect(valuesOf(found.get('o_all_visits_total'))).toEqual([[{}, 5000]]);
  expect(valuesOf(found.get('obsgen_label_overflow_total'))).toContainEqual([
    { metric: 'o_visits_total', label: 'user' },
    4980,
  ]);
  await close();
});
