import { list, member, text } from '../../doctor/ask/json.js';
import { spanKinds, type SpanEvent, type SpanLink, type TraceSpanKind } from '../span.js';
import { originOf, otlpAttributes, type Intake } from './intake.js';

/** Spans of an `ExportTraceServiceRequest` in JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding. @throws TooManySpans */
export function readOtlp(resourceSpans: unknown, intake: Intake): void {
  for (const each of list(resourceSpans)) {
    const origin = originOf(otlpAttributes(member(each, 'resource', 'attributes')));
    // Stores of before OTLP 0.15 have another name for scopes.
    for (const scope of list(member(each, 'scopeSpans') ?? member(each, 'instrumentationLibrarySpans')))
      for (const span of list(member(scope, 'spans'))) readSpan(span, origin, intake);
  }
}

function readSpan(
  given: unknown,
  origin: { readonly service: string; readonly process: string },
  intake: Intake,
): void {
  const start = intake.nanoseconds(member(given, 'startTimeUnixNano'));
  if (start === undefined) {
    intake.note('no-times');
    return;
  }
  const end = intake.nanoseconds(member(given, 'endTimeUnixNano'));
  if (end === undefined) intake.note('unfinished');
  const id = intake.id(member(given, 'spanId'), 8);
  if (id === undefined) intake.note('no-id');
  intake.add({
    ...origin,
    traceId: intake.id(member(given, 'traceId'), 16) ?? '',
    id: id ?? `?${intake.spans.length}`,
    parentId: intake.id(member(given, 'parentSpanId'), 8),
    name: text(member(given, 'name')),
    kind: kindOf(member(given, 'kind')),
    start,
    end: end ?? start,
    isError: isErrorCode(member(given, 'status', 'code')),
    statusMessage: text(member(given, 'status', 'message')),
    attributes: otlpAttributes(member(given, 'attributes')),
    events: list(member(given, 'events')).map((event): SpanEvent => ({
      name: text(member(event, 'name')),
      time: intake.nanoseconds(member(event, 'timeUnixNano')) ?? start,
      attributes: otlpAttributes(member(event, 'attributes')),
    })),
    links: list(member(given, 'links')).flatMap((link): readonly SpanLink[] => {
      const spanId = intake.id(member(link, 'spanId'), 8);
      return spanId === undefined ? [] : [{ traceId: intake.id(member(link, 'traceId'), 16) ?? '', spanId }];
    }),
  });
}

/** The number of the enumeration, or its name, as protobuf's own mapping has it. */
function kindOf(value: unknown): TraceSpanKind {
  if (typeof value === 'number') return spanKinds[value] ?? 'unspecified';
  const name = text(value)
    .replace(/^SPAN_KIND_/, '')
    .toLowerCase();
  return spanKinds.find((each) => each === name) ?? 'unspecified';
}

function isErrorCode(value: unknown): boolean {
  return value === 2 || value === 'STATUS_CODE_ERROR';
}
