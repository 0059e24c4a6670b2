// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Correlation } from '../correlation.js';
import { expressErrors, expressMiddleware } from './express.js';
import type { ExpressMiddleware } from './express.js';
import { Exchange } from './exchange.js';
import type { MiddlewareCore } from './exchange.js';
import { fastifyMiddleware } from './fastify.js';
import type { FastifyPlugin } from './fastify.js';
import { honoMiddleware } from './hono.js';
import type { HonoMiddleware } from './hono.js';
import { nodeMiddleware, upgradeMiddleware } from './node.js';
import type { NodeOptions } from './node.js';
import type { Emitter } from '../bind.js';
import type { MiddlewareParts, NodeRequest, NodeResponse } from './shapes.js';

/**
 * Takes the id and the trace of a request in, runs what answers it in a scope and a span, and gives the id back in the response. The span
 * ends once: when the response has been handed over, or when the client is gone.
 */
export interface Middleware {
  /** `createServer(middleware.node(handler))` */
  node<Q extends NodeRequest, S extends NodeResponse, R>(
    handler: (request: Q, response: S) => R,
    options?: NodeOptions<Q>,
  ): (request: Q, response: S) => R;
  /** `server.on('upgrade', middleware.upgrade(handler))`, for WebSockets. */
  upgrade<Q extends NodeRequest, S extends Emitter, H, R>(
    handler: (request: Q, socket: S, head: H) => R,
    options?: NodeOptions<Q>,
  ): (request: Q, socket: S, head: H) => R;
  /** `app.use(middleware.express())`, before everything else. */
  express(): ExpressMiddleware;
  /** `app.use(middleware.expressErrors())`, behind the routes: tells the span what they failed with. */
  expressErrors(): (
    error: unknown,
    request: NodeRequest,
    response: NodeResponse,
    next: (error?: unknown) => void,
  ) => void;
  /** `app.register(middleware.fastify)` */
  readonly fastify: FastifyPlugin;
  /** `app.use(middleware.hono())`, before everything else. */
  hono(): HonoMiddleware;
}

/** Makes the middleware of a service. */
export function createMiddleware(
  correlation: Pick<Correlation, 'definition'>,
  parts: MiddlewareParts = {},
): Middleware {
  const core: MiddlewareCore = {
    definition: correlation.definition,
    begin: (entry, method) => new Exchange(parts, entry, method),
  };
  return {
    node: nodeMiddleware(core),
    upgrade: upgradeMiddleware(core),
    express: expressMiddleware(core),
    expressErrors: expressErrors(core),
    fastify: fastifyMiddleware(core),
    hono: honoMiddleware(core),
  };
}
