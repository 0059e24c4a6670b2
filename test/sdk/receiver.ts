import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createHttp2Server, type Http2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { recordsOfProtobuf, spansOfJson, spansOfProtobuf } from './otlp-decode.js';
import type { ArrivedRecord, ArrivedSpan } from './otlp-decode.js';

/** A receiver of OTLP, as a collector is one. */
export interface Receiver {
  readonly url: string;
  readonly spans: ArrivedSpan[];
  readonly records: ArrivedRecord[];
  /** The headers of each request. */
  readonly headers: Readonly<Record<string, unknown>>[];
  /** The bytes of each request. */
  readonly bodies: Buffer[];
  stop(): Promise<void>;
}

/** What a receiver does with a request. */
export interface Manners {
  /** false: requests are taken in and never answered. */
  readonly answers?: boolean;
}

interface Intake extends Omit<Receiver, 'url' | 'stop'> {
  take(path: string, type: string, body: Buffer): void;
}

function intake(): Intake {
  const spans: ArrivedSpan[] = [];
  const records: ArrivedRecord[] = [];
  const bodies: Buffer[] = [];
  return {
    spans,
    records,
    headers: [],
    bodies,
    take(path, type, body) {
      bodies.push(body);
      const isLogs = path.includes('logs') || path.includes('LogsService');
      if (type.includes('json')) spans.push(...spansOfJson(body.toString('utf8')));
      else if (isLogs) records.push(...recordsOfProtobuf(body));
      else spans.push(...spansOfProtobuf(body));
    },
  };
}

/** OTLP over HTTP, as protobuf and as JSON. */
export async function startHttpReceiver({ answers = true }: Manners = {}): Promise<Receiver> {
  const taken = intake();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      taken.headers.push(request.headers);
      if (!answers) return;
      taken.take(request.url ?? '', request.headers['content-type'] ?? '', body);
      response.writeHead(200, { 'content-type': request.headers['content-type'] ?? '' });
      response.end(request.headers['content-type'] === 'application/json' ? '{}' : '');
    });
  });
  const url = await listening(server);
  return {
    ...taken,
    url,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** OTLP over gRPC: unary calls, each one message behind its five bytes of length. */
export async function startGrpcReceiver({ answers = true }: Manners = {}): Promise<Receiver> {
  const taken = intake();
  const sessions = new Set<Http2Session>();
  const server = createHttp2Server();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      taken.headers.push(headers);
      if (!answers) return;
      const frame = Buffer.concat(chunks);
      const message = frame.subarray(5, 5 + frame.readUInt32BE(1));
      taken.take(headers[':path'] ?? '', 'protobuf', frame[0] === 1 ? gunzipSync(message) : message);
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => {
        stream.sendTrailers({ 'grpc-status': '0' });
      });
      stream.end(Buffer.alloc(5));
    });
  });
  const url = await listening(server);
  return {
    ...taken,
    url,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const session of sessions) session.destroy();
      await closed;
    },
  };
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}
