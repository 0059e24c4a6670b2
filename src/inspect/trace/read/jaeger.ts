import { list, member, number, text } from '../../doctor/ask/json.js';
import { spanKinds, type Attributes, type AttributeValue, type SpanEvent, type SpanLink } from '../span.js';
import { originOf, type Intake } from './intake.js';

/** Spans of the form that Jaeger's own page reads and saves: `{data: [{traceID, spans, processes}]}`; times are in microseconds. @throws TooManySpans */
export function readJaeger(data: unknown, intake: Intake): void {
  for (const trace of list(data)) {
    const processes = member(trace, 'processes');
    const known = new Map<string, ReturnType<typeof originOf>>();
    for (const span of list(member(trace, 'spans'))) {
      const processId = text(member(span, 'processID'));
      let origin = known.get(processId);
      if (origin === undefined) {
        origin = processOf(member(span, 'process') ?? member(processes, processId));
        known.set(processId, origin);
      }
      readSpan(span, origin, text(member(trace, 'traceID')), intake);
    }
  }
}

function processOf(process: unknown): ReturnType<typeof originOf> {
  const tags = new Map(tagsOf(member(process, 'tags')));
  const service = text(member(process, 'serviceName'));
  if (service !== '') tags.set('service.name', service);
  const host = tags.get('hostname');
  if (host !== undefined && !tags.has('host.name')) tags.set('host.name', host);
  return originOf(tags);
}

function tagsOf(value: unknown): Attributes {
  const found = new Map<string, AttributeValue>();
  for (const each of list(value)) {
    const key = text(member(each, 'key'));
    const read = member(each, 'value');
    const isKept =
      typeof read === 'string' ||
      typeof read === 'boolean' ||
      (typeof read === 'number' && Number.isFinite(read));
    if (isKept && !found.has(key)) found.set(key, read);
  }
  return found;
}

const nanosecondsInMicrosecond = 1000;

/** Microseconds since 1970 as the text of nanoseconds. */
function nanosecondsOf(microseconds: number): string {
  return `${Math.round(microseconds)}000`;
}

function readSpan(
  given: unknown,
  origin: ReturnType<typeof originOf>,
  ofTrace: string,
  intake: Intake,
): void {
  const startTime = number(member(given, 'startTime'));
  const start = startTime === undefined ? undefined : intake.nanoseconds(nanosecondsOf(startTime));
  if (start === undefined) {
    intake.note('no-times');
    return;
  }
  const duration = number(member(given, 'duration'));
  if (duration === undefined) intake.note('unfinished');
  const id = intake.id(member(given, 'spanID'), 8);
  if (id === undefined) intake.note('no-id');
  const attributes = tagsOf(member(given, 'tags'));
  const traceId = intake.id(text(member(given, 'traceID')) || ofTrace, 16) ?? '';
  const references = list(member(given, 'references')).flatMap((each) => {
    const spanId = intake.id(member(each, 'spanID'), 8);
    return spanId === undefined
      ? []
      : [
          {
            type: text(member(each, 'refType')),
            spanId,
            traceId: intake.id(member(each, 'traceID'), 16) ?? '',
          },
        ];
  });
  // A span without a parent proper is below the first that it follows from, where that is of its trace.
  const parent =
    references.find((each) => each.type === 'CHILD_OF' && each.traceId === traceId) ??
    references.find((each) => each.traceId === traceId);
  intake.add({
    ...origin,
    traceId,
    id: id ?? `?${intake.spans.length}`,
    parentId: parent?.spanId ?? intake.id(member(given, 'parentSpanID'), 8),
    name: text(member(given, 'operationName')),
    kind: spanKinds.find((each) => each === attributes.get('span.kind')) ?? 'internal',
    start,
    end: start + Math.round((duration ?? 0) * nanosecondsInMicrosecond),
    isError:
      attributes.get('error') === true ||
      attributes.get('error') === 'true' ||
      attributes.get('otel.status_code') === 'ERROR',
    statusMessage: String(attributes.get('otel.status_description') ?? ''),
    attributes,
    events: list(member(given, 'logs')).map((log): SpanEvent => {
      const fields = tagsOf(member(log, 'fields'));
      const time = number(member(log, 'timestamp'));
      return {
        name: String(fields.get('event') ?? ''),
        time: (time === undefined ? undefined : intake.nanoseconds(nanosecondsOf(time))) ?? start,
        attributes: fields,
      };
    }),
    links: references
      .filter((each) => each !== parent)
      .map(({ traceId: other, spanId }): SpanLink => ({ traceId: other, spanId })),
  });
}
