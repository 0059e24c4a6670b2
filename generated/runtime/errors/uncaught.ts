// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What is used of the process. */
interface Process {
  on(event: 'uncaughtExceptionMonitor', listener: (error: unknown) => void): unknown;
  removeListener(event: 'uncaughtExceptionMonitor', listener: (error: unknown) => void): unknown;
  listenerCount(event: 'uncaughtException'): number;
}

/**
 * Tells of errors that nobody catches, and of promises whose rejection nobody handles where Node makes errors of them. Node does with them
 * what it would do without: the monitor is no handler.
 * @param told `isEnd`: the process ends when `told` has returned
 * @returns the end of it
 */
export function watchUncaught(told: (error: unknown, isEnd: boolean) => void): () => void {
  const { process } = globalThis as unknown as { readonly process?: Process };
  if (process === undefined) return () => undefined;
  const listener = (error: unknown): void => {
    try {
      told(error, process.listenerCount('uncaughtException') === 0);
    } catch {
      // An error here would take the place of the program's own.
    }
  };
  process.on('uncaughtExceptionMonitor', listener);
  return () => {
    process.removeListener('uncaughtExceptionMonitor', listener);
  };
}
