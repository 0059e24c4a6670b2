import { makeStackFolder, stackFolder } from '../../stack/run/folder.js';
import type { AlertsTo } from '../../stack/run/native/alertmanager.js';
import { isRunning } from '../../stack/run/native/end.js';
import { StackFault } from '../../stack/run/stack-fault.js';
import { readStackState } from '../../stack/run/state.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { printError } from '../terminal.js';
import type { UpArguments } from './arguments.js';
import { requireBuilt } from './built.js';
import type { Running } from './faults.js';
import { presentNative } from './present.js';
import { watchNative } from './watch-native.js';

function alertsTo({ webhook }: UpArguments): AlertsTo {
  if (webhook === undefined) return 'receivers';
  return webhook === 'none' ? 'nobody' : { webhook };
}

/** Refuses a second stack in the same folder. */
function requireNone(folder: string): void {
  const state = readStackState(folder);
  if (state === undefined || !isRunning(state)) return;
  throw new StackFault(`a stack of ${state.service} runs already`, [
    '`obs-gen stack status` shows it, `obs-gen stack down` ends it',
    'a second one needs a folder of its own, and ports: --state DIR --ports auto',
  ]);
}

/** Starts the programs of a stack, shows how it goes, and ends them with the signal. */
export async function upNative(
  args: UpArguments,
  { signal, step, done }: Running,
  onUp?: () => void,
): Promise<ExitCode> {
  const folder = stackFolder(args.spec, args.state);
  requireNone(folder.path);
  step(`compiling ${args.spec}`);
  const built = await requireBuilt(args);
  done();
  if (typeof built === 'number') return built;
  makeStackFolder(folder);
  const { prepareNative } = await import('../../stack/run/native/prepare.js');
  const wish = {
    folder,
    alertsTo: alertsTo(args),
    autoPorts: args.ports === 'auto',
    env: process.env,
    signal,
  };
  const prepared = await prepareNative({ ...built, ...wish, targets: args.target ?? [] });
  const { NativeStack } = await import('../../stack/run/native/native-stack.js');
  const stack = await NativeStack.start({
    ...built,
    ...prepared,
    folder,
    env: process.env,
    signal,
    onStep: step,
    onPartEnded: (part, how, tail) => {
      done();
      printError(`${part} has ended (${how}); the others go on\n${tail.join('\n')}\n`);
    },
    onFault: (error) => {
      done();
      printError(
        `a fault of obs-gen: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
    },
  });
  done();
  try {
    presentNative(stack.parts, prepared);
    onUp?.();
    await watchNative(stack, { signal, step });
    return exitCodes.fine;
  } finally {
    await stack.close();
    done();
  }
}
