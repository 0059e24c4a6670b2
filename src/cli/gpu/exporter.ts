import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metricsHandler } from '../../runtime/exposition/handler.js';
import type { GpuCollection } from '../../runtime/gpu/collection.js';
import { UsageError } from '../usage-error.js';

/** A page that is served. */
export interface Exporter {
  readonly url: string;
  /** Resolves when the port is free. */
  close(): Promise<void>;
}

/** A scraper or two, and a person. */
const maxConnections = 64;
const limits = { maxHeaderSize: 8192, headersTimeout: 5000, requestTimeout: 10_000, keepAliveTimeout: 5000 };

/**
 * Serves `/metrics`, and `/healthz` for whoever restarts what has hung: it answers as long as the exporter itself works, since a driver that
 * hangs is not mended by a restart. What the collectors do stands in its answer.
 * @throws UsageError where the port cannot be had
 */
export async function serve(collection: GpuCollection, host: string, port: number): Promise<Exporter> {
  const metrics = metricsHandler();
  const server = createServer(limits, (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === '/metrics') metrics(request, response);
    else answer(path ?? '/', collection, request, response);
  });
  server.maxConnections = maxConnections;
  await listening(server, host, port);
  const { address, family, port: own } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${own}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function answer(
  path: string,
  collection: GpuCollection,
  { method }: IncomingMessage,
  response: ServerResponse,
): void {
  if (method !== 'GET' && method !== 'HEAD') {
    respond(response, 405, 'text/plain; charset=utf-8', 'only GET and HEAD\n', { Allow: 'GET, HEAD' });
  } else if (path === '/healthz') {
    const body = JSON.stringify({ status: 'ok', collectors: collection.states() });
    respond(response, 200, 'application/json', `${body}\n`);
  } else if (path === '/') {
    const page = '<!doctype html><title>obs-gen gpu</title><a href="/metrics">metrics</a>\n';
    respond(response, 200, 'text/html; charset=utf-8', page);
  } else {
    respond(response, 404, 'text/plain; charset=utf-8', 'there are /metrics and /healthz\n');
  }
}

function respond(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store', ...headers });
  response.end(body);
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new UsageError(`port ${port} of ${host} cannot be used: ${error.code ?? error.message}`, [
          'name another one with --port, or 0 for one that is free',
        ]),
      );
    });
    server.listen(port, host, resolve);
  });
}
