import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A span as it arrived. */
export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Undefined at the root. */
  readonly parentId: string | undefined;
  readonly kind: number;
  readonly attributes: ReadonlyMap<string, unknown>;
  /** 2 is an error. */
  readonly status: number;
}

interface WireSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly attributes?: readonly {
    readonly key: string;
    readonly value: Readonly<Record<string, unknown>>;
  }[];
  readonly status?: { readonly code?: number };
}

interface WireRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: WireSpan['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

/** Takes in spans by OTLP over HTTP, as JSON. */
export class TraceReceiver {
  readonly endpoint: string;
  readonly spans: ReceivedSpan[] = [];
  /** As they were sent. */
  readonly requests: unknown[] = [];
  readonly resources: ReadonlyMap<string, unknown>[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<TraceReceiver> {
    let receiver: TraceReceiver | undefined;
    const server = createServer((request, response) => {
      void readBody(request).then((body) => {
        if (request.url === '/v1/traces') receiver?.take(JSON.parse(body) as WireRequest);
        response.writeHead(request.url === '/v1/traces' ? 200 : 404, { 'content-type': 'application/json' });
        response.end('{}');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (receiver = new TraceReceiver(server));
  }

  /** The variables that send a service's spans here. */
  get environment(): Readonly<Record<string, string>> {
    return { OTEL_EXPORTER_OTLP_ENDPOINT: this.endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
  }

  take(request: WireRequest): void {
    this.requests.push(request);
    for (const { resource, scopeSpans } of request.resourceSpans) {
      this.resources.push(attributesOf(resource.attributes));
      for (const span of scopeSpans.flatMap((scope) => scope.spans)) {
        this.spans.push({
          name: span.name,
          traceId: span.traceId,
          spanId: span.spanId,
          parentId: span.parentSpanId === '' ? undefined : span.parentSpanId,
          kind: span.kind,
          attributes: attributesOf(span.attributes),
          status: span.status?.code ?? 0,
        });
      }
    }
  }

  /** The name of a span's parent; undefined at the root. */
  parentName(span: ReceivedSpan): string | undefined {
    if (span.parentId === undefined) return undefined;
    const parent = this.spans.find((each) => each.spanId === span.parentId && each.traceId === span.traceId);
    return parent?.name ?? 'a span that did not arrive';
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

function attributesOf(attributes: WireSpan['attributes']): ReadonlyMap<string, unknown> {
  return new Map((attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');
}
