// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { builtinModule } from '../host.js';
import { headerOf } from './http.js';
import type { Compressor, MetricsRequest, MetricsResponse, Zlib } from './http.js';
import { prefersGzip, prefersOpenMetrics } from './negotiation.js';
import { contentTypes } from './page-form.js';
import { openPage } from './scrapes.js';
import { sendPage } from './send-page.js';

export { scrape } from './scrape.js';
export type { Scrape } from './scrape.js';

/** What may be chosen for the page of a service. */
export interface MetricsHandlerOptions {
  /** false: the page is never compressed. */
  readonly compress?: boolean | undefined;
  /** A client that takes nothing for so many seconds is cut off; 30 by default. */
  readonly stallSeconds?: number | undefined;
  /** Beyond so many responses at once, scrapes are answered with 503; 16 by default. */
  readonly maxResponses?: number | undefined;
}

/** Answers a request of node:http, or of its like in node:http2. */
export type MetricsHandler = (request: MetricsRequest, response: MetricsResponse) => void;

/**
 * Makes a request handler for `/metrics`: `createServer(metricsHandler())`, or `app.get('/metrics', metricsHandler())`. The page is in
 * OpenMetrics or the text format, as the client asks for, compressed by gzip where the client takes that, and streamed. Never throws.
 */
export function metricsHandler(options: MetricsHandlerOptions = {}): MetricsHandler {
  const { compress = true, stallSeconds = 30, maxResponses = 16 } = options;
  let responses = 0;

  function answer(request: MetricsRequest, response: MetricsResponse): Promise<void> | undefined {
    const openMetrics = prefersOpenMetrics(headerOf(request, 'accept'));
    const gzip = compress && prefersGzip(headerOf(request, 'accept-encoding'));
    const begin = (): Compressor | undefined => {
      const compressor = gzip ? gzipCompressor() : undefined;
      response.setHeader('Content-Type', openMetrics ? contentTypes.openMetrics : contentTypes.text);
      response.setHeader('Vary', 'Accept, Accept-Encoding');
      if (compressor !== undefined) response.setHeader('Content-Encoding', 'gzip');
      return compressor;
    };
    if (request.method === 'HEAD') {
      begin()?.destroy();
      response.end();
      return undefined;
    }
    const unavailable = (): void => {
      refuse(response, 503, 'the metrics cannot be had');
    };
    return sendPage(openPage(openMetrics), response, { begin, unavailable, stallSeconds });
  }

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      refuse(response, 405, 'only GET and HEAD');
      return;
    }
    if (responses >= maxResponses) {
      refuse(response, 503, 'too many scrapes at once');
      return;
    }
    responses += 1;
    Promise.resolve()
      .then(() => answer(request, response))
      .catch((error: unknown) => {
        diag.warn('a scrape could not be answered', error);
        response.destroy();
      })
      .finally(() => {
        responses -= 1;
      });
  };
}

function gzipCompressor(): Compressor | undefined {
  // The fastest level: a page has much that repeats.
  return (builtinModule('node:zlib') as Zlib | undefined)?.createGzip({ level: 1 });
}

function refuse(response: MetricsResponse, status: number, reason: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.write(`${reason}\n`);
  response.end();
}
