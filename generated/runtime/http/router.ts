// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import type { Access, Caller } from './access.js';
import { healthReport } from './health.js';
import type { HealthComponent } from './health.js';

/** A request for one of the endpoints. */
export interface EndpointRequest extends Caller {
  readonly method: string;
  /** The path and the query. */
  readonly url: string;
}

/** What is answered; `metrics` is the page, which is sent as it is written. */
export type Answer =
  | { readonly kind: 'body'; readonly status: number; readonly headers: Headers; readonly body: string }
  | { readonly kind: 'metrics'; readonly headers: Headers };

type Headers = Readonly<Record<string, string>>;

/** What the endpoints tell. */
export interface Sources {
  readonly service: string;
  readonly health: readonly HealthComponent[];
  stats(): unknown;
  trace(): unknown;
}

/** Answers of one service's endpoints. */
export interface Router {
  readonly paths: readonly string[];
  /** undefined: it is none of the paths. Never rejects. */
  answer(request: EndpointRequest): Promise<Answer | undefined>;
}

const safety: Headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

type Endpoint = () => Promise<Answer> | Answer;

/** Makes the router: each path exactly as it stands here, so that there is nothing to be climbed out of. */
export function createRouter(sources: Sources, access: Access): Router {
  const endpoints = new Map<string, Endpoint>([
    ['/health', () => json(200, { status: 'up', service: sources.service })],
    [
      '/health/detailed',
      async () => {
        const report = await healthReport(sources.health);
        return json(report.status === 'down' ? 503 : 200, { service: sources.service, ...report });
      },
    ],
    ['/observability/metrics', () => ({ kind: 'metrics', headers: safety })],
    ['/debug/trace', () => json(200, sources.trace())],
    ['/stats', () => json(200, sources.stats())],
  ]);

  return {
    paths: [...endpoints.keys()],
    async answer(request) {
      const path = request.url.split('?', 1)[0] ?? '';
      const endpoint = endpoints.get(path);
      if (endpoint === undefined) return undefined;
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return refusal(405, 'only GET and HEAD', { Allow: 'GET, HEAD' });
      if (path !== '/health' && !access.admits(request))
        return refusal(401, 'a token is needed', { 'WWW-Authenticate': 'Bearer' });
      try {
        return await endpoint();
      } catch (error) {
        diag.warn('an observability endpoint failed', error);
        return refusal(500, 'it cannot be told');
      }
    },
  };
}

/** The answer to a path that is none. What was asked for is not repeated in it. */
export const notFound: Answer = refusal(404, 'there is nothing here');

function refusal(status: number, error: string, headers: Headers = {}): Answer {
  const { kind, body, headers: usual } = json(status, { error });
  return { kind, status, body, headers: { ...usual, ...headers } };
}

function json(status: number, value: unknown): Extract<Answer, { readonly kind: 'body' }> {
  const headers = { ...safety, 'Content-Type': 'application/json; charset=utf-8' };
  return { kind: 'body', status, headers, body: `${JSON.stringify(value)}\n` };
}
