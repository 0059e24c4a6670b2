import { Interrupted } from '../../prove/run/process.js';
import { StackFault } from '../../stack/run/stack-fault.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { progress } from '../terminal.js';
import { reportUsageError, UsageError } from '../usage-error.js';
import { untilSignal } from '../until-signal.js';

/** What a command of `stack` is run with. */
export interface Running {
  /** Aborts where the user ends it. */
  readonly signal: AbortSignal;
  /** Says what is waited for, where somebody looks. */
  readonly step: (text: string) => void;
  /** Wipes that, before something else is printed. */
  readonly done: () => void;
}

/** Runs a command until it ends or a signal ends it, and says what cannot be as other commands do. */
export function runStackCommand(run: (running: Running) => Promise<ExitCode>): Promise<ExitCode> {
  return untilSignal(
    async (signal) => {
      const status = progress(false);
      const step = (text: string): void => {
        status.step(text);
      };
      const done = (): void => {
        status.done();
      };
      try {
        return await run({ signal, step, done });
      } catch (error) {
        if (!(error instanceof StackFault)) throw error;
        done();
        reportUsageError(new UsageError(error.message, error.help));
        return exitCodes.usage;
      } finally {
        done();
      }
    },
    (error, ended) => error instanceof Interrupted || ended.aborted,
  );
}
