import { once } from 'node:events';
import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter as GrpcLogs } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtoLogs } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter as GrpcMetrics } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { logs, metrics, resources, tracing } from '@opentelemetry/sdk-node';
import { afterEach, describe, expect, it } from 'vitest';
import type { LiveCheck } from '../../../src/inspect/live-check/live-check.js';
import { receiveGrpc } from '../../../src/inspect/live-check/sources/grpc-receiver.js';
import { receiveHttp } from '../../../src/inspect/live-check/sources/http-receiver.js';
import { longestRequest } from '../../../src/inspect/live-check/sources/limited-body.js';
import type { Receiver } from '../../../src/inspect/live-check/sources/receiver.js';
import { takerOf } from '../../../src/inspect/live-check/sources/take.js';
import { codesOf, liveCheck, onlyFinding } from './support.js';

const anywhere = { host: '127.0.0.1', port: 0 };
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function listening(
  how: 'http' | 'grpc',
): Promise<{ readonly check: LiveCheck; readonly receiver: Receiver }> {
  const check = liveCheck();
  const receiver = await (how === 'http' ? receiveHttp : receiveGrpc)(anywhere, takerOf(check));
  open.push(() => receiver.close());
  return { check, receiver };
}

type Exporters = readonly [metrics.PushMetricExporter, tracing.SpanExporter, logs.LogRecordExporter];

/** What a service records with the SDK, as its documentation has it; `fault` puts one thing wrong into each signal. */
async function record([metricExporter, spanExporter, logExporter]: Exporters, fault: boolean): Promise<void> {
  const resource = resources.resourceFromAttributes({ 'service.name': 'checkout' });
  const readers = [
    new metrics.PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 60_000 }),
  ];
  const meters = new metrics.MeterProvider({ resource, readers });
  const meter = meters.getMeter('checkout');
  meter.createCounter('runs').add(3, { outcome: fault ? 'ok' : 'completed' });
  const advice = { explicitBucketBoundaries: [0.1, 1, 10] };
  meter.createHistogram('run.duration', { unit: 's', advice }).record(0.4);
  meter.createGauge('busy', { unit: '1' }).record(0.5);
  const traces = new tracing.BasicTracerProvider({
    resource,
    spanProcessors: [new tracing.SimpleSpanProcessor(spanExporter)],
  });
  const span = traces.getTracer('checkout').startSpan('agent.run', { kind: SpanKind.SERVER });
  span.setAttributes({ tokens: fault ? 'three' : 3, share: 1.5, tags: ['a', 'b'], outcome: 'failed' });
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
  const records = new logs.LoggerProvider({
    resource,
    processors: [new logs.SimpleLogRecordProcessor({ exporter: logExporter })],
  });
  records.getLogger('checkout').emit({
    eventName: 'run.accepted',
    severityNumber: SeverityNumber.INFO,
    body: 'accepted',
    attributes: { agent: 'planner', length: fault ? 'long' : 3 },
  });
  for (const each of [meters, traces, records]) await each.forceFlush();
  for (const each of [meters, traces, records]) await each.shutdown();
}

const { GZIP, NONE } = CompressionAlgorithm;
const protocols: readonly (readonly [
  string,
  'http' | 'grpc',
  (address: string, compression: CompressionAlgorithm) => Exporters,
])[] = [
  [
    'http/protobuf',
    'http',
    (address, compression) => {
      const at = (signal: string) => ({ url: `http://${address}/v1/${signal}`, compression });
      return [new ProtoMetrics(at('metrics')), new ProtoTraces(at('traces')), new ProtoLogs(at('logs'))];
    },
  ],
  [
    'http/json',
    'http',
    (address, compression) => {
      const at = (signal: string) => ({ url: `http://${address}/v1/${signal}`, compression });
      return [new JsonMetrics(at('metrics')), new JsonTraces(at('traces')), new JsonLogs(at('logs'))];
    },
  ],
  [
    'grpc',
    'grpc',
    (address, compression) => {
      const settings = { url: `http://${address}`, compression };
      return [new GrpcMetrics(settings), new GrpcTraces(settings), new GrpcLogs(settings)];
    },
  ],
];

describe.each(protocols)('the SDK’s exporters over %s', (_, how, exporters) => {
  it.each([GZIP, NONE])('are read, packed by %s', async (compression) => {
    const { check, receiver } = await listening(how);
    await record(exporters(receiver.address, compression), false);
    const result = check.finish();
    expect(codesOf(result)).toEqual([]);
    expect(result.coverage.map(({ signal, seen }) => [signal, seen])).toEqual([
      ['metrics', ['runs_total', 'run_duration_seconds', 'busy_ratio']],
      ['spans', ['agent.run']],
      ['events', ['run.accepted']],
    ]);
  });

  it('are found out', async () => {
    const { check, receiver } = await listening(how);
    await record(exporters(receiver.address, GZIP), true);
    expect([...codesOf(check.finish())].sort()).toEqual(['OBS6023', 'OBS6044', 'OBS6052']);
  });
});

describe('requests over HTTP that are none', () => {
  const protobuf = { 'content-type': 'application/x-protobuf' };
  const json = { 'content-type': 'application/json' };
  const bomb = gzipSync(Buffer.alloc(longestRequest + 1));

  it.each([
    ['/v1/traces', protobuf, Buffer.from([0xff, 0xff, 0xff]), 400, 'it is no protobuf of OTLP'],
    ['/v1/traces', json, Buffer.from('{'), 400, 'it is no json of OTLP'],
    ['/v1/traces', { 'content-type': 'text/plain' }, Buffer.from('x'), 415, 'the content type is text/plain'],
    ['/v1/traces', { ...protobuf, 'content-encoding': 'br' }, Buffer.from('x'), 415, 'the encoding br'],
    [
      '/v1/traces',
      { ...protobuf, 'content-encoding': 'gzip' },
      Buffer.from('xxxx'),
      400,
      'it cannot be unpacked',
    ],
    ['/v1/traces', { ...protobuf, 'content-encoding': 'gzip' }, bomb, 413, 'it is longer than 16 MiB'],
    ['/v2/traces', protobuf, Buffer.from(''), 404, 'OTLP is taken at'],
  ])('%s %j is answered with %s', async (path, headers, body, status, words) => {
    const { check, receiver } = await listening('http');
    const response = await fetch(`http://${receiver.address}${path}`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    const { message } = onlyFinding(check.finish(), 'OBS6003');
    expect(message).toContain(words);
  });

  it('take no harm from nesting', async () => {
    const { receiver } = await listening('http');
    // AnyValue { array_value { values { array_value { … } } } }, written from the inside.
    let value: Buffer = Buffer.alloc(0);
    const wrap = (tag: number, inner: Buffer): Buffer => {
      const length: number[] = [];
      for (let rest = inner.length; ; rest >>>= 7) {
        length.push(rest > 127 ? (rest & 127) | 128 : rest);
        if (rest <= 127) break;
      }
      return Buffer.concat([Buffer.from([tag, ...length]), inner]);
    };
    for (let depth = 0; depth < 2000; depth += 1) value = wrap(0x2a, wrap(0x0a, value));
    const span = wrap(0x4a, wrap(0x12, value));
    const body = new Uint8Array(wrap(0x0a, wrap(0x12, wrap(0x12, span))));
    const response = await fetch(`http://${receiver.address}/v1/traces`, {
      method: 'POST',
      headers: protobuf,
      body,
    });
    expect(response.status).toBe(400);
  });

  it('are told what is wrong in their own encoding', async () => {
    const { receiver } = await listening('http');
    const response = await fetch(`http://${receiver.address}/v1/logs`, {
      method: 'POST',
      headers: json,
      body: '[',
    });
    expect(await response.json()).toMatchObject({ message: expect.stringContaining('no json') as string });
  });

  it('may be empty: all of nothing is taken', async () => {
    const { check, receiver } = await listening('http');
    const response = await fetch(`http://${receiver.address}/v1/metrics`, {
      method: 'POST',
      headers: protobuf,
      body: '',
    });
    expect(response.status).toBe(200);
    expect(check.counts).toEqual({ samples: 0, spans: 0, records: 0 });
  });
});

/** A unary call by hand. */
async function call(
  session: ClientHttp2Session,
  path: string,
  body: Buffer,
  headers: Record<string, string> = {},
): Promise<string> {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
  let status = '';
  const note = (of: IncomingHttpHeaders): void => {
    const given = of['grpc-status'];
    if (typeof given === 'string') status = given;
  };
  stream.on('response', note).on('trailers', note);
  stream.end(body);
  stream.resume();
  await once(stream, 'close');
  return status;
}

const frame = (flag: number, message: Buffer, length = message.length): Buffer => {
  const head = Buffer.alloc(5);
  head[0] = flag;
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, message]);
};

describe('calls over gRPC that are none', () => {
  const traces = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
  const gzip = { 'grpc-encoding': 'gzip' };

  it.each([
    ['an unknown method', '/grpc.health.v1.Health/Check', frame(0, Buffer.alloc(0)), {}, '12'],
    ['no frame', traces, Buffer.from('x'), {}, '3'],
    ['a wrong length', traces, frame(0, Buffer.from('xx'), 9), {}, '3'],
    ['no protobuf', traces, frame(0, Buffer.from([0xff, 0xff])), {}, '3'],
    ['an unknown encoding', traces, frame(1, Buffer.from('xx')), { 'grpc-encoding': 'snappy' }, '12'],
    ['no gzip', traces, frame(1, Buffer.from('xx')), gzip, '3'],
    ['a bomb', traces, frame(1, gzipSync(Buffer.alloc(longestRequest + 1))), gzip, '8'],
    ['nothing', traces, frame(0, Buffer.alloc(0)), {}, '0'],
  ])('%s', async (_, path, body, headers, status) => {
    const { receiver } = await listening('grpc');
    const session = connect(`http://${receiver.address}`);
    open.unshift(async () => {
      session.close();
      if (!session.destroyed) await once(session, 'close');
    });
    expect(await call(session, path, body, headers)).toBe(status);
  });
});

it('says who listens there already', async () => {
  const { receiver } = await listening('http');
  const port = Number(receiver.address.split(':')[1]);
  await expect(receiveHttp({ host: '127.0.0.1', port }, takerOf(liveCheck()))).rejects.toThrow(
    'somebody listens there already',
  );
});
