// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Context, Span } from '@opentelemetry/api';
import type { Emitter } from '../bind.js';

/** What is needed of a request of node:http; those below Express and Fastify have it. */
export interface NodeRequest extends Emitter {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What is needed of a response of node:http. */
export interface NodeResponse extends Emitter {
  statusCode: number;
  readonly headersSent: boolean;
  readonly writableFinished: boolean;
  getHeader(name: string): unknown;
  setHeader(name: string, value: string): unknown;
  once(event: 'finish' | 'close', listener: () => void): unknown;
}

/** What the span of a request is told. */
export interface RequestAttributes {
  readonly method: string | undefined;
  readonly route: string | undefined;
  readonly status?: number | undefined;
}

/** The span of a request while it is answered. */
export interface RequestSpan {
  set(attributes: Partial<RequestAttributes>): void;
  outcome(value: string): void;
  within<R>(run: () => R): R;
  end(): void;
  fail(error: unknown): void;
  readonly otel: Span;
}

/** The part of the helper `http.server.request` that is used. */
export interface RequestSpans {
  start(attributes: RequestAttributes, options?: { readonly parent?: Context | undefined }): RequestSpan;
}

/** What the spec's HTTP preset gives the middleware; each is left out where the spec does not have it. */
export interface MiddlewareParts {
  readonly span?: RequestSpans | undefined;
  /** The methods that the label has; every other is `_OTHER`. */
  readonly methods?: { has(text: string): boolean } | undefined;
  readonly httpServerActiveRequests?: {
    inc(labels: { readonly method: string }): void;
    dec(labels: { readonly method: string }): void;
  };
  readonly httpServerBodySizeBytes?: {
    observe(labels: { readonly route: string; readonly direction: string }, value: number): void;
  };
}
