// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { SpanStatusCode } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import { isError } from '../is-error.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeText } from '../redaction/safe-value.js';

/** Tells a span what was thrown: status, `error.type` and the exception, without secrets. */
export function describeFailure(span: Span, error: unknown, redactor: Redactor): void {
  const known = isError(error) ? error : undefined;
  const message = safeText(known === undefined ? printable(error) : known.message, redactor);
  const name = known === undefined ? typeof error : known.name;
  const stack = typeof known?.stack === 'string' ? safeText(known.stack, redactor) : undefined;
  span.setAttribute('error.type', name);
  span.recordException(stack === undefined ? { name, message } : { name, message, stack });
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

/** A text for what was thrown and is no error. */
function printable(thrown: unknown): string {
  return typeof thrown === 'string' || typeof thrown === 'number'
    ? String(thrown)
    : `thrown ${typeof thrown}`;
}
