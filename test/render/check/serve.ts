import { createReadStream, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Source } from './source.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

function sendJson(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}

function sendFile(response: ServerResponse, path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
  createReadStream(path).pipe(response);
}

/** Serves the page, a source's dashboards and what its Prometheus answers, on loopback. */
export async function serve(page: string, source: Source): Promise<{ readonly url: string; close(): void }> {
  const answer = async (url: URL, response: ServerResponse): Promise<void> => {
    const { pathname, search } = url;
    const board = source.boards.get(decodeURIComponent(pathname.replace('/boards/', '')));
    if (pathname === '/settings.json')
      sendJson(response, JSON.stringify({ now: source.now, scrapeInterval: source.scrapeInterval }));
    else if (board !== undefined) sendJson(response, board);
    else if (pathname.startsWith('/prometheus/')) {
      const path = pathname.replace('/prometheus', '');
      const said = await fetch(`${source.prometheus}${path}${search}`);
      response.writeHead(said.status, { 'content-type': 'application/json' }).end(await said.text());
    } else sendFile(response, join(page, normalize(pathname === '/' ? '/index.html' : pathname)));
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://page');
    answer(url, response).catch((error: unknown) => {
      response.writeHead(502).end(JSON.stringify({ status: 'error', error: String(error) }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
