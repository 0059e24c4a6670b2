import { rmSync } from 'node:fs';
import { endNative } from '../../stack/run/native/end.js';
import { stackFolder } from '../../stack/run/folder.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { print, printError } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import type { DownArguments } from './arguments.js';
import { runStackCommand } from './faults.js';
import { passThrough } from './pass-through.js';
import { whichStack } from './which.js';

/** Data is gone for good: that has to be said twice. */
function requireConsent({ volumes, yes }: DownArguments): void {
  if (volumes !== true || yes === true) return;
  throw new UsageError('--volumes deletes all that the stack has stored', [
    'where that is meant, add --yes; without --volumes it is kept for the next `stack up`',
  ]);
}

/** `obs-gen stack down`. */
export function stackDown(args: DownArguments): Promise<ExitCode> {
  return runStackCommand(async ({ signal, step, done }) => {
    requireConsent(args);
    const which = await whichStack(args, signal);
    if (which.kind === 'docker') {
      const volumes = args.volumes === true ? ['--volumes'] : [];
      return passThrough(which.compose, ['down', '--remove-orphans', ...volumes], signal);
    }
    await endNative(which.folder, which.state, step);
    done();
    const { data } = stackFolder(args.spec, args.state);
    if (args.volumes === true) rmSync(data, { recursive: true, force: true });
    print(`the stack of ${which.state.service} has ended\n`);
    printError(args.volumes === true ? 'its data is deleted\n' : `its data is kept in ${data}\n`);
    return exitCodes.fine;
  });
}
