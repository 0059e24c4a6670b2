// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { bind } from '../bind.js';
import { readEntry } from './entry.js';
import type { Exchange, MiddlewareCore } from './exchange.js';
import type { NodeRequest, NodeResponse } from './shapes.js';

const exchanges = new WeakMap<object, Exchange>();

/**
 * The exchange of a request of node:http: begun where it has none yet, so that a framework below another middleware only adds what it knows.
 * Ends when the response has been handed over, or when the connection is gone.
 */
export function nodeExchange(
  core: MiddlewareCore,
  request: NodeRequest,
  response: NodeResponse,
): { readonly exchange: Exchange; readonly isNew: boolean } {
  const known = exchanges.get(request);
  if (known !== undefined) return { exchange: known, isNew: false };
  const entry = readEntry(core.definition, headerReader(request), () => Object.keys(request.headers));
  const exchange = core.begin(entry, request.method);
  exchanges.set(request, exchange);
  const received = countBody(request);
  // Node calls the listeners of both where the connection was accepted.
  bind(request, exchange.place);
  bind(response, exchange.place);
  attempt(() => {
    if (!response.headersSent) response.setHeader(core.definition.header, exchange.scope.correlationId);
  });
  const end = (): void => {
    const isAnswered = response.headersSent;
    exchange.end({
      status: isAnswered ? response.statusCode : undefined,
      isAborted: !response.writableFinished,
      requestBytes: sizeIn(request.headers['content-length']) ?? received(),
      responseBytes: isAnswered ? sizeIn(response.getHeader('content-length')) : undefined,
    });
  };
  response.once('finish', end);
  response.once('close', end);
  return { exchange, isNew: true };
}

/** Reads the headers of a request of node:http. */
export function headerReader({ headers }: NodeRequest): (name: string) => string | undefined {
  return (name) => {
    const value = Object.prototype.hasOwnProperty.call(headers, name) ? headers[name] : undefined;
    return typeof value === 'string' || value === undefined ? value : value.join(',');
  };
}

/** Counts the bytes of a body as they are read; undefined where nobody reads it. */
function countBody(request: NodeRequest): () => number | undefined {
  let bytes: number | undefined;
  const original = (request as unknown as { readonly emit: (event: string, ...values: unknown[]) => boolean })
    .emit;
  attempt(() => {
    Object.defineProperty(request, 'emit', {
      configurable: true,
      enumerable: false,
      writable: true,
      value(this: unknown, event: string, ...values: unknown[]): boolean {
        const [chunk] = values;
        if (event === 'data' && chunk instanceof Uint8Array) bytes = (bytes ?? 0) + chunk.byteLength;
        return original.call(this, event, ...values);
      },
    });
  });
  return () => bytes;
}

function sizeIn(header: unknown): number | undefined {
  const size = typeof header === 'string' && header !== '' ? Number(header) : header;
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : undefined;
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // A response that is under way already: the client goes without the id.
  }
}
