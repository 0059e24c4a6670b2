// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Exchange, MiddlewareCore } from './exchange.js';
import { bind } from '../bind.js';
import type { Emitter } from '../bind.js';
import { headerReader, nodeExchange } from './node-exchange.js';
import { readEntry } from './entry.js';
import type { NodeRequest, NodeResponse } from './shapes.js';

/** What the program knows of its routes. */
export interface NodeOptions<Q> {
  /** The template of a request's route (`/tasks/:id`), asked for at the end of the response; undefined: none of the known ones. */
  readonly route?: ((request: Q) => string | undefined) | undefined;
}

/** A handler of node:http that runs in the request's span and scope; what it returns or throws comes through. */
export function nodeMiddleware(core: MiddlewareCore) {
  return <Q extends NodeRequest, S extends NodeResponse, R>(
      handler: (request: Q, response: S) => R,
      options: NodeOptions<Q> = {},
    ): ((request: Q, response: S) => R) =>
    (request, response) => {
      const { exchange } = nodeExchange(core, request, response);
      const { route } = options;
      if (route !== undefined) exchange.route = () => route(request);
      return noting(exchange, () => exchange.place(() => handler(request, response)));
    };
}

/**
 * A listener for `upgrade`, for the server of WebSockets. The span ends with the handshake; what is received later is handled in its place,
 * so that messages can be linked to it.
 */
export function upgradeMiddleware(core: MiddlewareCore) {
  return <Q extends NodeRequest, S extends Emitter, H, R>(
      handler: (request: Q, socket: S, head: H) => R,
      options: NodeOptions<Q> = {},
    ): ((request: Q, socket: S, head: H) => R) =>
    (request, socket, head) => {
      const entry = readEntry(core.definition, headerReader(request), () => Object.keys(request.headers));
      const exchange = core.begin(entry, request.method);
      const { route } = options;
      if (route !== undefined) exchange.route = () => route(request);
      bind(socket, exchange.place);
      try {
        return noting(exchange, () => exchange.place(() => handler(request, socket, head)));
      } finally {
        exchange.end({ status: 101, isAborted: false });
      }
    };
}

/** Notes what a handler throws or its promise is rejected with, which goes on to whoever called it. */
function noting<R>(exchange: Exchange, run: () => R): R {
  let result: R;
  try {
    result = run();
  } catch (error) {
    exchange.note(error);
    throw error;
  }
  if (!(result instanceof Promise)) return result;
  return result.then(undefined, (error: unknown) => {
    exchange.note(error);
    throw error;
  }) as R;
}
