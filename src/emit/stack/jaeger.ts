import type { Stack } from '../../model/stack.js';
import { apiPorts, collectorPorts, otlpPorts } from '../../stack/ports.js';
import { goDuration } from './collector/escape.js';
import { receiverTls } from './server-tls.js';

/** The one folder that the image lets its user write to. */
export const jaegerData = '/tmp';

/** Where Jaeger says how it is. */
export const jaegerHealth = { port: collectorPorts.health, path: '/status' } as const;

const store = 'traces';

/**
 * The configuration of Jaeger 2, which is a Collector that stores: Badger on disk, which forgets a span when its time is over.
 * https://www.jaegertracing.io/docs/2.20/deployment/configuration/
 */
export function jaegerConfig(stack: Stack): object {
  const tls = receiverTls(stack);
  const folder = `${jaegerData}/jaeger`;
  const extensions = {
    // Without TLS: whoever asks a container how it is has no certificate, and hears nothing but how it is.
    healthcheckv2: { use_v2: true, http: { endpoint: `0.0.0.0:${jaegerHealth.port}` } },
    jaeger_storage: {
      backends: {
        [store]: {
          badger: {
            ephemeral: false,
            directories: { keys: `${folder}/keys`, values: `${folder}/values` },
            ttl: { spans: goDuration(stack.traces.retention.seconds) },
          },
        },
      },
    },
    jaeger_query: {
      storage: { traces: store },
      http: { endpoint: `0.0.0.0:${apiPorts.jaeger}`, tls },
      // Asked by nobody.
      grpc: { endpoint: '127.0.0.1:16685' },
    },
  };
  return {
    extensions,
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `0.0.0.0:${otlpPorts.grpc}`, tls },
          http: { endpoint: `0.0.0.0:${otlpPorts.http}`, tls },
        },
      },
    },
    processors: { batch: {} },
    exporters: { jaeger_storage_exporter: { trace_storage: store } },
    service: {
      extensions: Object.keys(extensions),
      pipelines: {
        traces: { receivers: ['otlp'], processors: ['batch'], exporters: ['jaeger_storage_exporter'] },
      },
      telemetry: {
        resource: { 'service.name': 'jaeger' },
        logs: { level: 'warn' },
        metrics: {
          level: 'normal',
          readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: collectorPorts.own } } } }],
        },
      },
    },
  };
}
