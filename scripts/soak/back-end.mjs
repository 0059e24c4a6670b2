import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';

/** What a back end does with a request, beginning with what it should. */
export const manners = ['answers', 'is down', 'is slow', 'hangs', 'resets', 'refuses'];

/** How long a slow answer takes, in milliseconds: less than what exporters wait, and much longer than spans come. */
const slowMs = 4000;

/** A real server on loopback that takes telemetry, well or badly. It keeps its port, so that whoever sends to it finds it again. */
export class BackEnd {
  #server;
  #port = 0;
  #manner = 'answers';
  #held = new Set();
  #sockets = new Set();
  /** Ids of the spans that were answered for. */
  spans = new Set();
  requests = 0;
  /** What could not be read. */
  faults = [];

  constructor(kind) {
    this.kind = kind;
  }

  static async start(kind) {
    const made = new BackEnd(kind);
    await made.#listen();
    return made;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Fails in another way from now on; requests that are held are given up. */
  async become(manner) {
    const was = this.#manner;
    this.#manner = manner;
    for (const response of this.#held) response.destroy();
    this.#held.clear();
    if (manner === 'is down') await this.stop();
    else if (was === 'is down') await this.#listen();
  }

  async stop() {
    if (this.#server === undefined) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    this.#server = undefined;
  }

  async #listen() {
    const server = createServer((request, response) => {
      void this.#answer(request, response).catch(() => response.destroy());
    });
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = server.address().port;
    this.#server = server;
  }

  async #answer(request, response) {
    this.requests += 1;
    response.on('error', () => undefined);
    if (this.#manner === 'resets') {
      request.socket.resetAndDestroy();
      return;
    }
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    if (this.#manner === 'hangs') {
      this.#held.add(response);
      return;
    }
    if (this.#manner === 'refuses') {
      response.writeHead(503).end();
      return;
    }
    if (this.#manner === 'is slow') await sleep(slowMs);
    if (response.destroyed) return;
    const body = Buffer.concat(chunks);
    if (this.kind === 'otlp')
      this.#take(request.url, request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }

  #take(path, body) {
    try {
      const { resourceSpans = [] } = JSON.parse(body.toString('utf8'));
      if (path !== '/v1/traces') return;
      for (const { scopeSpans } of resourceSpans)
        for (const { spans } of scopeSpans) for (const { spanId } of spans) this.spans.add(spanId);
    } catch (error) {
      this.faults.push(error.message);
    }
  }
}
