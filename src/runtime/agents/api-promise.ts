import { replace } from './iterator.js';

/** What comes of a call. */
export interface CallWatcher {
  /** The answer, before the caller has it. Must not throw. */
  answered(value: unknown): void;
  /** The caller took the raw response, and reads it himself. */
  taken(): void;
  failed(error: unknown): void;
}

/** The promise of the clients of OpenAI and Anthropic: it reads the body only when it is awaited. */
interface ApiPromise {
  responsePromise: PromiseLike<unknown>;
  parseResponse: (...args: unknown[]) => unknown;
  asResponse: () => PromiseLike<unknown>;
  /** Makes the promise of another view of the answer, such as a parsed one. */
  _thenUnwrap?: (...args: unknown[]) => unknown;
}

/**
 * Tells what comes of a call, and returns what is to be given to the caller: the same promise where it has a class of its own, one
 * that follows it where it is a plain one, the value itself where it is none. Nothing is read that the caller does not read.
 */
export function watchCall<R>(result: R, watcher: CallWatcher): R {
  if (watchIfApiPromise(result, watcher)) return result;
  if (result instanceof Promise) {
    const told = (value: unknown): unknown => {
      watcher.answered(value);
      return value;
    };
    const failed = (error: unknown): void => {
      watcher.failed(error);
    };
    if (Object.getPrototypeOf(result) === Promise.prototype) {
      return result.then(told, (error: unknown) => {
        failed(error);
        throw error;
      }) as R;
    }
    result.then(told, failed);
    return result;
  }
  // Something that is not known here: awaiting it might start it anew.
  watcher.taken();
  return result;
}

/** Tells what comes of a call whose result is the promise of one of those clients; false for any other result, which is left alone. */
export function watchIfApiPromise(result: unknown, watcher: CallWatcher): boolean {
  if (!isApiPromise(result)) return false;
  watchApiPromise(result, once(watcher));
  return true;
}

function watchApiPromise<R extends ApiPromise>(promise: R, watcher: CallWatcher): R {
  const { responsePromise, parseResponse, asResponse, _thenUnwrap } = promise;
  let isParsed = false;
  const arrived = responsePromise.then(
    (response) => response,
    (error: unknown) => {
      watcher.failed(error);
      throw error;
    },
  );
  replace(promise, 'responsePromise', arrived);
  replace(promise, 'parseResponse', async (...args: unknown[]): Promise<unknown> => {
    isParsed = true;
    try {
      const value: unknown = await Reflect.apply(parseResponse, promise, args);
      watcher.answered(value);
      return value;
    } catch (error) {
      watcher.failed(error);
      throw error;
    }
  });
  replace(promise, 'asResponse', () => {
    const response = Reflect.apply(asResponse, promise, []);
    // `withResponse` parses as well, and begins with that.
    const taken = (): void => {
      if (!isParsed) watcher.taken();
    };
    response.then(taken, ignore);
    return response;
  });
  if (_thenUnwrap !== undefined) {
    replace(promise, '_thenUnwrap', (...args: unknown[]): unknown => {
      const view: unknown = Reflect.apply(_thenUnwrap, promise, args);
      return isApiPromise(view) ? watchApiPromise(view, watcher) : view;
    });
  }
  return promise;
}

/** The views of an answer tell of one call: the first that is read does. */
function once(watcher: CallWatcher): CallWatcher {
  let isTold = false;
  return {
    ...watcher,
    answered(value) {
      if (!isTold) watcher.answered(value);
      isTold = true;
    },
  };
}

function isApiPromise(value: unknown): value is ApiPromise {
  if (!(value instanceof Promise)) return false;
  const { responsePromise, parseResponse, asResponse } = value as unknown as Partial<
    Record<keyof ApiPromise, unknown>
  >;
  return (
    responsePromise instanceof Promise &&
    typeof parseResponse === 'function' &&
    typeof asResponse === 'function'
  );
}

function ignore(): void {
  // Whoever has the response hears of it.
}
