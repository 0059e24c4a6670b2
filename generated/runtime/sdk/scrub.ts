// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { Redactor } from '../redaction/redactor.js';
import { redacted } from '../redaction/redactor.js';
import { safeText, safeValue } from '../redaction/safe-value.js';
import { currentSettings } from '../settings/settings.js';
import { holdsContent } from './content.js';
import type { ReadableEvent, ReadableLogRecord, ReadableSpan } from './readable.js';

/**
 * A span of another instrumentation as it may leave the process: names, texts and attributes without secrets, contents of prompts and
 * answers only where the operator lets them out. The program's span stays as it is.
 */
export function scrubbedSpan(span: ReadableSpan, redactor: Redactor): ReadableSpan {
  const { status, parentSpanContext } = span;
  const spanContext = span.spanContext();
  return {
    name: safeText(span.name, redactor),
    kind: span.kind,
    spanContext: () => spanContext,
    ...(parentSpanContext === undefined ? {} : { parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    status:
      status.message === undefined
        ? status
        : { code: status.code, message: safeText(status.message, redactor) },
    attributes: scrubbedAttributes(span.attributes, redactor),
    links: span.links.map((link) =>
      link.attributes === undefined
        ? link
        : { ...link, attributes: scrubbedAttributes(link.attributes, redactor) },
    ),
    events: span.events.map((event) => scrubbedEvent(event, redactor)),
    duration: span.duration,
    ended: span.ended,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

/**
 * The same for a span of the generated helpers. Their attributes lost their secrets as they were set, under names that the spec chose; what
 * the program has put onto the span beside them, by OpenTelemetry's own calls, has not.
 */
export function scrubbedOwnSpan(span: ReadableSpan, redactor: Redactor): ReadableSpan {
  const isClean = (value: unknown): boolean =>
    typeof value === 'string'
      ? safeText(value, redactor) === value
      : !Array.isArray(value) || value.every(isClean);
  const areClean = (attributes: Attributes | undefined): boolean =>
    attributes === undefined || Object.values(attributes).every(isClean);
  const isUntouched =
    isClean(span.name) &&
    isClean(span.status.message) &&
    areClean(span.attributes) &&
    span.events.every((event) => isClean(event.name) && areClean(event.attributes)) &&
    span.links.every((link) => areClean(link.attributes));
  return isUntouched ? span : scrubbedSpan(span, redactor);
}

/** A log record of another logger as it may leave the process. */
export function scrubbedRecord(record: ReadableLogRecord, redactor: Redactor): ReadableLogRecord {
  const { spanContext, severityText, severityNumber, body, eventName } = record;
  return {
    hrTime: record.hrTime,
    hrTimeObserved: record.hrTimeObserved,
    ...(spanContext === undefined ? {} : { spanContext }),
    ...(severityText === undefined ? {} : { severityText }),
    ...(severityNumber === undefined ? {} : { severityNumber }),
    ...(body === undefined ? {} : { body: safeValue(body, redactor) }),
    ...(eventName === undefined ? {} : { eventName }),
    resource: record.resource,
    instrumentationScope: record.instrumentationScope,
    attributes: scrubbed(record.attributes, redactor, (value) => safeValue(value, redactor)),
    droppedAttributesCount: record.droppedAttributesCount,
  };
}

/** Attributes without secrets, in a new object. */
export function scrubbedAttributes(attributes: Attributes, redactor: Redactor): Attributes {
  return scrubbed(attributes, redactor, (value) => scrubbedValue(value, redactor)) as Attributes;
}

function scrubbedEvent(event: ReadableEvent, redactor: Redactor): ReadableEvent {
  return {
    ...event,
    name: safeText(event.name, redactor),
    ...(event.attributes === undefined ? {} : { attributes: scrubbedAttributes(event.attributes, redactor) }),
  };
}

function scrubbed(
  attributes: Readonly<Record<string, unknown>>,
  redactor: Redactor,
  clean: (value: AttributeValue | undefined) => unknown,
): Record<string, unknown> {
  const captures = currentSettings().captureContent === true;
  const result = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(attributes)) {
    if (!captures && holdsContent(key)) continue;
    result[safeText(key, redactor)] = redactor.hides(key, value)
      ? redacted
      : clean(value as AttributeValue | undefined);
  }
  return result;
}

function scrubbedValue(value: AttributeValue | undefined, redactor: Redactor): AttributeValue | undefined {
  if (typeof value === 'string') return safeText(value, redactor);
  if (!Array.isArray(value)) return value;
  return value.map((item) => (typeof item === 'string' ? safeText(item, redactor) : item)) as string[];
}
