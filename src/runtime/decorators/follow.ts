/** What is told of a call: one of both, once. */
export interface CallEnd {
  ended(): void;
  failed(error: unknown): void;
}

/**
 * Follows what a method returned to its end: a promise until it settles, a generator until its last value. What is handed on behaves
 * as what was returned.
 */
export function follow(result: unknown, end: CallEnd): unknown {
  if (result instanceof Promise) return followPromise(result, end);
  const tag = Object.prototype.toString.call(result);
  if (tag === '[object Generator]') return followGenerator(result as Generator, end);
  if (tag === '[object AsyncGenerator]') return followAsyncGenerator(result as AsyncGenerator, end);
  end.ended();
  return result;
}

/** An object of another class may carry more than a promise: it is handed on itself. */
function followPromise(result: Promise<unknown>, end: CallEnd): unknown {
  const ended = (value: unknown): unknown => {
    end.ended();
    return value;
  };
  if (Object.getPrototypeOf(result) !== Promise.prototype) {
    result.then(ended, (error: unknown) => {
      end.failed(error);
    });
    return result;
  }
  return result.then(ended, (error: unknown) => {
    end.failed(error);
    throw error;
  });
}

function* followGenerator(inner: Generator, end: CallEnd): Generator {
  let hasFailed = false;
  try {
    return (yield* inner) as unknown;
  } catch (error) {
    hasFailed = true;
    end.failed(error);
    throw error;
  } finally {
    // A reader that stops early has what it wanted.
    if (!hasFailed) end.ended();
  }
}

async function* followAsyncGenerator(inner: AsyncGenerator, end: CallEnd): AsyncGenerator {
  let hasFailed = false;
  try {
    return (yield* inner) as unknown;
  } catch (error) {
    hasFailed = true;
    end.failed(error);
    throw error;
  } finally {
    if (!hasFailed) end.ended();
  }
}
