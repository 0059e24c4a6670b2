// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { createRedactor } from '../redaction/redactor.js';
import type { Redaction } from '../redaction/redactor.js';
import { RunningSpan } from './running-span.js';
import type { AnySpanDefinition, Tracing } from './running-span.js';
import type { ActiveSpan, OpenSpan, SpanDefinition, SpanHelper } from './span.js';

/** Makes the span helpers of a service. */
export interface SpanFactory<M> {
  span<A, O extends string = never>(definition: SpanDefinition<A, O, M>): SpanHelper<A, O>;
}

/**
 * What the spans of a service share.
 * @param settings `scope` names the tracer; `metrics` are the helpers that spans record into
 */
export function createTracing<M extends object>(settings: {
  readonly scope: string;
  readonly metrics: M;
  readonly redaction?: Redaction;
}): SpanFactory<M> {
  const tracing: Tracing = {
    scope: settings.scope,
    metrics: settings.metrics as Readonly<Record<string, unknown>>,
    redactor: createRedactor(settings.redaction),
  };
  return { span: (definition) => spanHelper(tracing, definition) };
}

function spanHelper<A, O extends string, M>(
  tracing: Tracing,
  definition: SpanDefinition<A, O, M>,
): SpanHelper<A, O> {
  const known = definition as unknown as AnySpanDefinition;
  const start = (attributes: A): OpenSpan<A, O> => new RunningSpan(tracing, known, attributes);
  const call = <R>(attributes: A, run: (span: ActiveSpan<A, O>) => R): R => {
    const span = start(attributes);
    let result: R;
    try {
      result = span.within(() => run(span));
    } catch (error) {
      span.fail(error);
      throw error;
    }
    return settled(span, result);
  };
  return Object.assign(call, { start });
}

/**
 * Ends the span now, or when the promise that the function returned settles. A plain promise is answered by one that follows
 * it, so that a rejection which nobody handles is still reported. An object of another class may carry more than `then`: it
 * is returned itself where it is a promise already under way, and otherwise adopted, since some start their work anew at each
 * call of `then`.
 */
function settled<R>(span: OpenSpan<never, never>, result: R): R {
  if (!isThenable(result)) {
    span.end();
    return result;
  }
  const ended = <T>(value: T): T => {
    span.end();
    return value;
  };
  const failed = (error: unknown): void => {
    span.fail(error);
  };
  if (result instanceof Promise && Object.getPrototypeOf(result) !== Promise.prototype) {
    result.then(ended, failed);
    return result;
  }
  return Promise.resolve(result).then(ended, (error: unknown) => {
    failed(error);
    throw error;
  }) as R;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  try {
    return typeof (value as { readonly then?: unknown }).then === 'function';
  } catch {
    return false;
  }
}
