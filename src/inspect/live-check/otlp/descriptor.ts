import protobuf from 'protobufjs/light.js';

type Field = readonly [type: string, id: number, rule?: 'repeated'];

/** A message of fields, and the groups of which one is set. */
function message(
  fields: Readonly<Record<string, Field>>,
  oneofs: Readonly<Record<string, readonly string[]>> = {},
): object {
  return {
    oneofs: Object.fromEntries(Object.entries(oneofs).map(([name, oneof]) => [name, { oneof }])),
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, [type, id, rule]]) => [
        name,
        { type, id, ...(rule === undefined ? {} : { rule }) },
      ]),
    ),
  };
}

const many = 'repeated';

/**
 * The messages that OTLP's export requests consist of, without the fields that are not looked at: a reader passes over those. Numbers and
 * types are those of github.com/open-telemetry/opentelemetry-proto 1.x (`common`, `resource`, `metrics`, `trace`, `logs` and `collector`).
 * A request and the data message of its signal have the same field, so that one message reads both.
 */
const messages = {
  AnyValue: message(
    {
      stringValue: ['string', 1],
      boolValue: ['bool', 2],
      intValue: ['int64', 3],
      doubleValue: ['double', 4],
      arrayValue: ['ArrayValue', 5],
      kvlistValue: ['KeyValueList', 6],
      bytesValue: ['bytes', 7],
    },
    {
      value: [
        'stringValue',
        'boolValue',
        'intValue',
        'doubleValue',
        'arrayValue',
        'kvlistValue',
        'bytesValue',
      ],
    },
  ),
  ArrayValue: message({ values: ['AnyValue', 1, many] }),
  KeyValueList: message({ values: ['KeyValue', 1, many] }),
  KeyValue: message({ key: ['string', 1], value: ['AnyValue', 2] }),
  Resource: message({ attributes: ['KeyValue', 1, many] }),
  InstrumentationScope: message({ name: ['string', 1] }),

  ExportMetricsServiceRequest: message({ resourceMetrics: ['ResourceMetrics', 1, many] }),
  ResourceMetrics: message({ resource: ['Resource', 1], scopeMetrics: ['ScopeMetrics', 2, many] }),
  ScopeMetrics: message({ scope: ['InstrumentationScope', 1], metrics: ['Metric', 2, many] }),
  Metric: message(
    {
      name: ['string', 1],
      description: ['string', 2],
      unit: ['string', 3],
      gauge: ['Gauge', 5],
      sum: ['Sum', 7],
      histogram: ['Histogram', 9],
      exponentialHistogram: ['ExponentialHistogram', 10],
      summary: ['Summary', 11],
    },
    { data: ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] },
  ),
  Gauge: message({ dataPoints: ['NumberDataPoint', 1, many] }),
  Sum: message({
    dataPoints: ['NumberDataPoint', 1, many],
    aggregationTemporality: ['int32', 2],
    isMonotonic: ['bool', 3],
  }),
  Histogram: message({ dataPoints: ['HistogramDataPoint', 1, many], aggregationTemporality: ['int32', 2] }),
  ExponentialHistogram: message({
    dataPoints: ['ExponentialHistogramDataPoint', 1, many],
    aggregationTemporality: ['int32', 2],
  }),
  Summary: message({ dataPoints: ['SummaryDataPoint', 1, many] }),
  NumberDataPoint: message(
    {
      startTimeUnixNano: ['fixed64', 2],
      asDouble: ['double', 4],
      asInt: ['sfixed64', 6],
      attributes: ['KeyValue', 7, many],
      flags: ['uint32', 8],
    },
    { value: ['asDouble', 'asInt'] },
  ),
  HistogramDataPoint: message({
    startTimeUnixNano: ['fixed64', 2],
    count: ['fixed64', 4],
    sum: ['double', 5],
    bucketCounts: ['fixed64', 6, many],
    explicitBounds: ['double', 7, many],
    attributes: ['KeyValue', 9, many],
    flags: ['uint32', 10],
  }),
  ExponentialHistogramDataPoint: message({
    attributes: ['KeyValue', 1, many],
    startTimeUnixNano: ['fixed64', 2],
    count: ['fixed64', 4],
    sum: ['double', 5],
    zeroCount: ['fixed64', 7],
    positive: ['ExponentialBuckets', 8],
    negative: ['ExponentialBuckets', 9],
    flags: ['uint32', 10],
  }),
  ExponentialBuckets: message({ bucketCounts: ['uint64', 2, many] }),
  SummaryDataPoint: message({
    startTimeUnixNano: ['fixed64', 2],
    count: ['fixed64', 4],
    sum: ['double', 5],
    attributes: ['KeyValue', 7, many],
    flags: ['uint32', 8],
  }),

  ExportTraceServiceRequest: message({ resourceSpans: ['ResourceSpans', 1, many] }),
  ResourceSpans: message({ resource: ['Resource', 1], scopeSpans: ['ScopeSpans', 2, many] }),
  ScopeSpans: message({ scope: ['InstrumentationScope', 1], spans: ['Span', 2, many] }),
  Span: message({
    name: ['string', 5],
    kind: ['int32', 6],
    attributes: ['KeyValue', 9, many],
  }),

  ExportLogsServiceRequest: message({ resourceLogs: ['ResourceLogs', 1, many] }),
  ResourceLogs: message({ resource: ['Resource', 1], scopeLogs: ['ScopeLogs', 2, many] }),
  ScopeLogs: message({ scope: ['InstrumentationScope', 1], logRecords: ['LogRecord', 2, many] }),
  LogRecord: message({
    severityNumber: ['int32', 2],
    attributes: ['KeyValue', 6, many],
    eventName: ['string', 12],
  }),
};

const root = protobuf.Root.fromJSON({ nested: messages });

/** The signals of OTLP, by the paths that they are sent to. */
export type OtlpSignal = 'metrics' | 'traces' | 'logs';

const requests: Readonly<Record<OtlpSignal, protobuf.Type>> = {
  metrics: root.lookupType('ExportMetricsServiceRequest'),
  traces: root.lookupType('ExportTraceServiceRequest'),
  logs: root.lookupType('ExportLogsServiceRequest'),
};

/**
 * An export request as the JSON encoding has it: names in camelCase, 64-bit integers as texts.
 * @throws where the bytes are no such message
 */
export function decodeRequest(signal: OtlpSignal, bytes: Uint8Array): unknown {
  const type = requests[signal];
  return type.toObject(type.decode(bytes), { longs: String, arrays: false, json: true });
}
