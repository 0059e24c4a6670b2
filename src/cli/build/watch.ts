import { buildOnce, type BuildArguments, type Built } from './once.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { printError } from '../terminal.js';
import { reportUsageError, UsageError } from '../usage-error.js';
import { watch } from '../watch.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What is built again and again. */
interface Watched {
  /** Files that count whether they were read or not; they need not exist. */
  files(): readonly string[];
  /** What is said to be watched. */
  readonly title: string;
  build(args: BuildArguments): Promise<Built>;
}

/** Watches a spec, what it imports, and its baseline. */
export function watchSpec(args: BuildArguments): Promise<ExitCode> {
  return watchBuilds(args, { files: () => [args.spec], title: args.spec, build: buildOnce });
}

/**
 * Builds, and builds again after each change of the files that count or were read, until a signal ends it. The signal is sent again in the
 * end, so that the process dies of it as if nobody had listened: the shell sees 130 for Ctrl-C.
 */
export async function watchBuilds(args: BuildArguments, watched: Watched): Promise<ExitCode> {
  let files: readonly string[] = [];
  let exitCode: ExitCode = exitCodes.fine;
  let round = 0;
  const build = async (): Promise<void> => {
    round += 1;
    try {
      // Hand-made changes are given up once, when the user says so, and not whenever they are made again.
      const built = await watched.build(round === 1 ? args : { ...args, force: [] });
      exitCode = built.exitCode;
      ({ files } = built);
    } catch (error) {
      // An editor may have taken the spec away for a moment; without one to begin with, there is nothing to watch.
      if (round === 1 || !(error instanceof UsageError)) throw error;
      reportUsageError(error);
    }
    if (round === 1 && args.quiet !== true) printError(`watching ${watched.title}; Ctrl-C ends\n`);
  };

  // The looking for series that prove a rule takes longer than all else; most rules are the same after the next change.
  const [{ keepProofs }, { keepFiles }] = await Promise.all([
    import('../../prove/kept-proofs.js'),
    import('../../emit/kept-files.js'),
  ]);
  keepProofs();
  keepFiles();

  const ended = new AbortController();
  let received: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    received ??= signal;
    ended.abort();
  };
  for (const signal of signals) process.once(signal, onSignal);
  try {
    await watch(() => [...new Set([...watched.files(), ...files])], build, ended.signal);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
  if (received !== undefined) process.kill(process.pid, received);
  return exitCode;
}
