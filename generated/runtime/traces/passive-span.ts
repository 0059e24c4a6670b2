// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { INVALID_SPAN_CONTEXT, trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import type { OpenSpan } from './span.js';

/** A span that stands for nothing. */
export const noSpan: Span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** The span of work of which nothing is recorded: one for all, since it keeps nothing. */
class PassiveSpan implements OpenSpan<unknown, never> {
  get otel(): Span {
    return trace.getActiveSpan() ?? noSpan;
  }

  set(): void {
    // Nothing is recorded.
  }

  outcome(): void {
    // Nothing is recorded.
  }

  firstChunk(): void {
    // Nothing is recorded.
  }

  within<R>(run: () => R): R {
    return run();
  }

  end(): void {
    // Nothing is recorded.
  }

  fail(): void {
    // Nothing is recorded.
  }
}

export const passiveSpan: OpenSpan<never, never> = new PassiveSpan();
