import { telemetry } from '../../../generated/index.js';

const exporters = [
  'OTEL_TRACES_EXPORTER',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
];

/**
 * Starts the telemetry. Without a word of the operator spans would go to a collector on this machine, as the standard has it; an example
 * sends nobody anything, and still has trace ids for log lines and exemplars.
 */
export async function startTelemetry(): Promise<void> {
  if (exporters.every((name) => (process.env[name] ?? '') === ''))
    process.env['OTEL_TRACES_EXPORTER'] = 'none';
  await telemetry.start();
}
