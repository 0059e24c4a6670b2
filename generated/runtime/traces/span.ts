// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Context, Span, SpanContext } from '@opentelemetry/api';
import type { ClosedLabel } from '../metrics/label.js';

/** A span while its work runs. `A` are its attributes, `O` the ways in which it can end. */
export interface ActiveSpan<A, O extends string> {
  /** Sets attributes; those that are `undefined` stay as they are. */
  set(attributes: Partial<A>): void;
  /** Says how the work ended, where that is neither the usual success nor the usual failure. */
  outcome(value: O): void;
  /** The first part of an answer that comes in parts is there; what is said again is passed over. */
  firstChunk(): void;
  /** OpenTelemetry's span, for links and events; one that records nothing where this one is not recorded. */
  readonly otel: Span;
}

/** A span that its opener has to end. */
export interface OpenSpan<A, O extends string> extends ActiveSpan<A, O> {
  /** Runs code inside the span: spans and log lines in it belong to this one. */
  within<R>(run: () => R): R;
  /** Ends the span. What happens to it later is passed over. */
  end(): void;
  /** Ends the span as failed. */
  fail(error: unknown): void;
}

/** Where a span stands in its trace. */
export interface SpanOptions {
  /** Spans that it has to do with and that are not its parent, such as the one that put a job into a queue. */
  readonly links?: readonly SpanContext[] | undefined;
  /**
   * `none`: it begins a trace of its own, and is linked to the span that is active now: for work that goes on by itself, such as a
   * detached sub-agent. A context: it stands below the span in there. Default: below the active span.
   */
  readonly parent?: 'active' | 'none' | Context | undefined;
  /** Ends the span as failed where the signal aborts before its work has ended. */
  readonly signal?: AbortSignalLike | undefined;
}

/** What is needed of an AbortSignal. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** How a stream is watched. */
export interface StreamOptions extends SpanOptions {
  /** Seconds without a chunk and without anybody asking for one, after which the stream counts as abandoned. Default: the spans' own bound. */
  readonly idleSeconds?: number | undefined;
}

/** Opens spans of one kind. */
export interface SpanHelper<A, O extends string> {
  /**
   * Runs code in a span, which ends when the function returns or its promise settles. What the function returns or throws
   * comes through unchanged. A label attribute that is not known yet is `undefined`, and set before the end.
   */
  <R>(attributes: A, run: (span: ActiveSpan<A, O>) => R, options?: SpanOptions): R;
  /** Opens a span for work that is no single function; it has to be ended. One that is forgotten is ended and counted as abandoned. */
  start(attributes: A, options?: SpanOptions): OpenSpan<A, O>;
  /** A generator whose span lasts from the first value that is asked for to its return. */
  generator<T, R, N>(
    attributes: A,
    run: (span: ActiveSpan<A, O>) => Generator<T, R, N>,
    options?: SpanOptions,
  ): Generator<T, R, N>;
  /** The same for an asynchronous generator. */
  asyncGenerator<T, R, N>(
    attributes: A,
    run: (span: ActiveSpan<A, O>) => AsyncGenerator<T, R, N>,
    options?: SpanOptions,
  ): AsyncGenerator<T, R, N>;
  /**
   * An answer that comes in parts: the span lasts from the request to the last chunk, and notes when the first one came. It ends as
   * well where the reader stops early, the stream fails, the signal aborts, or nobody reads on.
   */
  stream<T>(
    attributes: A,
    open: (span: ActiveSpan<A, O>) => PromiseLike<AsyncIterable<T>> | AsyncIterable<T>,
    options?: StreamOptions,
  ): Promise<AsyncIterableIterator<T>>;
}

/** The attributes of a span that has none. */
export type NoAttributes = Readonly<Record<string, never>>;

/** How a span's end is classed. */
export interface OutcomeDefinition<O extends string> {
  readonly label: ClosedLabel<O>;
  /** The attribute's name on the exported span. */
  readonly as: string;
  /** Where the function returned. */
  readonly ok: O;
  /** Where it threw. */
  readonly error: O;
}

/** What the spec says of a span. */
export interface SpanDefinition<O extends string> {
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** Attributes that a convention fixes, by exported name. */
  readonly constants?: Readonly<Record<string, string>>;
  readonly outcome?: OutcomeDefinition<O>;
  /** What is recorded from it beside the span itself, sampled or not: `time` where its seconds are needed. */
  readonly measured?: 'count' | 'time';
  /** Names of the spans that are expected below it, where the spec says so. */
  readonly children?: readonly string[];
}
