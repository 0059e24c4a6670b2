import { context, trace, TraceFlags } from '@opentelemetry/api';
import { unixSeconds } from '../host.js';

/** A trace that stands for a value, as prom-client prints it in the OpenMetrics format. */
export interface Exemplar {
  readonly labelSet: { readonly trace_id: string; readonly span_id: string };
  readonly value: number;
  readonly timestamp: number;
}

/** The exemplar of a value recorded now; undefined outside of sampled spans, whose trace nobody could look up. */
export function exemplarOf(value: number): Exemplar | undefined {
  const span = trace.getSpanContext(context.active());
  if (span === undefined || (span.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  return { labelSet: { trace_id: span.traceId, span_id: span.spanId }, value, timestamp: unixSeconds() };
}
