import type { Model } from '../../../model/model.js';
import type { Stack } from '../../../model/stack.js';
import { extensions, memoryLimiter, ownTelemetry } from './common.js';
import { storeExporter } from './exporters.js';
import { fileReceiver, logAttributes } from './log-files.js';
import { logStore, siteOf, type CollectorOptions } from './place.js';
import { contentProcessor, redactionProcessor } from './redaction.js';

/**
 * The configuration of the Collector that stands on every node of a cluster: it reads the log files of the node's containers, which no
 * other pod sees, hides what is secret and sends them to the log store. It listens to nobody.
 */
export function logAgentConfig(model: Model, stack: Stack, options: CollectorOptions = {}): object {
  const site = siteOf(stack, 'kubernetes', options);
  const store = logStore(site);
  const extensionsOf = extensions(site);
  return {
    extensions: extensionsOf,
    receivers: { file_log: fileReceiver(site) },
    processors: {
      memory_limiter: memoryLimiter(site),
      'transform/logs': logAttributes,
      'transform/content': contentProcessor(model),
      redaction: redactionProcessor(model),
    },
    exporters: store === undefined ? {} : { 'otlp_http/logs': storeExporter(site, store) },
    service: {
      extensions: Object.keys(extensionsOf),
      telemetry: ownTelemetry(site),
      pipelines: {
        logs: {
          receivers: ['file_log'],
          processors: ['memory_limiter', 'transform/logs', 'transform/content', 'redaction'],
          exporters: ['otlp_http/logs'],
        },
      },
    },
  };
}
