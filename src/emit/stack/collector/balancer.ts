import type { Model } from '../../../model/model.js';
import type { Stack } from '../../../model/stack.js';
import { otlpPorts } from '../../../stack/ports.js';
import { extensions, memoryLimiter, otlpReceiver, ownTelemetry } from './common.js';
import { fileReceiver, readsFiles } from './log-files.js';
import { clientTls, siteOf, type CollectorOptions, type Place, type Site } from './place.js';

/** The name of the second layer: the certificate of each of its Collectors is good for it. */
const secondLayer = 'collector';

/** How the Collectors of the second layer are found. */
function resolver({ place, options }: Site): object {
  const collectors = options.collectors ?? [];
  switch (place) {
    case 'compose':
      return {
        dns: { hostname: collectors[0] ?? secondLayer, port: String(otlpPorts.grpc), interval: '5s' },
      };
    case 'kubernetes':
      // Told by the API server as soon as a pod is ready or gone; needs a role that may list EndpointSlices.
      return { k8s: { service: collectors[0] ?? secondLayer, ports: [otlpPorts.grpc] } };
    case 'native':
      return { static: { hostnames: collectors } };
  }
}

/** Sends what has one key to one Collector. */
function balancing(site: Site, key: 'traceID' | 'service'): object {
  const tls = clientTls(site);
  return {
    routing_key: key,
    resolver: resolver(site),
    protocol: {
      otlp: {
        // Addresses are found by number, and certificates are for names.
        tls: tls === undefined ? { insecure: true } : { ...tls, server_name_override: secondLayer },
        timeout: '5s',
        // One that is gone is soon given up here, and its share is dealt anew by the queue below.
        sending_queue: { enabled: false },
        retry_on_failure: {
          enabled: true,
          initial_interval: '500ms',
          max_interval: '2s',
          max_elapsed_time: '5s',
        },
      },
    },
    timeout: '10s',
    retry_on_failure: { enabled: true, initial_interval: '1s', max_interval: '30s', max_elapsed_time: '10m' },
    sending_queue: {
      enabled: true,
      sizer: 'bytes',
      queue_size: Math.round(site.stack.collector.memory / 4),
      num_consumers: 8,
    },
  };
}

/**
 * The configuration of the first layer, where several Collectors share the work: it keeps nothing and decides nothing, so that any
 * number of them may stand side by side. All spans of a trace come to one Collector, whichever of these they reach; a service's metrics too,
 * whose series would otherwise be on the pages of several.
 */
export function balancerConfig(
  model: Model,
  stack: Stack,
  place: Place,
  options: CollectorOptions = {},
): object {
  const site = siteOf(stack, place, options);
  const isReading = readsFiles(model, site);
  const extensionsOf = extensions(site);
  const to = {
    traces: 'load_balancing/traces',
    metrics: 'load_balancing/metrics',
    logs: 'load_balancing/logs',
  };
  const processors = ['memory_limiter'];
  return {
    extensions: extensionsOf,
    receivers: { otlp: otlpReceiver(site), ...(isReading ? { file_log: fileReceiver(site) } : {}) },
    processors: { memory_limiter: memoryLimiter(site) },
    exporters: {
      [to.traces]: balancing(site, 'traceID'),
      [to.metrics]: balancing(site, 'service'),
      [to.logs]: balancing(site, 'traceID'),
    },
    service: {
      extensions: Object.keys(extensionsOf),
      telemetry: ownTelemetry(site),
      pipelines: {
        traces: { receivers: ['otlp'], processors, exporters: [to.traces] },
        metrics: { receivers: ['otlp'], processors, exporters: [to.metrics] },
        logs: {
          receivers: ['otlp', ...(isReading ? ['file_log'] : [])],
          processors,
          exporters: [to.logs],
        },
      },
    },
  };
}
