// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Scrape } from '../exposition/handler.js';
import type { MetricsResponse } from '../exposition/http.js';
import { asked, nodeEndpoints } from './node-endpoints.js';
import type { NodeEndpointRequest, Place } from './node-endpoints.js';
import type { Answer } from './router.js';

interface FastifyReply {
  readonly raw: MetricsResponse;
  hijack(): unknown;
}

/** The part of an instance of Fastify that is used. */
export interface FastifyRoutes {
  all(path: string, handler: (request: never, reply: never) => void): unknown;
}

/** A plugin of Fastify. */
export type FastifyEndpoints = (instance: FastifyRoutes, options: object, done: () => void) => void;

/** The endpoints as routes of Fastify. */
export function fastifyEndpoints(place: Place): FastifyEndpoints {
  const { handler } = nodeEndpoints(place);
  return (instance, _options, done) => {
    for (const path of place.router.paths) {
      instance.all(path, (request: { readonly raw: NodeEndpointRequest }, reply: FastifyReply) => {
        // The page is streamed by the runtime itself.
        reply.hijack();
        handler(request.raw, reply.raw);
      });
    }
    done();
  };
}

interface HonoContext {
  readonly req: {
    readonly method: string;
    readonly path: string;
    readonly raw: { readonly headers: { get(name: string): string | null } };
  };
  readonly env?: { readonly incoming?: unknown } | undefined;
}

/** A middleware of Hono. */
export type HonoEndpoints = (context: never, next: () => Promise<void>) => Promise<unknown>;

const { Response } = globalThis as unknown as {
  readonly Response: new (body: string | Uint8Array | null, init: object) => unknown;
};

/** The endpoints as a middleware of Hono. The peer's address is only known on Node; elsewhere all need the token. */
export function honoEndpoints(
  place: Place,
  telemetry: { scrape(accept?: string): Promise<Scrape> },
): HonoEndpoints {
  return async (context: HonoContext, next) => {
    const { req, env } = context;
    const incoming = env?.incoming as NodeEndpointRequest | undefined;
    const answer = await place.router.answer({
      method: req.method,
      url: req.path,
      address: incoming?.headers === undefined ? undefined : asked(incoming).address,
      header: (name) => req.raw.headers.get(name) ?? undefined,
    });
    if (answer === undefined) {
      await next();
      return undefined;
    }
    return web(answer, req, telemetry);
  };
}

async function web(
  answer: Answer,
  { method, raw }: HonoContext['req'],
  telemetry: { scrape(accept?: string): Promise<Scrape> },
): Promise<unknown> {
  const isHead = method === 'HEAD';
  if (answer.kind === 'body')
    return new Response(isHead ? null : answer.body, { status: answer.status, headers: answer.headers });
  const page = await telemetry.scrape(raw.headers.get('accept') ?? undefined);
  return new Response(isHead ? null : page.body, {
    headers: { ...answer.headers, 'Content-Type': page.contentType },
  });
}
