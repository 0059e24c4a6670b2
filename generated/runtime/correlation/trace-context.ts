// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context, createTraceState, isSpanContextValid, trace, TraceFlags } from '@opentelemetry/api';
import type { SpanContext } from '@opentelemetry/api';
import { currentScope } from './scope.js';

/** W3C Trace Context; versions after 00 may have more fields behind the four. */
const traceparentForm = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Longer texts are none that a tracer has written. */
const maxTraceparent = 256;
const maxTracestate = 512;

/** A span elsewhere, by the two fields of W3C Trace Context; undefined where the first is not valid. Never throws. */
export function parseTraceContext(traceparent: unknown, tracestate?: unknown): SpanContext | undefined {
  if (typeof traceparent !== 'string' || traceparent.length > maxTraceparent) return undefined;
  const match = traceparentForm.exec(traceparent.trim());
  if (match === null) return undefined;
  const [, version = '', traceId = '', spanId = '', flags = '', rest] = match;
  if (version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  const found: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED,
    isRemote: true,
  };
  if (!isSpanContextValid(found)) return undefined;
  const state = typeof tracestate === 'string' && tracestate.length <= maxTracestate ? tracestate : '';
  return state === '' ? found : { ...found, traceState: createTraceState(state) };
}

/** The two fields of W3C Trace Context for a span. */
export function formatTraceContext(span: SpanContext): {
  readonly traceparent: string;
  readonly tracestate?: string;
} {
  const flags = (span.traceFlags & 0xff).toString(16).padStart(2, '0');
  const traceparent = `00-${span.traceId}-${span.spanId}-${flags}`;
  const tracestate = span.traceState?.serialize() ?? '';
  return tracestate === '' ? { traceparent } : { traceparent, tracestate };
}

/** The span that is active, or else the caller's, which is handed on where no SDK is there. */
export function currentSpan(): SpanContext | undefined {
  const active = trace.getSpanContext(context.active());
  return active !== undefined && isSpanContextValid(active) ? active : currentScope()?.remote;
}
