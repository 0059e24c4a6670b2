import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { logOf, makeStackFolder, stackFolder } from '../../stack/run/folder.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { print, printError } from '../terminal.js';
import type { UpArguments } from './arguments.js';
import type { Running } from './faults.js';

/** Set for the process in the background, which tells the one that started it when all is up. */
const backgroundVariable = 'OBSGEN_STACK_BACKGROUND';
const up = 'up';

/** Whether this process was started by `detach`. */
export function isBackground(): boolean {
  return process.env[backgroundVariable] !== undefined && process.send !== undefined;
}

/** Tells whoever started this process that the stack is up, and lets it go. */
export function tellUp(): void {
  process.send?.(up, undefined, {}, () => {
    process.disconnect();
  });
}

function isExitCode(code: unknown): code is ExitCode {
  return Object.values(exitCodes).some((each) => each === code);
}

/** Resolves with true when the stack is up, with its exit code where it ended before. */
async function outcomeOf(child: ChildProcess): Promise<true | number | null> {
  return Promise.race([
    once(child, 'message').then(() => true as const),
    once(child, 'exit').then(([code]) => code as number | null),
  ]);
}

/** Prints what the process in the background has written so far. */
function relay(log: string, to: (text: string) => void): void {
  to(readFileSync(log, 'utf8'));
}

/** Starts the same command in the background, and waits until the stack is up or has failed. */
export async function detach(args: UpArguments, { signal, step, done }: Running): Promise<ExitCode> {
  const folder = stackFolder(args.spec, args.state);
  makeStackFolder(folder);
  const log = logOf(folder, 'stack');
  const output = openSync(log, 'w', 0o600);
  const [script = '', ...words] = process.argv.slice(1);
  const child = spawn(
    process.execPath,
    [...process.execArgv, script, ...words.filter((word) => !/^--detach(?:=|$)/.test(word))],
    {
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
      env: { ...process.env, [backgroundVariable]: '1', NO_COLOR: '1' },
    },
  );
  closeSync(output);
  const end = (): void => {
    child.kill('SIGTERM');
  };
  signal.addEventListener('abort', end, { once: true });
  step('starting in the background');
  const outcome = await outcomeOf(child);
  done();
  signal.removeEventListener('abort', end);
  if (outcome === true) {
    relay(log, print);
    printError('it runs in the background: `obs-gen stack status`, `obs-gen stack down`\n');
    child.unref();
    if (child.connected) child.disconnect();
    return exitCodes.fine;
  }
  relay(log, printError);
  return isExitCode(outcome) ? outcome : exitCodes.findings;
}
