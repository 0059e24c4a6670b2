import { context, isSpanContextValid, trace } from '@opentelemetry/api';
import { currentScope } from '../correlation/scope.js';
import { freeName, ownKeys } from '../logs/line-keys.js';
import { redacted } from '../redaction/rule.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeText } from '../redaction/safe-value.js';

const maxBaggage = 32;

/** What the request adds to each line: the ids of the trace and the span, the correlation id, and the baggage by name. Never throws. */
export function requestFields(redactor: Redactor): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const span = trace.getSpanContext(context.active());
  if (span !== undefined && isSpanContextValid(span)) {
    fields['trace_id'] = span.traceId;
    fields['span_id'] = span.spanId;
  }
  const scope = currentScope();
  if (scope === undefined) return fields;
  fields['correlation_id'] = safeText(scope.correlationId, redactor);
  for (const [wish, value] of Object.entries(scope.baggage).slice(0, maxBaggage)) {
    const name = freeName(
      safeText(wish, redactor),
      'baggage.',
      new Set([...ownKeys, ...Object.keys(fields)]),
    );
    fields[name] = redactor.hides(wish, value) ? redacted : safeText(value, redactor);
  }
  return fields;
}
