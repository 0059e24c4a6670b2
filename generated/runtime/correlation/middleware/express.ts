// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { MiddlewareCore } from './exchange.js';
import { nodeExchange } from './node-exchange.js';
import type { NodeRequest, NodeResponse } from './shapes.js';

/** What is read of a request of Express 4 and 5. */
interface ExpressRequest extends NodeRequest {
  baseUrl?: string;
  readonly route?: { readonly path?: unknown } | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** A middleware of Express: `app.use(middleware.express())`, before everything else. */
export type ExpressMiddleware = (
  request: NodeRequest,
  response: NodeResponse,
  next: (error?: unknown) => void,
) => void;

/** A middleware for Express. */
export function expressMiddleware(core: MiddlewareCore) {
  return (): ExpressMiddleware => (request, response, next) => {
    const { exchange } = nodeExchange(core, request, response);
    exchange.route = watchRoute(request);
    exchange.place(() => {
      next();
    });
  };
}

/** A middleware of Express that handles errors, behind the routes: what they fail with is told to the span. */
export function expressErrors(core: MiddlewareCore) {
  return () =>
    (error: unknown, request: NodeRequest, response: NodeResponse, next: (error?: unknown) => void): void => {
      nodeExchange(core, request, response).exchange.note(error);
      next(error);
    };
}

/**
 * The template of the route that a request has reached. Express keeps the part of the path that a router is mounted at as it was asked for, so
 * its template is put together while routers are entered: at that moment the parameters are those of the mount.
 */
function watchRoute(request: ExpressRequest): () => string | undefined {
  const mounts = new Map<unknown, string>([[baseOf(request.baseUrl), baseOf(request.baseUrl)]]);
  let template: string | undefined;
  watch(request, 'baseUrl', (next, previous) => {
    const base = baseOf(next);
    const outer = mounts.get(baseOf(previous));
    if (mounts.has(base) || outer === undefined || !base.startsWith(baseOf(previous))) return;
    mounts.set(base, outer + withoutValues(base.slice(baseOf(previous).length), request.params ?? {}));
  });
  watch(request, 'route', (next) => {
    const mount = mounts.get(baseOf(request.baseUrl));
    const path = (next as ExpressRequest['route'])?.path;
    template = mount === undefined || path === undefined ? undefined : mount + pathTemplate(path, mount);
  });
  return () => template;
}

function baseOf(baseUrl: unknown): string {
  return typeof baseUrl === 'string' ? baseUrl : '';
}

/** Tells of each new value of a property, which stays what it is for everybody else. */
function watch(holder: object, name: string, tell: (next: unknown, previous: unknown) => void): void {
  try {
    let current: unknown = Reflect.get(holder, name);
    Object.defineProperty(holder, name, {
      configurable: true,
      enumerable: true,
      get: () => current,
      set(next: unknown) {
        try {
          tell(next, current);
        } catch {
          // The route stays unknown.
        }
        current = next;
      },
    });
  } catch {
    // A request on which nothing can be defined: its route stays unknown.
  }
}

/** Puts `:name` in the place of the value of each parameter. */
function withoutValues(path: string, params: Readonly<Record<string, unknown>>): string {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'string') values.set(value, `:${name}`);
    else if (Array.isArray(value)) for (const part of value) values.set(String(part), `:${name}`);
  }
  return path
    .split('/')
    .map((segment) => values.get(decoded(segment)) ?? segment)
    .join('/');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A route may have several paths, and expressions: all of them come from the program. */
function pathTemplate(path: unknown, mount: string): string {
  if (Array.isArray(path)) return path.map((each: unknown) => pathTemplate(each, mount)).join(',');
  return path === '/' && mount !== '' ? '' : String(path);
}
