import { exitCodes, type ExitCode } from './exit-code.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs what a signal ends. The signal is sent again when all is put away, so that the process dies of it as if nobody had listened.
 * @param isInterruption whether an error is what a signal causes, rather than a fault
 */
export async function untilSignal(
  run: (ended: AbortSignal) => Promise<ExitCode>,
  isInterruption: (error: unknown, ended: AbortSignal) => boolean,
): Promise<ExitCode> {
  const ended = new AbortController();
  let received: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    received ??= signal;
    ended.abort();
  };
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await run(ended.signal);
  } catch (error) {
    if (!isInterruption(error, ended.signal)) throw error;
    return exitCodes.findings;
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
    if (received !== undefined) process.kill(process.pid, received);
  }
}
