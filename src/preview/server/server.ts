import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { refusalOf } from './access.js';
import { refused, send } from './answer.js';
import type { Assets } from './assets.js';
import { Events } from './events.js';
import { listen } from './listen.js';
import { route, type Content } from './routes.js';

/** Bytes of the first line and the headers of a request: queries are long, and stand in the first line. */
const largestHead = 64 * 1024;
/** Milliseconds for a request to arrive. */
const patience = 10_000;

export interface ServerOptions {
  readonly content: Content;
  readonly assets: Assets;
  /** 0: any; undefined: the default one or the next that is free. */
  readonly port: number | undefined;
  /** Told of what was thrown while a request was answered. */
  readonly onFault: (error: unknown) => void;
}

/** The preview as it is served on loopback. */
export class PreviewServer {
  readonly #server: Server;
  readonly #events = new Events();
  readonly #options: ServerOptions;
  #port = 0;

  private constructor(options: ServerOptions) {
    this.#options = options;
    this.#server = createServer(
      { maxHeaderSize: largestHead, headersTimeout: patience, requestTimeout: patience },
      (request, response) => {
        void this.#answer(request, response);
      },
    );
    this.#server.maxConnections = 256;
  }

  /** @throws the system's error where the port cannot be listened on */
  static async start(options: ServerOptions): Promise<PreviewServer> {
    const server = new PreviewServer(options);
    try {
      server.#port = await listen(server.#server, options.port);
    } catch (error) {
      server.#events.close();
      throw error;
    }
    return server;
  }

  /** With a trailing slash. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Tells the pages that are open that there is something else to show. */
  tell(generation: number): void {
    this.#events.tell(generation);
  }

  async close(): Promise<void> {
    this.#events.close();
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? '';
    const isHead = method === 'HEAD';
    response.on('error', () => undefined);
    // Whatever a body holds, nobody reads it.
    request.resume();
    try {
      // Only a path is taken: no absolute address, and nothing that would name another host.
      const target = request.url ?? '';
      const url =
        /^\/(?!\/)/.test(target) && URL.canParse(target, this.url) ? new URL(target, this.url) : undefined;
      // `URL` resolves `..`: a path that it would change is none of ours.
      const path = target.split('?', 1)[0] ?? '';
      const refusal = refusalOf({ method, path, headers: request.headers }, this.#port);
      if (refusal !== undefined) {
        const allow = refusal.status === 405 ? { Allow: 'GET, HEAD' } : undefined;
        send(refused(refusal.status, refusal.reason, allow), response, isHead);
        return;
      }
      if (url === undefined || url.pathname !== path) {
        send(refused(404, 'there is nothing here'), response, isHead);
        return;
      }
      if (path === '/api/events' && !isHead) {
        if (!this.#events.add(response, this.#options.content.state().generation))
          send(refused(503, 'too many pages are open'), response, isHead);
        return;
      }
      const gone = new AbortController();
      response.on('close', () => {
        gone.abort();
      });
      send(await route(this.#options.content, this.#options.assets, url, gone.signal), response, isHead);
    } catch (error) {
      this.#options.onFault(error);
      send(refused(500, 'a fault of obs-gen: the terminal shows more'), response, isHead);
    }
  }
}
