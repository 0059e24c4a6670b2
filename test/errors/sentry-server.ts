import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** One item of an envelope. */
export interface Item {
  readonly type: string;
  readonly payload: Buffer;
}

/** An event of Sentry's protocol, as far as the tests look at it. */
export interface Event {
  readonly event_id: string;
  readonly level?: string;
  readonly environment?: string;
  readonly fingerprint?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly user?: Readonly<Record<string, unknown>>;
  readonly contexts?: { readonly trace?: { readonly trace_id: string; readonly span_id: string } };
  readonly breadcrumbs?: readonly { readonly message: string }[];
  readonly exception?: {
    readonly values: readonly {
      readonly type: string;
      readonly value: string;
      readonly mechanism?: { readonly handled: boolean };
      readonly stacktrace?: { readonly frames: readonly object[] };
    }[];
  };
}

/** A server on loopback that takes what Sentry's SDK sends, and keeps every byte. */
export class SentryServer {
  /** Bodies and paths as they came, unpacked. */
  readonly bodies: { readonly path: string; readonly headers: string; readonly bytes: Buffer }[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        this.bodies.push({
          path: request.url ?? '',
          headers: JSON.stringify(request.rawHeaders),
          bytes: request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body,
        });
        // An empty body is a whole answer in OTLP's protobuf.
        const isOtlp = request.url?.includes('/otlp/') === true;
        response.writeHead(200, { 'content-type': isOtlp ? 'application/x-protobuf' : 'application/json' });
        response.end(isOtlp ? '' : '{}');
      });
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get dsn(): string {
    return `http://0123456789abcdef@127.0.0.1:${(this.server.address() as AddressInfo).port}/42`;
  }

  get items(): readonly Item[] {
    return this.bodies
      .filter(({ path }) => path.includes('/envelope/'))
      .flatMap(({ bytes }) => itemsOf(bytes));
  }

  get events(): readonly Event[] {
    return this.items
      .filter(({ type }) => type === 'event')
      .map(({ payload }) => JSON.parse(payload.toString('utf8')) as Event);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** The items of an envelope: a line of headers, then for each item a line of headers and a payload of so many bytes or up to the line end. */
export function itemsOf(envelope: Buffer): readonly Item[] {
  const items: Item[] = [];
  let at = envelope.indexOf(10) + 1;
  while (at > 0 && at < envelope.length) {
    const end = envelope.indexOf(10, at);
    const header = JSON.parse(envelope.toString('utf8', at, end < 0 ? envelope.length : end)) as {
      readonly type: string;
      readonly length?: number;
    };
    const start = end + 1;
    const lineEnd = envelope.indexOf(10, start);
    const stop =
      header.length === undefined ? (lineEnd < 0 ? envelope.length : lineEnd) : start + header.length;
    items.push({ type: header.type, payload: envelope.subarray(start, stop) });
    at = stop + 1;
  }
  return items;
}
