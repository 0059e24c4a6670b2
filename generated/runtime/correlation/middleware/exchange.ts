// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { trace } from '@opentelemetry/api';
import type { Definition } from '../definition.js';
import { newId } from '../id.js';
import { runIn } from '../running.js';
import type { Place } from '../running.js';
import { runInScope } from '../scope.js';
import type { Scope } from '../scope.js';
import { unknownRoute } from '../unknown-route.js';
import type { Entry } from './entry.js';
import type { MiddlewareParts, RequestSpan } from './shapes.js';

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** How a response ended. */
export interface Ending {
  /** undefined: the client was gone before there was one. */
  readonly status: number | undefined;
  readonly isAborted: boolean;
  readonly requestBytes?: number | undefined;
  readonly responseBytes?: number | undefined;
}

/** One request and its response: the span, the scope and the metrics. Ends exactly once. */
export class Exchange {
  readonly scope: Scope;
  /** Runs code in the request's span and scope. */
  readonly place: Place;
  /** The template of the route, as the framework knows it at the end. */
  route: () => string | undefined = () => undefined;
  private readonly parts: MiddlewareParts;
  private readonly span: RequestSpan | undefined;
  private readonly method: string;
  private failure: { readonly error: unknown } | undefined;
  private hasEnded = false;

  constructor(parts: MiddlewareParts, entry: Entry, method: string | undefined) {
    this.parts = parts;
    this.method = methodLabel(parts, method);
    this.span = parts.span?.start({ method: this.method, route: undefined }, { parent: entry.parent });
    const { id, baggage, remote } = entry;
    this.scope = { correlationId: id ?? remote?.traceId ?? this.ownTrace() ?? newId(), baggage, remote };
    const { span, scope } = this;
    this.place =
      span === undefined
        ? (run) => runIn(entry.parent, scope, run)
        : (run) => span.within(() => runInScope(scope, run));
    parts.httpServerActiveRequests?.inc({ method: this.method });
  }

  /** Notes what the handler threw; whether the request has failed depends on the status that the client gets. */
  note(error: unknown): void {
    this.failure ??= { error };
  }

  end(ending: Ending): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    const { httpServerActiveRequests, httpServerBodySizeBytes } = this.parts;
    const { status, requestBytes, responseBytes } = ending;
    const route = this.template();
    httpServerActiveRequests?.dec({ method: this.method });
    if (requestBytes !== undefined)
      httpServerBodySizeBytes?.observe({ route, direction: 'request' }, requestBytes);
    if (responseBytes !== undefined)
      httpServerBodySizeBytes?.observe({ route, direction: 'response' }, responseBytes);
    this.endSpan(route, ending, status);
  }

  private endSpan(route: string, { isAborted }: Ending, status: number | undefined): void {
    const { span, failure } = this;
    if (span === undefined) return;
    span.set({ route, ...(status === undefined ? {} : { status }) });
    const hasFailed = failure !== undefined && !isAborted && (status === undefined || status >= 500);
    // A client that goes before there is an answer is its own doing.
    const shown = status ?? (hasFailed ? 500 : 499);
    span.outcome(`${Math.trunc(shown / 100)}xx`);
    if (hasFailed) {
      span.fail(failure.error);
      return;
    }
    if (isAborted) span.otel.setAttribute('error.type', 'client_aborted');
    span.end();
  }

  /** A path is never a label: what has no template shares the value of all the rest. */
  private template(): string {
    try {
      return this.route() ?? unknownRoute;
    } catch {
      return unknownRoute;
    }
  }

  private ownTrace(): string | undefined {
    const own = this.span?.otel.spanContext();
    return own !== undefined && trace.isSpanContextValid(own) ? own.traceId : undefined;
  }
}

/** Begins an exchange in which a request is answered. */
export type Begin = (entry: Entry, method: string | undefined) => Exchange;

/** What the adapters of the frameworks share. */
export interface MiddlewareCore {
  readonly definition: Definition;
  readonly begin: Begin;
}

function methodLabel({ methods = knownMethods }: MiddlewareParts, method = ''): string {
  const upper = method.toUpperCase();
  return methods.has(upper) ? upper : '_OTHER';
}
