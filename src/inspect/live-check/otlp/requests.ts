import { list, member, text } from '../../doctor/ask/json.js';
import type { LiveCheck } from '../live-check.js';
import { shownAt } from '../places.js';
import type { Place, SeenRecord, SeenSpan, SeenValue } from '../seen.js';
import type { OtlpSignal } from './descriptor.js';
import { readMetric, type RequestPlace } from './metrics.js';
import { readAttributes } from './values.js';

/** `SpanKind`, by its numbers. */
const spanKinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

/** Levels, by the first of their four severity numbers: https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Attributes that tell one process from another: https://opentelemetry.io/docs/specs/semconv/resource/ */
const identity = ['service.namespace', 'service.name', 'service.instance.id', 'host.name', 'process.pid'];

function levelOf(severity: unknown): SeenRecord['level'] {
  const number = Number(severity ?? 0);
  return number >= 1 && number <= 24 ? levels[Math.floor((number - 1) / 4)] : undefined;
}

function shownAttributes(attributes: ReadonlyMap<string, SeenValue>): string {
  return [...attributes].map(([key, value]) => `${key}=${value.text}`).join(' ');
}

/** Hands export requests to a check. */
export class OtlpRequests {
  readonly #check: LiveCheck;

  constructor(check: LiveCheck) {
    this.#check = check;
  }

  /**
   * Looks at all of one request, or of one line of a file that a Collector wrote.
   * @param request in the JSON encoding
   * @returns whether it held anything that can be looked at: a point, a span or a log record
   */
  add(request: unknown, at: RequestPlace): boolean {
    const { samples, spans, records } = this.#check.counts;
    for (const resource of list(member(request, 'resourceMetrics'))) this.#metrics(resource, at);
    for (const resource of list(member(request, 'resourceSpans'))) this.#spans(resource, at);
    for (const resource of list(member(request, 'resourceLogs'))) this.#records(resource, at);
    const now = this.#check.counts;
    return now.samples > samples || now.spans > spans || now.records > records;
  }

  #resource(resource: unknown, at: RequestPlace): string {
    const attributes = readAttributes(member(resource, 'resource', 'attributes'));
    const name = attributes.get('service.name');
    // What the SDK calls a service that nobody has named says nothing of whose it is.
    if (name !== undefined && !name.text.startsWith('unknown_service'))
      this.#check.service(
        name.text,
        shownAt(at.path, at.line, () => `resource ${shownAttributes(attributes)}`),
      );
    return identity.map((key) => attributes.get(key)?.text ?? '').join(' ');
  }

  #metrics(resource: unknown, at: RequestPlace): void {
    const who = this.#resource(resource, at);
    const families = list(member(resource, 'scopeMetrics')).flatMap((scope) =>
      list(member(scope, 'metrics')).flatMap((metric) => readMetric(metric, at) ?? []),
    );
    this.#check.metrics(who, families);
  }

  #spans(resource: unknown, at: RequestPlace): void {
    this.#resource(resource, at);
    for (const ofScope of list(member(resource, 'scopeSpans'))) {
      const scope = text(member(ofScope, 'scope', 'name'));
      for (const span of list(member(ofScope, 'spans'))) this.#check.span(readSpan(span, scope, at));
    }
  }

  #records(resource: unknown, at: RequestPlace): void {
    this.#resource(resource, at);
    for (const ofScope of list(member(resource, 'scopeLogs'))) {
      const scope = text(member(ofScope, 'scope', 'name'));
      for (const record of list(member(ofScope, 'logRecords')))
        this.#check.record(readRecord(record, scope, at));
    }
  }
}

function readSpan(span: unknown, scope: string, at: RequestPlace): SeenSpan {
  const name = text(member(span, 'name'));
  const kind = spanKinds[Number(member(span, 'kind') ?? 0)] ?? 'unspecified';
  const attributes = readAttributes(member(span, 'attributes'));
  const place: Place = shownAt(
    at.path,
    at.line,
    () => `span ${name} (${kind}) ${shownAttributes(attributes)}`,
  );
  return { name, kind, scope, attributes, place };
}

function readRecord(record: unknown, scope: string, at: RequestPlace): SeenRecord {
  const attributes = readAttributes(member(record, 'attributes'));
  // Before records had a field for it, the event's name was an attribute.
  const event = text(member(record, 'eventName')) || attributes.get('event.name')?.text || undefined;
  const level = levelOf(member(record, 'severityNumber'));
  const place: Place = shownAt(
    at.path,
    at.line,
    () => `log ${event ?? ''} (${level ?? 'no level'}) ${shownAttributes(attributes)}`,
  );
  return { event, level, scope, attributes, place };
}

/** Which signals a request is of, by the fields that it has. */
export function signalsOf(request: unknown): readonly OtlpSignal[] {
  return [
    ...(member(request, 'resourceMetrics') === undefined ? [] : (['metrics'] as const)),
    ...(member(request, 'resourceSpans') === undefined ? [] : (['traces'] as const)),
    ...(member(request, 'resourceLogs') === undefined ? [] : (['logs'] as const)),
  ];
}
