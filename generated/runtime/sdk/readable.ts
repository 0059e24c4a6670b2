// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Attributes, HrTime, Link, SpanContext, SpanStatus } from '@opentelemetry/api';

/** A resource of the SDK as far as it is read. */
export interface ReadableResource {
  readonly attributes: Attributes;
  readonly asyncAttributesPending?: boolean;
  readonly waitForAsyncAttributes?: () => Promise<void>;
}

/** A span that has ended, in the shape that lines 2 and 3 of the OpenTelemetry SDK share. */
export interface ReadableSpan {
  readonly name: string;
  readonly kind: number;
  readonly spanContext: () => SpanContext;
  readonly parentSpanContext?: SpanContext;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly links: readonly Link[];
  readonly events: readonly ReadableEvent[];
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly resource: ReadableResource;
  readonly instrumentationScope: { readonly name: string; readonly version?: string };
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
}

/** Something that happened within a span. */
export interface ReadableEvent {
  readonly time: HrTime;
  readonly name: string;
  readonly attributes?: Attributes;
  readonly droppedAttributesCount?: number;
}

/** A log record, in the shape that both lines of the SDK share. */
export interface ReadableLogRecord {
  readonly hrTime: HrTime;
  readonly hrTimeObserved: HrTime;
  readonly spanContext?: SpanContext;
  readonly severityText?: string;
  readonly severityNumber?: number;
  readonly body?: unknown;
  readonly eventName?: string;
  readonly resource: ReadableResource;
  readonly instrumentationScope: { readonly name: string; readonly version?: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly droppedAttributesCount: number;
}

/** Whether a resource is still being detected. */
export function pendingResource({
  resource,
}: {
  readonly resource: ReadableResource;
}): Promise<void> | undefined {
  return resource.asyncAttributesPending === true ? resource.waitForAsyncAttributes?.() : undefined;
}
