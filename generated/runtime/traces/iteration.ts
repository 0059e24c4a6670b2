// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { everySeconds } from '../timers.js';
import { touch } from './open-spans.js';
import { RunningSpan } from './running-span.js';
import type { ActiveSpan, OpenSpan, SpanHelper, SpanOptions, StreamOptions } from './span.js';

type Start<A, O extends string> = (attributes: A, options?: SpanOptions) => OpenSpan<A, O>;

/** The form for generators. Each step runs within the span: what the caller does between two steps does not. */
export function generatorIn<A, O extends string>(start: Start<A, O>): SpanHelper<A, O>['generator'] {
  return function* <T, R, N>(
    attributes: A,
    run: (span: ActiveSpan<A, O>) => Generator<T, R, N>,
    options?: SpanOptions,
  ): Generator<T, R, N> {
    const span = start(attributes, options);
    const step = <S extends { readonly done?: boolean | undefined }>(work: () => S): S => {
      try {
        if (span instanceof RunningSpan) touch(span);
        const result = span.within(work);
        if (result.done === true) span.end();
        return result;
      } catch (error) {
        span.fail(error);
        throw error;
      }
    };
    const inner = opened(span, () => run(span));
    return yield* {
      next: (value: N) => step(() => inner.next(value)),
      return: (value: R) => step(() => inner.return(value)),
      throw: (error: unknown) => step(() => inner.throw(error)),
      [Symbol.iterator]() {
        return this;
      },
    };
  };
}

/** The form for asynchronous generators. */
export function asyncGeneratorIn<A, O extends string>(
  start: Start<A, O>,
): SpanHelper<A, O>['asyncGenerator'] {
  return async function* <T, R, N>(
    attributes: A,
    run: (span: ActiveSpan<A, O>) => AsyncGenerator<T, R, N>,
    options?: SpanOptions,
  ): AsyncGenerator<T, R, N> {
    const span = start(attributes, options);
    const inner = opened(span, () => run(span));
    return yield* {
      next: (value: N) => asyncStep(span, () => inner.next(value)),
      return: (value: R | PromiseLike<R>) => asyncStep(span, () => inner.return(value)),
      throw: (error: unknown) => asyncStep(span, () => inner.throw(error)),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };
}

/** The form for answers that come in parts. */
export function streamIn<A, O extends string>(start: Start<A, O>): SpanHelper<A, O>['stream'] {
  return async <T>(
    attributes: A,
    open: (span: ActiveSpan<A, O>) => PromiseLike<AsyncIterable<T>> | AsyncIterable<T>,
    options?: StreamOptions,
  ): Promise<AsyncIterableIterator<T>> => {
    const span = start(attributes, options);
    try {
      const chunks = await span.within(() => open(span));
      return watched(
        span,
        span.within(() => chunks[Symbol.asyncIterator]()),
        options?.idleSeconds,
      );
    } catch (error) {
      span.fail(error);
      throw error;
    }
  };
}

function watched<A, O extends string, T>(
  span: OpenSpan<A, O>,
  chunks: AsyncIterator<T>,
  idleSeconds: number | undefined,
): AsyncIterableIterator<T> {
  const stillness = idleSeconds === undefined ? undefined : watchStillness(span, idleSeconds);
  const step = async (work: () => Promise<IteratorResult<T>>): Promise<IteratorResult<T>> => {
    stillness?.stir();
    try {
      const result = await asyncStep(span, work);
      if (result.done === true) stillness?.stop();
      else span.firstChunk();
      return result;
    } catch (error) {
      stillness?.stop();
      throw error;
    }
  };
  return {
    next: () => step(() => chunks.next()),
    async return(value?: unknown) {
      // The reader has had enough.
      const result = await step(
        () => chunks.return?.(value) ?? Promise.resolve({ done: true as const, value: undefined }),
      );
      stillness?.stop();
      span.end();
      return result;
    },
    throw: (error?: unknown) =>
      step(async () => {
        if (chunks.throw !== undefined) return chunks.throw(error);
        throw error;
      }),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Gives a stream up where nobody has asked for a chunk for so long. */
function watchStillness<A, O extends string>(
  span: OpenSpan<A, O>,
  seconds: number,
): { stir(): void; stop(): void } {
  let isStirred = true;
  const stop = everySeconds(seconds, () => {
    if (!isStirred) {
      stop();
      if (span instanceof RunningSpan) span.abandon();
    }
    isStirred = false;
  });
  return {
    stop,
    stir() {
      isStirred = true;
    },
  };
}

function opened<A, O extends string, R>(span: OpenSpan<A, O>, work: () => R): R {
  try {
    return span.within(work);
  } catch (error) {
    span.fail(error);
    throw error;
  }
}

async function asyncStep<A, O extends string, S extends { readonly done?: boolean | undefined }>(
  span: OpenSpan<A, O>,
  work: () => Promise<S>,
): Promise<S> {
  try {
    if (span instanceof RunningSpan) touch(span);
    const result = await span.within(work);
    if (result.done === true) span.end();
    return result;
  } catch (error) {
    span.fail(error);
    throw error;
  }
}
