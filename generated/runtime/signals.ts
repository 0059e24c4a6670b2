// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** The parts of Node's process that signals need, by their shape. */
interface Process {
  readonly pid: number;
  on(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: () => void): unknown;
  listenerCount(event: string): number;
  kill(pid: number, signal: string): unknown;
}

const signals = ['SIGTERM', 'SIGINT'] as const;

/**
 * Ends the telemetry when the process is told to end, or has nothing left to do. Afterwards the signal is raised again, so that the process
 * ends by it, as its parent expects; where the program listens to the signal too, its end is the program's affair. A second signal ends the
 * process at once.
 * @returns the end of it
 */
export function endOnSignals(shutdown: () => Promise<unknown>): () => void {
  const { process } = globalThis as unknown as { readonly process?: Process };
  if (process === undefined) return nothing;
  const listeners = new Map<string, () => void>();
  const stop = (): void => {
    for (const [event, listener] of listeners) process.removeListener(event, listener);
    listeners.clear();
  };
  for (const signal of signals) {
    let isEnding = false;
    const raise = (): void => {
      stop();
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    listeners.set(signal, () => {
      if (isEnding) {
        raise();
        return;
      }
      isEnding = true;
      void shutdown().then(raise);
    });
  }
  listeners.set('beforeExit', () => {
    stop();
    void shutdown();
  });
  for (const [event, listener] of listeners) process.on(event, listener);
  return stop;
}

function nothing(): void {
  // There is no process to listen to.
}
