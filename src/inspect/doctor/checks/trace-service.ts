import { defineCheck, type Context } from '../check.js';
import { arrivedSpans, storeTitle, traceWait, type StoredSpan } from '../traces.js';
import { failed, notAsked, ok, warning, type Outcome } from '../verdict.js';

/** The spans of the service itself. */
function ofService(context: Context, spans: readonly StoredSpan[]): readonly StoredSpan[] {
  return spans.filter(({ service }) => service === context.model.service.name);
}

function names(spans: readonly StoredSpan[]): string {
  return [...new Set(spans.map(({ name, service }) => `${name} of ${service}`))].slice(0, 5).join(', ');
}

async function run(context: Context): Promise<Outcome> {
  const store = storeTitle(context);
  const { name } = context.model.service;
  const journey = await context.journey();
  const known = context.model.spans;
  const isExpected = (span: StoredSpan): boolean => known.size === 0 || known.has(span.name);
  const spans = await arrivedSpans(context, journey.traceId, (each) =>
    ofService(context, each).some(isExpected),
  );
  const own = ofService(context, spans);
  const expected = own.find(isExpected);
  const asked = `${journey.request} (status ${journey.status})`;
  if (expected !== undefined) return ok(`${asked}: the span ${expected.name} is in ${store}`);
  if (own.length > 0)
    return failed(
      `${asked}: ${store} has spans of the trace, and none that the spec names: ${names(own)}`,
      'look whether the service runs the helpers of another version of the spec',
    );
  if (spans.length > 0)
    return failed(
      `${asked}: ${store} has the trace, and no span of it has the service.name ${name}: ${names(spans)}`,
      'look whether OTEL_SERVICE_NAME or OTEL_RESOURCE_ATTRIBUTES give the service another name',
    );
  // Where a probe does not arrive either, that is where to look.
  const probe = await context.outcome('trace.probe');
  if (probe.verdict === 'failed')
    return notAsked('because a span sent straight to the Collector does not arrive either');
  const seen = `${asked}: no span of it in ${store} after ${traceWait(context)} s (trace ${journey.traceId})`;
  if (!journey.named)
    return warning(
      seen,
      'health checks are often not traced: name a request that is, with --request METHOD PATH',
    );
  return failed(
    seen,
    'the half from the service to the Collector is broken: look at OTEL_EXPORTER_OTLP_ENDPOINT of the service, at its log, and whether its sampling heeds the sampled flag of the caller',
  );
}

export const traceServiceCheck = defineCheck({
  id: 'trace.service',
  question: 'Does a request to the service become a trace in the store?',
  needs: ['service', 'collector'],
  needsOneOf: ['tempo', 'jaeger'],
  run,
});
