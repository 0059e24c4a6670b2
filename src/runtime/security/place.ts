import { context, trace } from '@opentelemetry/api';
import { currentScope } from '../correlation/scope.js';

/** Where an event happened, for a record that is read long after its log line is gone: trace, span and correlation id, as far as there are any. */
export function placeOf(): Readonly<Record<string, string>> {
  const span = trace.getSpanContext(context.active());
  const scope = currentScope();
  return {
    ...(span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId }),
    ...(scope === undefined ? {} : { correlation_id: scope.correlationId }),
  };
}
