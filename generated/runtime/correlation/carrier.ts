// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { Context, SpanContext } from '@opentelemetry/api';
import { formatBaggage, noBaggage, parseBaggage } from './baggage.js';
import type { Definition } from './definition.js';
import { acceptedId, newId } from './id.js';
import { currentScope } from './scope.js';
import type { Scope } from './scope.js';
import { currentSpan, formatTraceContext, parseTraceContext } from './trace-context.js';

/** A request's place, as texts that can travel in anything: the data of a job, a message, a worker. */
export interface Carrier {
  readonly traceparent?: string;
  readonly tracestate?: string;
  readonly baggage?: string;
  readonly correlationId?: string;
}

/** What was found in a carrier. */
export interface Carried {
  readonly span: SpanContext | undefined;
  readonly scope: Scope;
}

/** The place of the caller. Nothing of it is there that the request does not have. */
export function pack(definition: Definition, withBaggage: boolean): Carrier {
  const scope = currentScope();
  const span = currentSpan();
  const baggage = withBaggage ? formatBaggage(scope?.baggage, definition.baggage) : '';
  return {
    ...(span === undefined ? {} : formatTraceContext(span)),
    ...(baggage === '' ? {} : { baggage }),
    ...(scope === undefined ? {} : { correlationId: scope.correlationId }),
  };
}

/** Reads a carrier that anybody may have written: what is not valid is passed over. Never throws. */
export function unpack(definition: Definition, carrier: unknown): Carried {
  const span = parseTraceContext(field(carrier, 'traceparent'), field(carrier, 'tracestate'));
  const correlationId = acceptedId(field(carrier, 'correlationId')) ?? span?.traceId ?? newId();
  const baggage = parseBaggage(field(carrier, 'baggage'), definition.baggage);
  return { span, scope: { correlationId, baggage, remote: span } };
}

/** The context below a span elsewhere, and below nothing else: what goes on here is none of its work. */
export function contextBelow(span: SpanContext | undefined): Context {
  return span === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, span);
}

/** The scope for work that has no request: the present one, or a new one named after the active trace. */
export function scopeNow(): Scope {
  const span = trace.getSpanContext(context.active());
  return currentScope() ?? { correlationId: span?.traceId ?? newId(), baggage: noBaggage };
}

/** A field of anything; undefined where it has none or does not let it be read. */
export function field(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined;
  try {
    return Object.prototype.hasOwnProperty.call(holder, name)
      ? (holder as Readonly<Record<string, unknown>>)[name]
      : undefined;
  } catch {
    return undefined;
  }
}
