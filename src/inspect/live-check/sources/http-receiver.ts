import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { decodeRequest, type OtlpSignal } from '../otlp/descriptor.js';
import { BodyFault, readBody } from './limited-body.js';
import { closeServer, listen } from './listen.js';
import { mostAtOnce, shownAddress, type ListenAddress, type Receiver, type Taker } from './receiver.js';

/** The encodings of OTLP/HTTP: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
const encodings: ReadonlyMap<string, 'protobuf' | 'json'> = new Map([
  ['application/x-protobuf', 'protobuf'],
  ['application/json', 'json'],
]);

const statusOf: Readonly<Record<BodyFault['reason'], number>> = {
  'too long': 413,
  'unknown encoding': 415,
  'not packed as it says': 400,
};

/** A refusal, with the status that tells the sender whether to come again. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function signalOf(url: string): OtlpSignal {
  const path = url.split('?', 1)[0] ?? '';
  const found = /\/v1\/(metrics|traces|logs)$/.exec(path)?.[1];
  if (found === undefined) throw new Refusal(404, 'OTLP is taken at /v1/metrics, /v1/traces and /v1/logs');
  return found as OtlpSignal;
}

function parse(signal: OtlpSignal, encoding: 'protobuf' | 'json', body: Buffer): unknown {
  try {
    return encoding === 'json' ? (JSON.parse(body.toString('utf8')) as unknown) : decodeRequest(signal, body);
  } catch (error) {
    throw new Refusal(400, `it is no ${encoding} of OTLP: ${(error as Error).message}`);
  }
}

/** `google.rpc.Status` with a message alone, which is its field 2. */
function statusMessage(message: string): Buffer {
  const text = Buffer.from(message.slice(0, 100), 'utf8').subarray(0, 120);
  return Buffer.concat([Buffer.from([0x12, text.length]), text]);
}

function answer(
  response: ServerResponse,
  status: number,
  encoding: 'protobuf' | 'json',
  message: string,
): void {
  const isJson = encoding === 'json';
  // An answer without fields says that all was taken.
  const body =
    status === 200 ? (isJson ? '{}' : '') : isJson ? JSON.stringify({ message }) : statusMessage(message);
  response.writeHead(status, {
    'content-type': isJson ? 'application/json' : 'application/x-protobuf',
    ...(status === 503 ? { 'retry-after': '1' } : {}),
    // What is left of a body that was given up on is not waited for.
    ...(status === 200 ? {} : { connection: 'close' }),
  });
  response.end(body);
}

/**
 * Listens for OTLP over HTTP: protobuf and JSON, packed by gzip or not.
 * @throws TargetError where it cannot
 */
export async function receiveHttp(address: ListenAddress, taker: Taker): Promise<Receiver> {
  let reading = 0;
  let from = '';

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    const encoding = encodings.get(type);
    try {
      const signal = signalOf(request.url ?? '');
      if (request.method !== 'POST') throw new Refusal(405, 'OTLP is sent by POST');
      if (encoding === undefined)
        throw new Refusal(
          415,
          `the content type is ${type === '' ? 'missing' : type.slice(0, 60)}; OTLP is ${[...encodings.keys()].join(' or ')}`,
        );
      if (reading >= mostAtOnce) throw new Refusal(503, 'too many requests at once');
      reading += 1;
      try {
        const body = await readBody(request, request.headers['content-encoding'] ?? '');
        taker.take(signal, parse(signal, encoding, body), `${from}/v1/${signal}`);
      } finally {
        reading -= 1;
      }
      answer(response, 200, encoding, '');
    } catch (error) {
      if (!(error instanceof Refusal) && !(error instanceof BodyFault)) throw error;
      const status = error instanceof Refusal ? error.status : statusOf[error.reason];
      if (status !== 503) taker.refuse(`${from}${(request.url ?? '').slice(0, 100)}`, error.message);
      request.resume();
      answer(response, status, encoding ?? 'json', error.message);
    }
  }

  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A fault of ours must not be taken for silence.
      process.nextTick(() => {
        throw error;
      });
    });
  });
  server.maxConnections = 256;
  const bound = await listen(server, address, '--listen');
  from = `http://${shownAddress(bound)}`;
  return {
    address: shownAddress(bound),
    close: () => {
      server.closeIdleConnections();
      return closeServer(server, () => {
        server.closeAllConnections();
      });
    },
  };
}
