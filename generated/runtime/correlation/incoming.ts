// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Link, Span, SpanContext } from '@opentelemetry/api';
import { tracerOf } from '../traces/tracer.js';
import { contextBelow } from './carrier.js';
import type { Carried } from './carrier.js';
import { runIn } from './running.js';

/** Where work stands that came from elsewhere: the options of a span that is opened for it. */
export interface Incoming {
  readonly correlationId: string;
  readonly parent: Context;
  readonly links: readonly SpanContext[];
}

/** How work that came from elsewhere is run. */
export interface IncomingOptions {
  /**
   * `parent`: it belongs to the sender's trace, for work that is done once for one request. `link`: it begins a trace of its own that is linked
   * to the sender's span.
   */
  readonly mode: 'link' | 'parent';
  /** Spans that it has to do with beside the sender's. */
  readonly links: readonly SpanContext[];
  /** The name of the span that is opened for it; undefined: none is, and the work opens its own. */
  readonly span: string | undefined;
}

const tracer = tracerOf('obs-gen');

/** Runs work in the place that came with it, not in that of the code which happens to receive it. */
export function runIncoming<R>(
  { span, scope }: Carried,
  options: IncomingOptions,
  work: (incoming: Incoming) => R,
): R {
  const isLinked = options.mode === 'link' && span !== undefined;
  const parent = isLinked ? ROOT_CONTEXT : contextBelow(span);
  const links = [...(isLinked ? [span] : []), ...options.links];
  const incoming: Incoming = { correlationId: scope.correlationId, parent, links };
  const ownScope = isLinked ? { ...scope, remote: undefined } : scope;
  const opened = options.span === undefined ? undefined : open(options.span, incoming);
  if (opened === undefined) return runIn(parent, ownScope, () => work(incoming));
  return runIn(trace.setSpan(parent, opened), ownScope, () => settled(opened, () => work(incoming)));
}

function open(name: string, { parent, links }: Incoming): Span | undefined {
  try {
    const to = links.map((linked): Link => ({ context: linked }));
    return tracer()?.startSpan(name, { kind: SpanKind.CONSUMER, links: to }, parent);
  } catch {
    return undefined;
  }
}

/** Ends the span when the work returns, or when the promise that it returned settles. */
function settled<R>(span: Span, work: () => R): R {
  let result: R;
  try {
    result = work();
  } catch (error) {
    fail(span, error);
    throw error;
  }
  if (!(result instanceof Promise)) {
    attempt(() => {
      span.end();
    });
    return result;
  }
  return result.then(
    (value: unknown) => {
      attempt(() => {
        span.end();
      });
      return value;
    },
    (error: unknown) => {
      fail(span, error);
      throw error;
    },
  ) as R;
}

/** The class of an error alone: its text may hold anything, and the spans of the work tell more. */
function fail(span: Span, error: unknown): void {
  attempt(() => {
    span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // A span that fails must not fail the work.
  }
}

/** The span that is active, to link to. */
export function activeLink(): readonly SpanContext[] {
  const span = trace.getSpanContext(context.active());
  return span === undefined || !trace.isSpanContextValid(span) ? [] : [span];
}
