import {
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { decodeRequest, type OtlpSignal } from '../otlp/descriptor.js';
import { emptyFrame, FrameFault, grpcCodes, readFrame } from '../otlp/frames.js';
import { BodyFault, longestRequest, readBody } from './limited-body.js';
import { closeServer, listen } from './listen.js';
import { mostAtOnce, shownAddress, type ListenAddress, type Receiver, type Taker } from './receiver.js';

/** The methods of OTLP/gRPC: github.com/open-telemetry/opentelemetry-proto, `collector`. */
const methods: ReadonlyMap<string, OtlpSignal> = new Map([
  ['/opentelemetry.proto.collector.metrics.v1.MetricsService/Export', 'metrics'],
  ['/opentelemetry.proto.collector.trace.v1.TraceService/Export', 'traces'],
  ['/opentelemetry.proto.collector.logs.v1.LogsService/Export', 'logs'],
]);

const headers = {
  [constants.HTTP2_HEADER_STATUS]: 200,
  [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc',
  'grpc-accept-encoding': 'identity,gzip',
};

/** An answer that is a status alone: percent-encoded, since it is a header. */
function refuse(stream: ServerHttp2Stream, code: number, message: string): void {
  if (stream.destroyed || stream.headersSent) return;
  stream.respond(
    { ...headers, 'grpc-status': String(code), 'grpc-message': encodeURIComponent(message.slice(0, 200)) },
    { endStream: true },
  );
  stream.resume();
}

function accept(stream: ServerHttp2Stream): void {
  if (stream.destroyed) return;
  stream.respond(headers, { waitForTrailers: true });
  stream.on('wantTrailers', () => {
    stream.sendTrailers({ 'grpc-status': String(grpcCodes.ok) });
  });
  stream.end(emptyFrame);
}

function faultOf(error: unknown): FrameFault | undefined {
  if (error instanceof FrameFault) return error;
  if (!(error instanceof BodyFault)) return undefined;
  const code = error.reason === 'too long' ? grpcCodes.resourceExhausted : grpcCodes.invalidArgument;
  return new FrameFault(code, error.message);
}

function decode(signal: OtlpSignal, message: Buffer): unknown {
  try {
    return decodeRequest(signal, message);
  } catch (error) {
    throw new FrameFault(grpcCodes.invalidArgument, `it is no protobuf of OTLP: ${(error as Error).message}`);
  }
}

/**
 * Listens for OTLP over gRPC, without TLS, as a Collector on the same machine does.
 * @throws TargetError where it cannot
 */
export async function receiveGrpc(address: ListenAddress, taker: Taker): Promise<Receiver> {
  let reading = 0;
  let from = '';
  const sessions = new Set<ServerHttp2Session>();

  async function handle(stream: ServerHttp2Stream, request: IncomingHttpHeaders): Promise<void> {
    const path = request[':path'] ?? '';
    const where = `${from}${path.slice(0, 100)}`;
    const signal = methods.get(path);
    if (signal === undefined) {
      refuse(stream, grpcCodes.unimplemented, 'the Export of metrics, traces and logs is what is known here');
      return;
    }
    if (reading >= mostAtOnce) {
      refuse(stream, grpcCodes.unavailable, 'too many requests at once');
      return;
    }
    reading += 1;
    try {
      const body = await readBody(stream, '', longestRequest);
      const encoding = request['grpc-encoding'];
      const message = readFrame(body, typeof encoding === 'string' ? encoding : '', longestRequest);
      taker.take(signal, decode(signal, message), where);
      accept(stream);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === undefined) throw error;
      taker.refuse(where, fault.message);
      refuse(stream, fault.code, fault.message);
    } finally {
      reading -= 1;
    }
  }

  const server = createServer({ maxSessionMemory: 32, settings: { maxConcurrentStreams: mostAtOnce } });
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    // What a peer does to its own connection is not ours to fail of.
    session.on('error', () => undefined);
  });
  server.on('stream', (stream, request) => {
    stream.on('error', () => undefined);
    handle(stream, request).catch((error: unknown) => {
      process.nextTick(() => {
        throw error;
      });
    });
  });
  const bound = await listen(server, address, '--listen-grpc');
  from = `grpc://${shownAddress(bound)}`;
  return {
    address: shownAddress(bound),
    close: () => {
      for (const session of sessions) session.close();
      return closeServer(server, () => {
        for (const session of sessions) session.destroy();
      });
    },
  };
}
