import { telemetry } from '../../../generated/index.js';

/** Takes spans and does nothing with them: there are trace ids for log lines and exemplars, and nobody is sent anything. */
const discardSpans = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/** Starts tracing. Spans are exported where OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_TRACES_EXPORTER says so; the SDK alone would try localhost. */
export async function startTelemetry(): Promise<void> {
  const names = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_TRACES_EXPORTER'];
  const isAskedFor = names.some((name) => (process.env[name] ?? '') !== '');
  await telemetry.start(isAskedFor ? {} : { sdk: { spanProcessors: [discardSpans] } });
}
