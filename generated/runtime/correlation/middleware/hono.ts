// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { readEntry } from './entry.js';
import type { Exchange, MiddlewareCore } from './exchange.js';
import { nodeExchange } from './node-exchange.js';
import type { NodeRequest, NodeResponse } from './shapes.js';
import { watchedBody } from './web-body.js';
import type { WebResponse } from './web-body.js';

interface HonoRoute {
  readonly path: string;
  readonly method: string;
}

/** What is read of a context of Hono 4. */
interface HonoContext {
  readonly req: {
    readonly method: string;
    readonly raw: { readonly headers: { get(name: string): string | null; keys(): Iterable<string> } };
    readonly matchedRoutes?: readonly HonoRoute[];
    readonly routeIndex?: number;
  };
  /** The request and the response of node:http, where the server is `@hono/node-server`. */
  readonly env?: { readonly incoming?: unknown; readonly outgoing?: unknown } | undefined;
  readonly error?: unknown;
  readonly finalized?: boolean;
  res: WebResponse;
  header(name: string, value: string): void;
}

/** A middleware of Hono: `app.use(middleware.hono())`, before everything else. */
export type HonoMiddleware = (context: never, next: () => Promise<void>) => Promise<void>;

/** A middleware for Hono, on Node and on other runtimes. */
export function honoMiddleware(core: MiddlewareCore) {
  return (): HonoMiddleware => async (context: HonoContext, next) => {
    const node = nodePair(context);
    const exchange = node === undefined ? webExchange(core, context) : nodeExchange(core, ...node).exchange;
    exchange.route = () => routeOf(context);
    const id = exchange.scope.correlationId;
    try {
      await exchange.place(next);
    } catch (error) {
      exchange.note(error);
      if (node === undefined) exchange.end({ status: 500, isAborted: false });
      throw error;
    }
    if (context.error !== undefined) exchange.note(context.error);
    context.header(core.definition.header, id);
    if (node === undefined) endWithBody(exchange, context);
  };
}

function nodePair({ env }: HonoContext): readonly [NodeRequest, NodeResponse] | undefined {
  const { incoming, outgoing } = env ?? {};
  const isNode = isEmitter(incoming) && isEmitter(outgoing) && 'writableFinished' in outgoing;
  return isNode ? [incoming as NodeRequest, outgoing as unknown as NodeResponse] : undefined;
}

function isEmitter(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && typeof (value as { emit?: unknown }).emit === 'function'
  );
}

function webExchange(core: MiddlewareCore, { req }: HonoContext): Exchange {
  const { headers } = req.raw;
  const entry = readEntry(
    core.definition,
    (name) => headers.get(name) ?? undefined,
    () => Array.from(headers.keys()),
  );
  return core.begin(entry, req.method);
}

/** The route that answered: what a middleware for all paths answers has none. */
function routeOf({ req }: HonoContext): string | undefined {
  const route = req.matchedRoutes?.[req.routeIndex ?? 0];
  if (route === undefined || (route.method === 'ALL' && route.path.endsWith('*'))) return undefined;
  return route.path;
}

function endWithBody(exchange: Exchange, context: HonoContext): void {
  const { status } = context.res;
  context.res = watchedBody(context.res, exchange.place, (isAborted, error) => {
    if (error !== undefined) exchange.note(error);
    exchange.end({ status, isAborted });
  });
}
