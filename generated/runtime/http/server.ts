// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule } from '../host.js';
import { isLoopback } from './access.js';
import type { AccessOptions } from './access.js';
import { nodeEndpoints } from './node-endpoints.js';
import type { EndpointHandler, Place } from './node-endpoints.js';

/** Where the endpoints are served. */
export interface ListenOptions extends AccessOptions {
  /** Default: one that is free. */
  readonly port?: number | undefined;
  /** Default: 127.0.0.1. */
  readonly host?: string | undefined;
}

/** A server of the endpoints. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Stops it; resolves when the port is free. */
  close(): Promise<void>;
}

interface Server {
  maxConnections: number;
  listen(port: number, host: string, done: () => void): unknown;
  address(): { readonly port: number; readonly address: string } | null;
  once(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(done: () => void): unknown;
  closeAllConnections(): void;
  unref(): unknown;
}

interface HttpModule {
  createServer(options: object, handler: EndpointHandler): Server;
}

/** A scraper or two, and a person: whoever needs more connections is none of them. */
const maxConnections = 64;

/** Serves the endpoints; rejects where that would let strangers read them. */
export async function listen(place: Place, options: ListenOptions = {}): Promise<Listening> {
  const { host = '127.0.0.1', port = 0 } = options;
  const { hasToken, allowsAll } = place.access;
  if (!isLoopback(host) && !hasToken && !allowsAll) {
    throw new Error(
      `the observability endpoints are not served on ${host} without a token: set OBSGEN_HTTP_TOKEN or OBSGEN_HTTP_TOKEN_FILE, ` +
        'give listen() a token, or pass allowUnauthenticated: true where nobody else is in the network',
    );
  }
  const http = builtinModule('node:http') as HttpModule | undefined;
  if (http === undefined) throw new Error('the observability endpoints need node:http');
  const limits = {
    maxHeaderSize: 8192,
    headersTimeout: 5000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5000,
  };
  const server = http.createServer(limits, nodeEndpoints(place).handler);
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.on('error', () => undefined);
  server.unref();
  const address = server.address();
  return {
    host: address?.address ?? host,
    port: address?.port ?? port,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
