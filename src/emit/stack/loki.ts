import type { Stack } from '../../model/stack.js';
import { apiPorts } from '../../stack/ports.js';
import { readinessServer, serverConfig } from './server-tls.js';

/** Where the image lets its user write. */
export const lokiData = '/loki';

/** Before every log: a store that is there already has to go on reading what it wrote. */
const schemaDate = '2024-04-01';

/**
 * The configuration of Loki as one process that keeps everything below one folder. The compactor deletes what is older than the retention.
 * https://grafana.com/docs/loki/latest/configure/
 */
export function lokiConfig(stack: Stack): object {
  return {
    auth_enabled: stack.access.tenant !== undefined,
    analytics: { reporting_enabled: false },
    server: serverConfig(stack, apiPorts.loki),
    internal_server: readinessServer(stack),
    common: {
      instance_addr: '127.0.0.1',
      path_prefix: lokiData,
      replication_factor: 1,
      ring: { kvstore: { store: 'inmemory' } },
      storage: {
        filesystem: { chunks_directory: `${lokiData}/chunks`, rules_directory: `${lokiData}/rules` },
      },
    },
    schema_config: {
      configs: [
        {
          from: schemaDate,
          store: 'tsdb',
          object_store: 'filesystem',
          schema: 'v13',
          index: { prefix: 'index_', period: '24h' },
        },
      ],
    },
    compactor: {
      working_directory: `${lokiData}/compactor`,
      retention_enabled: true,
      delete_request_store: 'filesystem',
    },
    limits_config: {
      retention_period: stack.logs.retention.text,
      // The id of a trace is there, and no label: it would make a stream of each line.
      allow_structured_metadata: true,
      volume_enabled: true,
    },
  };
}
