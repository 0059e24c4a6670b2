// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context, trace, TraceFlags } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import { unixSeconds } from '../host.js';

/** A trace that stands for a value, as prom-client prints it in the OpenMetrics format. */
export interface Exemplar {
  readonly labelSet: { readonly trace_id: string; readonly span_id: string };
  readonly value: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** The span whose metrics are being recorded; so an ended span need not be made active once more. */
let recording: Span | undefined;

/** Runs updates whose exemplars name a span, whatever span is active; undefined: the active one. */
export function withExemplarsOf(span: Span | undefined, update: () => void): void {
  recording = span;
  try {
    update();
  } finally {
    recording = undefined;
  }
}

/** The exemplar of a value recorded now; undefined outside of sampled spans, whose trace nobody could look up. */
export function exemplarOf(value: number): Exemplar | undefined {
  const span = recording?.spanContext() ?? trace.getSpanContext(context.active());
  if (span === undefined || (span.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  return { labelSet: { trace_id: span.traceId, span_id: span.spanId }, value, timestamp: unixSeconds() };
}

/** The exemplars of a metric: for each bucket one between two readings, so that most updates only compare two numbers. */
export class Exemplars {
  private readonly buckets: number;
  private readonly kept: (Exemplar | undefined)[] = [];
  /** By bucket, the reading before which its exemplar was taken. */
  private readings = new Uint32Array(0);
  private reading = 1;

  constructor(buckets: number) {
    this.buckets = buckets;
  }

  offer(row: number, bucket: number, value: number): void {
    const slot = row * this.buckets + bucket;
    if (this.readings[slot] !== this.reading) this.take(slot, value);
  }

  of(row: number, bucket: number): Exemplar | undefined {
    return this.kept[row * this.buckets + bucket];
  }

  /** Lets each bucket take a new exemplar; the old one is shown until there is one. */
  nextReading(): void {
    this.reading += 1;
  }

  /** Forgets those of a row. */
  clear(row: number): void {
    for (let slot = row * this.buckets; slot < (row + 1) * this.buckets; slot += 1) {
      if (this.kept[slot] !== undefined) this.kept[slot] = undefined;
      if (slot < this.readings.length) this.readings[slot] = 0;
    }
  }

  private take(slot: number, value: number): void {
    const exemplar = exemplarOf(value);
    if (exemplar === undefined) return;
    if (slot >= this.readings.length) {
      const larger = new Uint32Array(Math.max(2 * this.readings.length, slot + 1));
      larger.set(this.readings);
      this.readings = larger;
    }
    this.kept[slot] = exemplar;
    this.readings[slot] = this.reading;
  }
}
