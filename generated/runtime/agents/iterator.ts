// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What a stream tells while it is read. */
export interface StreamWatcher {
  /** Whether somebody waits for the next part now. */
  reading?(now: boolean): void;
  /** Must not throw. */
  chunk(value: unknown): void;
  /** The stream came to its end. */
  done(): void;
  /** The reader stopped before. */
  left(): void;
  failed(error: unknown): void;
}

interface AnyIterator {
  next(...args: readonly unknown[]): PromiseLike<IteratorResult<unknown>>;
  return?(value?: unknown): PromiseLike<IteratorResult<unknown>>;
  throw?(error?: unknown): PromiseLike<IteratorResult<unknown>>;
}

/** The asynchronous iterator that does as another one does, and tells of it. */
export function watchedIterator(
  iterator: AnyIterator,
  watcher: StreamWatcher,
): AsyncIterableIterator<unknown> {
  const told = async (step: PromiseLike<IteratorResult<unknown>>): Promise<IteratorResult<unknown>> => {
    watcher.reading?.(true);
    try {
      const result = await step;
      watcher.reading?.(false);
      if (result.done === true) watcher.done();
      else watcher.chunk(result.value);
      return result;
    } catch (error) {
      watcher.reading?.(false);
      watcher.failed(error);
      throw error;
    }
  };
  const watched: AsyncIterableIterator<unknown> = {
    next: (...args: readonly unknown[]) => told(iterator.next(...args)),
    [Symbol.asyncIterator]: () => watched,
  };
  if (typeof iterator.return === 'function') {
    watched.return = async (value?: unknown) => {
      watcher.left();
      return (await iterator.return?.(value)) ?? { done: true, value };
    };
  }
  if (typeof iterator.throw === 'function') {
    watched.throw = (error?: unknown) => {
      watcher.failed(error);
      return Promise.resolve(iterator.throw?.(error) ?? Promise.reject(error as Error));
    };
  }
  return watched;
}

/** Whether something can be iterated with `for await`. */
export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { readonly [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === 'function'
  );
}

/** Makes a stream tell of its first reading, without taking its place: it keeps its class, its methods and its controller. */
export function watchStream(stream: object, watcher: StreamWatcher): boolean {
  // The streams of the clients of OpenAI and Anthropic read themselves through this property, in `tee` as well.
  const holder = stream as { iterator?: unknown };
  const key = typeof holder.iterator === 'function' ? 'iterator' : Symbol.asyncIterator;
  const original = (stream as Readonly<Record<PropertyKey, unknown>>)[key];
  if (typeof original !== 'function') return false;
  let isRead = false;
  return replace(stream, key, () => {
    const iterator = Reflect.apply(original, stream, []) as AnyIterator;
    if (isRead) return iterator;
    isRead = true;
    return watchedIterator(iterator, watcher);
  });
}

/** Puts a property of its own on an object; false where it takes none. */
export function replace(target: object, key: PropertyKey, value: unknown): boolean {
  const own = Object.getOwnPropertyDescriptor(target, key);
  try {
    return Reflect.defineProperty(target, key, {
      value,
      configurable: true,
      writable: true,
      enumerable: own?.enumerable ?? false,
    });
  } catch {
    return false;
  }
}
