import type { Stack } from '../../model/stack.js';
import { apiPorts, otlpPorts } from '../../stack/ports.js';
import { readinessServer, receiverTls, serverConfig } from './server-tls.js';

/** Where the image lets its user write. */
export const tempoData = '/var/tempo';

/**
 * The configuration of Tempo 3 as one process that keeps everything below one folder. It makes no metrics: the Collector does, before it
 * samples. https://grafana.com/docs/tempo/latest/configuration/
 */
export function tempoConfig(stack: Stack): object {
  const tls = receiverTls(stack);
  return {
    multitenancy_enabled: stack.access.tenant === undefined ? undefined : true,
    server: serverConfig(stack, apiPorts.tempo),
    internal_server: readinessServer(stack),
    distributor: {
      receivers: {
        otlp: {
          protocols: {
            grpc: { endpoint: `0.0.0.0:${otlpPorts.grpc}`, tls },
            http: { endpoint: `0.0.0.0:${otlpPorts.http}`, tls },
          },
        },
      },
    },
    // It finds itself by a ring, as several would find each other; its own gRPC, and what the ring is told by, are on loopback.
    live_store: { ring: { instance_addr: '127.0.0.1' } },
    memberlist: { bind_addr: ['127.0.0.1'] },
    storage: {
      trace: {
        backend: 'local',
        wal: { path: `${tempoData}/wal` },
        local: { path: `${tempoData}/blocks` },
      },
    },
    overrides: { defaults: { compaction: { block_retention: stack.traces.retention.text } } },
    usage_report: { reporting_enabled: false },
  };
}
