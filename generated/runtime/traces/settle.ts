// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { awaitEnd } from './open-spans.js';
import type { RunningSpan } from './running-span.js';

/**
 * Ends the span now, or when the promise that the function returned settles. A plain promise is answered by one that follows
 * it, so that a rejection which nobody handles is still reported. An object of another class may carry more than `then`: it
 * is returned itself where it is a promise already under way, and otherwise adopted, since some start their work anew at each
 * call of `then`.
 */
export function settled<A, O extends string, R>(
  span: RunningSpan<A, O>,
  result: R,
  ended: (() => void) | undefined,
): R {
  if (!isThenable(result)) {
    ended?.();
    span.end();
    return result;
  }
  if (!span.isEnded) awaitEnd(span);
  if (!(result instanceof Promise)) return follow(span, Promise.resolve(result), ended) as R;
  if (Object.getPrototypeOf(result) === Promise.prototype) return follow(span, result, ended) as R;
  void follow(span, result, ended).catch(ignore);
  return result;
}

/** One promise behind the work, and no more: an async function would make two, and with AsyncLocalStorage each of them costs. */
function follow<A, O extends string>(
  span: RunningSpan<A, O>,
  work: Promise<unknown>,
  ended: (() => void) | undefined,
): Promise<unknown> {
  return work.then(
    (value) => {
      ended?.();
      span.end();
      return value;
    },
    (error: unknown) => {
      ended?.();
      span.fail(error);
      throw error;
    },
  );
}

/** The promise itself was given back: whoever has it hears of its rejection. */
function ignore(): void {
  // Nothing is left to do.
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  if (value instanceof Promise) return true;
  try {
    return typeof (value as { readonly then?: unknown }).then === 'function';
  } catch {
    return false;
  }
}
