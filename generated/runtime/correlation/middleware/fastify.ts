// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { MiddlewareCore } from './exchange.js';
import { nodeExchange } from './node-exchange.js';
import type { NodeRequest, NodeResponse } from './shapes.js';

interface FastifyRequest {
  readonly raw: NodeRequest;
  readonly is404?: boolean;
  readonly routeOptions?: { readonly url?: string | undefined };
}

interface FastifyReply {
  readonly raw: NodeResponse;
}

/** The part of an instance of Fastify that is used. */
export interface FastifyInstance {
  addHook(name: 'onRequest', hook: (request: never, reply: never, done: () => void) => void): unknown;
  addHook(
    name: 'onError',
    hook: (request: never, reply: never, error: Error, done: () => void) => void,
  ): unknown;
}

/** A plugin of Fastify: `app.register(middleware.fastify)`. */
export type FastifyPlugin = (instance: FastifyInstance, options: object, done: () => void) => void;

/** A plugin for Fastify, which holds for the whole instance and not only for what it registers itself. */
export function fastifyMiddleware(core: MiddlewareCore): FastifyPlugin {
  const plugin: FastifyPlugin = (instance, _options, done) => {
    instance.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, next: () => void) => {
      const { exchange } = nodeExchange(core, request.raw, reply.raw);
      exchange.route = () => (request.is404 === true ? undefined : request.routeOptions?.url);
      exchange.place(next);
    });
    instance.addHook(
      'onError',
      (request: FastifyRequest, reply: FastifyReply, error: Error, next: () => void) => {
        nodeExchange(core, request.raw, reply.raw).exchange.note(error);
        next();
      },
    );
    done();
  };
  return Object.assign(plugin, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: 'obs-gen',
  });
}
