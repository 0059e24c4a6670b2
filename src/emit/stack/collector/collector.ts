import type { Model } from '../../../model/model.js';
import type { Stack } from '../../../model/stack.js';
import { extensions, memoryLimiter, otlpReceiver, ownTelemetry } from './common.js';
import { metricsPage, storeExporter } from './exporters.js';
import { fileReceiver, logAttributes, readsFiles } from './log-files.js';
import { logStore, siteOf, traceStore, type CollectorOptions, type Place, type Store } from './place.js';
import { contentProcessor, redactionProcessor } from './redaction.js';
import { spanMetrics } from './span-metrics.js';
import { tailSampling } from './tail-sampling.js';

interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors?: readonly string[];
  readonly exporters: readonly string[];
}

const traces = 'otlp_http/traces';
const logs = 'otlp_http/logs';
const page = 'prometheus';

/** A part of the configuration that is only there where it is used. */
function where(
  condition: boolean,
  parts: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return condition ? parts : {};
}

/** Spans are counted as they come, and only then is decided which traces are kept. */
function tracePipelines(isSampled: boolean, store: Store | undefined): Readonly<Record<string, Pipeline>> {
  const received = { receivers: ['otlp'], processors: ['memory_limiter', 'transform/content', 'redaction'] };
  if (store === undefined) return { traces: { ...received, exporters: ['span_metrics'] } };
  if (!isSampled) return { traces: { ...received, exporters: ['span_metrics', traces] } };
  return {
    'traces/received': { ...received, exporters: ['span_metrics', 'forward'] },
    'traces/kept': { receivers: ['forward'], processors: ['tail_sampling'], exporters: [traces] },
  };
}

const metricPipelines: Readonly<Record<string, Pipeline>> = {
  'metrics/spans': { receivers: ['span_metrics'], exporters: [page] },
  metrics: { receivers: ['otlp'], processors: ['memory_limiter', 'redaction'], exporters: [page] },
};

/**
 * The configuration of the Collector: OTLP in, redaction, span metrics, tail sampling, queues, stores.
 * https://opentelemetry.io/docs/collector/configuration/
 */
export function collectorConfig(
  model: Model,
  stack: Stack,
  place: Place,
  options: CollectorOptions = {},
): object {
  const site = siteOf(stack, place, options);
  const traceTo = traceStore(site);
  const logTo = logStore(site);
  const tail = traceTo === undefined ? undefined : stack.tail;
  const isSampled = tail !== undefined;
  // Of several Collectors that see the same files only one may read them, which is the balancer.
  const isAlone = stack.collector.instances === 1;
  const isReading = isAlone && logTo !== undefined && readsFiles(model, site);
  const extensionsOf = extensions(site);
  return {
    extensions: extensionsOf,
    receivers: { otlp: otlpReceiver(site), ...where(isReading, { file_log: fileReceiver(site) }) },
    processors: {
      memory_limiter: memoryLimiter(site),
      'transform/content': contentProcessor(model),
      redaction: redactionProcessor(model),
      ...where(logTo !== undefined, { 'transform/logs': logAttributes }),
      ...(tail === undefined ? {} : { tail_sampling: tailSampling(tail, stack.collector.instances) }),
    },
    connectors: { span_metrics: spanMetrics(model, stack), ...where(isSampled, { forward: {} }) },
    exporters: {
      ...(traceTo === undefined ? {} : { [traces]: storeExporter(site, traceTo) }),
      ...(logTo === undefined ? {} : { [logs]: storeExporter(site, logTo) }),
      [page]: metricsPage(site),
    },
    service: {
      extensions: Object.keys(extensionsOf),
      telemetry: ownTelemetry(site),
      pipelines: {
        ...tracePipelines(isSampled, traceTo),
        ...metricPipelines,
        ...where(logTo !== undefined, {
          logs: {
            receivers: ['otlp', ...(isReading ? ['file_log'] : [])],
            processors: ['memory_limiter', 'transform/logs', 'transform/content', 'redaction'],
            exporters: [logs],
          },
        }),
      },
    },
  };
}
