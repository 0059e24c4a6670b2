import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a part answers. */
export interface Reply {
  readonly status?: number;
  /** A text as it is; all else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came to a part. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** By path; the longest one that a path begins with is taken, so that `/api/traces/` takes all ids. */
export type Routes = Readonly<Record<string, Reply | ((asked: Asked) => Reply | Promise<Reply>)>>;

/** A server on loopback that speaks the API of a part, as far as the doctor asks. */
export class FakePart {
  readonly url: string;
  readonly asked: Asked[] = [];
  readonly #server: Server;
  #routes: Routes;

  private constructor(server: Server, routes: Routes) {
    this.#server = server;
    this.#routes = routes;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      void this.#answer(request).then(({ status = 200, body, headers }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
      });
    });
  }

  static async start(routes: Routes): Promise<FakePart> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FakePart(server, routes);
  }

  /** Answers otherwise from now on. */
  answer(routes: Routes): void {
    this.#routes = { ...this.#routes, ...routes };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage): Promise<Reply> {
    const url = new URL(request.url ?? '/', this.url);
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const asked: Asked = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    this.asked.push(asked);
    const [path] = Object.keys(this.#routes)
      .filter((each) => asked.path === each || (each.endsWith('/') && asked.path.startsWith(each)))
      .toSorted((one, other) => other.length - one.length);
    if (path === undefined) return { status: 404, body: { error: 'there is nothing here' } };
    const route = this.#routes[path];
    return typeof route === 'function' ? route(asked) : (route ?? {});
  }
}
