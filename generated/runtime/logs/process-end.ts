// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

interface Process {
  on(event: 'exit' | 'uncaughtExceptionMonitor', listener: () => void): unknown;
}

/**
 * Calls back when the process ends, and before it ends by an exception that nobody caught. Both only watch: what the process does stays as
 * it is. Signals that nobody handles end a process without either.
 */
export function onProcessEnd(listener: () => void): void {
  const process = (globalThis as { process?: Partial<Process> }).process;
  process?.on?.('exit', listener);
  process?.on?.('uncaughtExceptionMonitor', listener);
}
