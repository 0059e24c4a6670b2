// An update that an OpenTelemetry reader exports: the SDK's own counter, and ours, which the reader gets from our MetricProducer.
import { AggregationTemporality, InMemoryMetricExporter } from '@opentelemetry/sdk-metrics';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { importHelpers } from './helpers.mjs';
import { flags, measureCalls } from './loop.mjs';
import { mask, texts } from './random.mjs';
import { valuesOf } from './spec.mjs';

const methods = texts(1, valuesOf('method'));
const statuses = texts(2, valuesOf('status'));
/** Longer than any measurement: the export at the end is the only one. */
const exportIntervalMillis = 3_600_000;

/** An SDK, and how many calls it exports. */
function sdkWith(metricProducers) {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis, metricProducers });
  const provider = new MeterProvider({ readers: [reader] });
  return {
    meter: provider.getMeter('bench'),
    async total() {
      await provider.forceFlush();
      const metrics = exporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
      await provider.shutdown();
      const points = metrics.filter(({ descriptor }) => descriptor.name === 'requests_total');
      return points.flatMap(({ dataPoints }) => dataPoints).reduce((sum, { value }) => sum + value, 0);
    },
  };
}

export const cases = {
  'otlp/ours': {
    flags,
    run: async ({ helpers }) => {
      const { metrics, telemetry } = await importHelpers(helpers);
      const { requestsTotal } = metrics;
      const { total } = sdkWith([telemetry.metricProducer()]);
      const run = (calls) => {
        for (let i = 0; i < calls; i += 1)
          requestsTotal.inc({ method: methods[i & mask], status: statuses[i & mask] });
      };
      return measureCalls({ run, total });
    },
  },
  'otlp/@opentelemetry/sdk-metrics': {
    flags,
    run: () => {
      const { meter, total } = sdkWith([]);
      const requestsTotal = meter.createCounter('requests_total');
      const run = (calls) => {
        for (let i = 0; i < calls; i += 1)
          requestsTotal.add(1, { method: methods[i & mask], status: statuses[i & mask] });
      };
      return measureCalls({ run, total });
    },
  },
};
