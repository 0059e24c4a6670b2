// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context, trace } from '@opentelemetry/api';
import type { SpanContext } from '@opentelemetry/api';
import { formatBaggage, parseBaggage } from './baggage.js';
import { field, pack, scopeNow, unpack } from './carrier.js';
import type { Carrier } from './carrier.js';
import { allowsUrl } from './definition.js';
import type { Definition } from './definition.js';
import { activeLink, runIncoming } from './incoming.js';
import type { Incoming } from './incoming.js';
import { runIn } from './running.js';
import { currentScope } from './scope.js';
import { currentSpan, formatTraceContext, parseTraceContext } from './trace-context.js';

/** A message of a WebSocket with its place around it: JSON can hold it where it can hold the data. */
export interface Message<T> extends Carrier {
  readonly data: T;
}

/** A job with its place in it. */
export type Job<T> = T & { readonly _correlation?: Carrier };

/** How a message is handled. */
export interface MessageOptions {
  /** The span of the connection; default: the one that is active. The message is linked to it and is none of its parts. */
  readonly connection?: SpanContext | undefined;
  /** The name of the span that is opened for the message; false: none is. */
  readonly span?: string | false | undefined;
}

/** How a job is run. */
export interface JobOptions {
  /** `link` (default): the job is a trace of its own, linked to the one that queued it; `parent`: a part of that one. */
  readonly mode?: 'link' | 'parent' | undefined;
  /** The name of the span that is opened for the job; false: none is. */
  readonly span?: string | false | undefined;
}

/** Messages, jobs and calls of tools that carry their place with them. */
export interface Envelopes {
  /**
   * Puts the place of the caller around a message. Baggage goes with it only where `to` is the URL of a host that is allowed.
   */
  wrapMessage<T>(data: T, options?: { readonly to?: string | URLLike | undefined }): Message<T>;
  /**
   * Handles a message in the place that came with it, and not below the endless span of the connection. What is no envelope is handed on
   * as it is, in a new place.
   */
  handleMessage<R>(
    envelope: unknown,
    handle: (data: unknown, incoming: Incoming) => R,
    options?: MessageOptions,
  ): R;
  /** A copy of a job's data with the place of the caller in it, under `_correlation`. */
  injectJob<T extends object>(job: T): Job<T>;
  /** Runs a job with the place that came with it. */
  runJob<J, R>(job: J, run: (job: J, incoming: Incoming) => R, options?: JobOptions): R;
  /**
   * A copy of the parameters of an MCP request with the place of the caller in `_meta`. Baggage goes with it only where `to` is `local`, for
   * a server that is a child process of this one, or the URL of a host that is allowed.
   */
  injectMeta<T extends object>(
    params: T,
    options?: { readonly to?: string | URLLike | undefined },
  ): T & { readonly _meta: Readonly<Record<string, unknown>> };
  /** Serves an MCP request below the span that its `_meta` names; the options that it is handed link a span to that of the transport. */
  runWithMeta<R>(meta: unknown, run: (incoming: Incoming) => R): R;
}

/** What is needed of a URL. */
export interface URLLike {
  readonly href: string;
}

export function createEnvelopes(definition: Definition): Envelopes {
  return {
    wrapMessage(data, options = {}) {
      return { ...pack(definition, options.to !== undefined && allowsUrl(definition, options.to)), data };
    },

    handleMessage(envelope, handle, options = {}) {
      const links = options.connection === undefined ? activeLink() : [options.connection];
      const { span = 'message process' } = options;
      return runIncoming(
        unpack(definition, envelope),
        { mode: 'parent', links, span: span === false ? undefined : span },
        (incoming) => handle(isEnvelope(envelope) ? envelope.data : envelope, incoming),
      );
    },

    injectJob(job) {
      if (Array.isArray(job)) return job;
      return { ...job, _correlation: pack(definition, true) };
    },

    runJob(job, run, options = {}) {
      const { mode = 'link', span = 'job process' } = options;
      return runIncoming(
        unpack(definition, field(job, '_correlation')),
        { mode, links: [], span: span === false ? undefined : span },
        (incoming) => run(job, incoming),
      );
    },

    injectMeta(params, options = {}) {
      const { to } = options;
      const isAllowed = to === 'local' || (to !== undefined && allowsUrl(definition, to));
      const given = field(params, '_meta');
      const span = currentSpan();
      const baggage = isAllowed ? formatBaggage(currentScope()?.baggage, definition.baggage) : '';
      const meta = {
        ...(typeof given === 'object' ? given : {}),
        ...(span === undefined ? {} : formatTraceContext(span)),
        ...(baggage === '' ? {} : { baggage }),
      };
      return { ...params, _meta: meta };
    },

    runWithMeta(meta, run) {
      const span = parseTraceContext(field(meta, 'traceparent'), field(meta, 'tracestate'));
      const baggage = parseBaggage(field(meta, 'baggage'), definition.baggage);
      const outer = scopeNow();
      const correlationId = currentScope()?.correlationId ?? span?.traceId ?? outer.correlationId;
      const parent = span === undefined ? context.active() : trace.setSpanContext(context.active(), span);
      const links = span === undefined ? [] : activeLink();
      const scope = {
        correlationId,
        baggage: { ...outer.baggage, ...baggage },
        remote: span ?? outer.remote,
      };
      return runIn(parent, scope, () => run({ correlationId, parent, links }));
    },
  };
}

function isEnvelope(value: unknown): value is { readonly data: unknown } {
  return (
    field(value, 'data') !== undefined &&
    (field(value, 'traceparent') ?? field(value, 'correlationId')) !== undefined
  );
}
