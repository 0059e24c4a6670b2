import { logOf, stackFolder } from '../../stack/run/folder.js';
import { followLog, logTail } from '../../stack/run/logs.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { print } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { logNames, type LogsArguments } from './arguments.js';
import { runStackCommand } from './faults.js';
import { passThrough } from './pass-through.js';
import { whichStack, type Which } from './which.js';

/** A log, by the name of its part. */
interface Log {
  readonly name: string;
  readonly path: string;
}

function chosenLogs(args: LogsArguments, { state }: Which & { readonly kind: 'native' }): readonly Log[] {
  const own = logOf(stackFolder(args.spec, args.state), 'stack');
  const all = [
    ...state.parts
      .filter(({ part }) => part !== 'preview')
      .map(({ part, log }) => ({ name: part, path: log })),
    { name: 'stack', path: own },
  ];
  const wanted = args.parts ?? [];
  const unknown = wanted.find((name) => all.every((log) => log.name !== name));
  if (unknown !== undefined)
    throw new UsageError(`${unknown} is no part of the stack that runs`, [
      `there are ${all.map(({ name }) => name).join(', ')}`,
    ]);
  return wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name));
}

async function nativeLogs(
  args: LogsArguments,
  which: Which & { readonly kind: 'native' },
  signal: AbortSignal,
): Promise<ExitCode> {
  const logs = chosenLogs(args, which);
  const width = Math.max(...logs.map(({ name }) => name.length));
  const write = ({ name }: Log, line: string): void => {
    print(logs.length === 1 ? `${line}\n` : `${name.padEnd(width)} | ${line}\n`);
  };
  const shown = logs.map((log) => ({ log, lines: logTail(log.path, args.lines) }));
  for (const { log, lines } of shown) for (const line of lines) write(log, line);
  if (args.follow === true)
    await Promise.all(
      logs.map((log) =>
        followLog(
          log.path,
          (line) => {
            write(log, line);
          },
          signal,
        ),
      ),
    );
  return exitCodes.fine;
}

/** `obs-gen stack logs`. */
export function stackLogs(args: LogsArguments): Promise<ExitCode> {
  return runStackCommand(async ({ signal }) => {
    const parts = args.parts ?? [];
    const unknown = parts.find((part) => logNames.every((name) => name !== part));
    if (unknown !== undefined)
      throw new UsageError(`there is no part ${unknown}`, [`parts are ${logNames.join(', ')}`]);
    const which = await whichStack(args, signal);
    if (which.kind === 'native') return nativeLogs(args, which, signal);
    const follow = args.follow === true ? ['--follow'] : [];
    return passThrough(which.compose, ['logs', ...follow, '--tail', String(args.lines), ...parts], signal);
  });
}
