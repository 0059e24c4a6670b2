// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { watchIfApiPromise } from '../agents/api-promise.js';
import { builtinModule } from '../host.js';
import { hasOwn } from '../own-property.js';
import type { Recording } from './recording.js';

const { types } = (builtinModule('node:util') ?? {}) as {
  readonly types?: { isPromise(value: unknown): boolean };
};

// As the language has it, whatever stands on the promise itself.
// eslint-disable-next-line @typescript-eslint/unbound-method -- applied to promises
export const { then: promiseThen } = Promise.prototype;

/**
 * Ends a recording with what a call returned: now, or when it is settled. The promise of an asynchronous function is nobody else's yet,
 * and is answered by one that follows it, so that a rejection which nobody handles is still reported. Any other promise may be shared, and
 * is returned itself. A thenable that is no promise may begin its work when it is looked at: it is left alone.
 */
export function settled(recording: Recording, result: unknown, isAsync: boolean): unknown {
  if (recording.isIdle) return result;
  try {
    if (isAsync) return followed(recording, result);
    if (isPromise(result)) {
      if (isPlain(result)) {
        void Reflect.apply(promiseThen, result, [endOf(recording), failureOf(recording)]);
        recording.lasts();
        return result;
      }
      if (watchIfApiPromise(result, watcherOf(recording))) {
        recording.lasts();
        return result;
      }
    }
  } catch {
    // It looks like a promise, and is none.
  }
  recording.end(result);
  return result;
}

/** One promise behind the work, and no more. */
function followed(recording: Recording, result: unknown): unknown {
  const following: unknown = Reflect.apply(promiseThen, result, [
    (value: unknown) => {
      recording.end(value);
      return value;
    },
    (error: unknown) => {
      recording.fail(error);
      throw error;
    },
  ]);
  recording.lasts();
  return following;
}

/** Whether it is a promise, its class aside. A proxy is none, and is not asked anything: it could tell. */
function isPromise(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return types === undefined ? value instanceof Promise : types.isPromise(value);
}

/** Whether a promise is one of the language itself, of this realm or another one: those below it may carry more, or work otherwise. */
function isPlain(promise: object): boolean {
  const prototype = Object.getPrototypeOf(promise) as object;
  if (prototype === Promise.prototype) return true;
  const { constructor } = prototype;
  return constructor.name === 'Promise' && hasOwn(prototype, 'then');
}

function endOf(recording: Recording): (value: unknown) => void {
  return (value) => {
    recording.end(value);
  };
}

function failureOf(recording: Recording): (error: unknown) => void {
  return (error) => {
    recording.fail(error);
  };
}

function watcherOf(recording: Recording): Parameters<typeof watchIfApiPromise>[1] {
  return {
    answered: endOf(recording),
    taken() {
      recording.end(undefined);
    },
    failed: failureOf(recording),
  };
}
