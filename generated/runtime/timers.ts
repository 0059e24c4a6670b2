// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Timers as they are in Node, described by their shape. */
interface Host {
  setTimeout(callback: () => void, milliseconds: number): Timer;
  clearTimeout(timer: Timer): void;
  setInterval(callback: () => void, milliseconds: number): Timer;
  clearInterval(timer: Timer): void;
  setImmediate?(callback: () => void): unknown;
}

interface Timer {
  unref?(): unknown;
}

const host = globalThis as unknown as Host;

/** Calls back after so many seconds, unless it is ended before, and does not keep the process alive; returns the end. */
export function afterSeconds(seconds: number, callback: () => void): () => void {
  const timer = host.setTimeout(callback, seconds * 1000);
  timer.unref?.();
  return () => {
    host.clearTimeout(timer);
  };
}

/** Calls back every so many seconds until it is ended, and does not keep the process alive; returns the end. */
export function everySeconds(seconds: number, callback: () => void): () => void {
  const timer = host.setInterval(callback, seconds * 1000);
  timer.unref?.();
  return () => {
    host.clearInterval(timer);
  };
}

/** Waits so many seconds, for which the process stays alive. */
export function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    host.setTimeout(resolve, seconds * 1000);
  });
}

/** Lets others have their turn on the event loop. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (host.setImmediate === undefined) host.setTimeout(resolve, 0);
    else host.setImmediate(resolve);
  });
}

/** Calls back when the present turn of the event loop is over, and does not keep the process alive. */
export function soon(callback: () => void): void {
  const timer = host.setImmediate === undefined ? host.setTimeout(callback, 0) : host.setImmediate(callback);
  (timer as Timer).unref?.();
}

/** Waits until `work` has settled, but not longer than so many seconds. Never rejects. */
export function withinSeconds(seconds: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const end = afterSeconds(seconds, resolve);
    const done = (): void => {
      end();
      resolve();
    };
    work.then(done, done);
  });
}

/**
 * Settles with the value of `work`, or with `late` after so many seconds. Never rejects: `failed` makes a value of an error.
 * The timer keeps the process alive until then, so that a caller who awaits the result gets it.
 */
export function withDeadline<T>(
  work: Promise<T>,
  seconds: number,
  late: () => T,
  failed: (error: unknown) => T,
): Promise<T> {
  return new Promise<T>((resolve) => {
    const timer = host.setTimeout(() => {
      resolve(late());
    }, seconds * 1000);
    work.then(resolve, (error: unknown) => {
      resolve(failed(error));
    });
    work.then(cancel, cancel);
    function cancel(): void {
      host.clearTimeout(timer);
    }
  });
}
