import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on the loopback, and its end. */
export interface Running {
  readonly port: number;
  readonly server: Server;
  url(path: string, host?: string): string;
  close(): Promise<void>;
}

/** Serves on a free port of the loopback. */
export async function serve(
  handler: ((...values: Parameters<RequestListener>) => unknown) | Server,
  host = '127.0.0.1',
): Promise<Running> {
  const server =
    typeof handler === 'function'
      ? createServer((request, response) => {
          handler(request, response);
        })
      : handler;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    server,
    url: (path, name = '127.0.0.1') => `http://${name}:${port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** A server that keeps the headers of what it was asked. */
export async function listener(): Promise<Running & { readonly seen: IncomingHttpHeaders[] }> {
  const seen: IncomingHttpHeaders[] = [];
  const running = await serve((request, response) => {
    seen.push(request.headers);
    request.resume();
    response.end('heard');
  });
  return { ...running, seen };
}

/** Waits until something holds, far longer than it may take. */
export async function eventually(holds: () => boolean): Promise<void> {
  const end = Date.now() + 120_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
