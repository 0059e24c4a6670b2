// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Timers that do not keep the process alive. */
interface Host {
  setTimeout(callback: () => void, milliseconds: number): Timer;
  setInterval(callback: () => void, milliseconds: number): Timer;
  clearTimeout(timer: Timer): void;
  setImmediate?(callback: () => void): unknown;
}

interface Timer {
  unref?(): unknown;
}

const host = globalThis as unknown as Host;

/** Calls back again and again. */
export function repeat(seconds: number, callback: () => void): void {
  host.setInterval(callback, seconds * 1000).unref?.();
}

/** Waits until `work` has settled, but not longer than so many seconds. Never rejects. */
export function withinSeconds(seconds: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = host.setTimeout(resolve, seconds * 1000);
    timer.unref?.();
    const done = (): void => {
      host.clearTimeout(timer);
      resolve();
    };
    work.then(done, done);
  });
}

/** Lets the messages in that have arrived. Some wait for the turn of the event loop after the next one. */
export async function messagesHandled(): Promise<void> {
  await turn();
  await turn();
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (host.setImmediate === undefined) host.setTimeout(resolve, 0);
    else host.setImmediate(resolve);
  });
}
