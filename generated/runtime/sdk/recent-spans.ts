// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { createRedactor } from '../redaction/redactor.js';
import type { Redactor } from '../redaction/redactor.js';
import { shared } from '../shared.js';
import { isOwn } from './own-scopes.js';
import type { ReadableSpan } from './readable.js';
import { scrubbedOwnSpan } from './scrub.js';

/** One of the last spans that ended, for people who look into a running service. */
export interface RecentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Undefined at the root. */
  readonly parentSpanId: string | undefined;
  /** Seconds since 1970. */
  readonly startTime: number;
  readonly durationSeconds: number;
  readonly status: 'unset' | 'ok' | 'error';
  /** Those of the spec's spans; none of spans that other instrumentations have made. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Ring {
  /** 0: none are kept. */
  capacity: number;
  spans: ReadableSpan[];
  next: number;
  /** Hides what the spec asks for as well, from the start of the SDK on. */
  redactor: Redactor | undefined;
}

const maxCapacity = 1000;
const statuses = ['unset', 'ok', 'error'] as const;

const ring = shared('recent spans', (): Ring => ({
  ...{ capacity: 0, spans: [], next: 0 },
  redactor: undefined,
}));

/** Keeps the last spans that end from now on, where the SDK was started by the runtime; 0 keeps none, and costs nothing. */
export function keepRecentSpans(count = 100): void {
  ring.capacity = Math.max(0, Math.min(Math.trunc(count), maxCapacity));
  ring.spans = [];
  ring.next = 0;
}

/** Says how secrets are found in what is shown: a program can have put some onto a span by OpenTelemetry's own calls. */
export function redactRecentSpans(redactor: Redactor): void {
  ring.redactor = redactor;
}

/** Whether spans are kept. */
export function keepsRecentSpans(): boolean {
  return ring.capacity > 0;
}

/** Notes a span that has ended. */
export function addRecentSpan(span: ReadableSpan): void {
  ring.spans[ring.next] = span;
  ring.next = ring.next + 1 < ring.capacity ? ring.next + 1 : 0;
}

/** The last spans that ended, the latest first. */
export function recentSpans(): readonly RecentSpan[] {
  return [...ring.spans.slice(ring.next), ...ring.spans.slice(0, ring.next)].reverse().map(described);
}

function described(span: ReadableSpan): RecentSpan {
  const { traceId, spanId } = span.spanContext();
  const isOurs = isOwn(span);
  const shown = isOurs ? scrubbedOwnSpan(span, (ring.redactor ??= createRedactor(undefined, 'span'))) : span;
  return {
    name: isOurs ? shown.name : span.instrumentationScope.name,
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    startTime: secondsOf(span.startTime),
    durationSeconds: secondsOf(span.duration),
    status: statuses[span.status.code],
    attributes: isOurs ? { ...shown.attributes } : {},
  };
}

function secondsOf([seconds, nanoseconds]: readonly [number, number]): number {
  return seconds + nanoseconds / 1e9;
}
