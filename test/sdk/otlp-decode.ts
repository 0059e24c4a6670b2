import { fieldsOf, numberOf, partsOf, textOf } from './protobuf.js';

/** A span as it arrived. */
export interface ArrivedSpan {
  readonly name: string;
  readonly scope: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty at the root. */
  readonly parentId: string;
  readonly kind: number;
  readonly status: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
}

/** A log record as it arrived. */
export interface ArrivedRecord {
  readonly body: unknown;
  readonly severity: string;
  readonly eventName: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
}

// Field numbers of https://github.com/open-telemetry/opentelemetry-proto: trace.proto, logs.proto, common.proto.

/** The spans of an ExportTraceServiceRequest. */
export function spansOfProtobuf(bytes: Buffer): ArrivedSpan[] {
  return scoped(bytes).flatMap(({ resource, scope, items }) =>
    items.map((item) => {
      const span = fieldsOf(item);
      const status = partsOf(span, 15)[0];
      return {
        name: textOf(span, 5),
        scope,
        traceId: hex(partsOf(span, 1)[0]),
        spanId: hex(partsOf(span, 2)[0]),
        parentId: hex(partsOf(span, 4)[0]),
        kind: numberOf(span, 6),
        status: status === undefined ? 0 : numberOf(fieldsOf(status), 3),
        attributes: attributesOf(partsOf(span, 9)),
        resource,
      };
    }),
  );
}

/** The records of an ExportLogsServiceRequest. */
export function recordsOfProtobuf(bytes: Buffer): ArrivedRecord[] {
  return scoped(bytes).flatMap(({ resource, items }) =>
    items.map((item) => {
      const record = fieldsOf(item);
      const body = partsOf(record, 5)[0];
      return {
        body: body === undefined ? undefined : valueOf(body),
        severity: textOf(record, 3),
        eventName: textOf(record, 12),
        traceId: hex(partsOf(record, 9)[0]),
        spanId: hex(partsOf(record, 10)[0]),
        attributes: attributesOf(partsOf(record, 6)),
        resource,
      };
    }),
  );
}

interface Scoped {
  readonly resource: Readonly<Record<string, unknown>>;
  readonly scope: string;
  readonly items: readonly Buffer[];
}

/** Both requests are resources of scopes of items, with the same numbers. */
function scoped(bytes: Buffer): Scoped[] {
  return partsOf(fieldsOf(bytes), 1).flatMap((ofResource) => {
    const fields = fieldsOf(ofResource);
    const resource = partsOf(fields, 1)[0];
    const attributes = resource === undefined ? {} : attributesOf(partsOf(fieldsOf(resource), 1));
    return partsOf(fields, 2).map((ofScope) => {
      const inner = fieldsOf(ofScope);
      const scope = partsOf(inner, 1)[0];
      return {
        resource: attributes,
        scope: scope === undefined ? '' : textOf(fieldsOf(scope), 1),
        items: partsOf(inner, 2),
      };
    });
  });
}

function attributesOf(pairs: readonly Buffer[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const fields = fieldsOf(pair);
      const value = partsOf(fields, 2)[0];
      return [textOf(fields, 1), value === undefined ? undefined : valueOf(value)];
    }),
  );
}

function valueOf(bytes: Buffer): unknown {
  const [field] = fieldsOf(bytes);
  if (field === undefined) return undefined;
  const { number, value } = field;
  if (Buffer.isBuffer(value)) {
    if (number === 1) return value.toString('utf8');
    if (number === 5) return partsOf(fieldsOf(value), 1).map(valueOf);
    return number === 6 ? attributesOf(partsOf(fieldsOf(value), 1)) : value;
  }
  if (number === 2) return value === 1n;
  if (number === 3) return Number(BigInt.asIntN(64, value));
  const double = Buffer.alloc(8);
  double.writeBigUInt64LE(value);
  return double.readDoubleLE();
}

function hex(bytes: Buffer | undefined): string {
  return bytes?.toString('hex') ?? '';
}

interface JsonSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly status?: { readonly code?: number };
  readonly attributes?: JsonPairs;
}

type JsonPairs = readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];

interface JsonRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: JsonPairs };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string };
      readonly spans: readonly JsonSpan[];
    }[];
  }[];
}

/** The spans of a request in OTLP's JSON. */
export function spansOfJson(text: string): ArrivedSpan[] {
  const pairs = (all: JsonPairs | undefined): Record<string, unknown> =>
    Object.fromEntries((all ?? []).map(({ key, value }) => [key, Object.values(value)[0]]));
  return (JSON.parse(text) as JsonRequest).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        name: span.name,
        scope: scope.name,
        traceId: span.traceId,
        spanId: span.spanId,
        parentId: span.parentSpanId ?? '',
        kind: span.kind,
        status: span.status?.code ?? 0,
        attributes: pairs(span.attributes),
        resource: pairs(resource.attributes),
      })),
    ),
  );
}
