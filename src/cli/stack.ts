import type { Argv, CommandModule } from 'yargs';
import type {
  DownArguments,
  LogsArguments,
  StackArguments,
  StatusArguments,
  UpArguments,
} from './stack/arguments.js';
import { outOption, single, specOption } from './options.js';
import { UsageError } from './usage-error.js';

/** Lines of each log that are shown where nobody says how many. */
const usualLines = 100;

function stackOptions<T>(yargs: Argv<T>): Argv<T & StackArguments> {
  return outOption(specOption(yargs), 'The directory that build has written to')
    .option('native', {
      type: 'boolean',
      describe: 'The programs of this machine, without Docker',
    })
    .option('state', {
      type: 'string',
      requiresArg: true,
      describe:
        'With --native: where data, logs and state are; .obs-gen/stack beside the spec where it is left out',
    })
    .check(single('state'), false);
}

/** Refuses a number of lines that is none. */
function wholeLines({ lines }: Readonly<Record<string, unknown>>): boolean {
  if (Number.isInteger(lines) && Number(lines) >= 0) return true;
  throw new UsageError('--lines has to be a whole number', ['write for example --lines 50']);
}

const upCommand: CommandModule<object, UpArguments> = {
  command: 'up',
  describe: 'Start the stack of the spec, in containers, or with --native from the programs on the PATH',
  builder: (yargs) =>
    stackOptions(yargs)
      .option('build', { type: 'boolean', describe: 'Build first' })
      .option('detach', { type: 'boolean', describe: 'With --native: go on in the background' })
      .option('target', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'With --native: HOST:PORT of the service, in place of the spec; may be repeated',
      })
      .option('webhook', {
        type: 'string',
        requiresArg: true,
        describe: 'With --native: send all alerts to this address instead of the receivers; none: to nobody',
      })
      .option('ports', {
        choices: ['fixed', 'auto'] as const,
        requiresArg: true,
        describe: 'With --native: the usual ports, or any that are free; fixed where it is left out',
      })
      .check(single('webhook'), false)
      .check(single('ports'), false)
      .group(['spec', 'out', 'build', 'native', 'target', 'webhook', 'ports', 'detach', 'state'], 'Options:')
      .example('$0 stack up', 'Start the containers, and wait until they are healthy')
      .example('$0 stack up --native --webhook none', 'Without Docker, and nobody is paged'),
  handler: async (args) => {
    const { stackUp } = await import('./stack/up.js');
    process.exitCode = await stackUp(args);
  },
};

const downCommand: CommandModule<object, DownArguments> = {
  command: 'down',
  describe: 'End the stack; what it has stored is kept',
  builder: (yargs) =>
    stackOptions(yargs)
      .option('volumes', { type: 'boolean', describe: 'Delete what it has stored as well; needs --yes' })
      .option('yes', { type: 'boolean', describe: 'It is meant' })
      .group(['spec', 'out', 'native', 'state', 'volumes', 'yes'], 'Options:'),
  handler: async (args) => {
    const { stackDown } = await import('./stack/down.js');
    process.exitCode = await stackDown(args);
  },
};

const statusCommand: CommandModule<object, StatusArguments> = {
  command: 'status',
  describe: 'Say how each part of the stack is; 1 where one is not up',
  builder: (yargs) =>
    stackOptions(yargs)
      .option('format', {
        choices: ['pretty', 'json'] as const,
        requiresArg: true,
        default: 'pretty' as const,
        describe: 'How to print it',
      })
      .check(single('format'), false)
      .group(['spec', 'out', 'native', 'state', 'format'], 'Options:'),
  handler: async (args) => {
    const { stackStatus } = await import('./stack/status.js');
    process.exitCode = await stackStatus(args);
  },
};

const logsCommand: CommandModule<object, LogsArguments> = {
  command: 'logs [parts..]',
  describe: 'Print what the parts of the stack have logged',
  builder: (yargs) =>
    stackOptions(yargs)
      .positional('parts', { type: 'string', array: true, describe: 'Parts; all where none is named' })
      .option('follow', { type: 'boolean', describe: 'Go on with what they log' })
      .option('lines', {
        type: 'number',
        requiresArg: true,
        default: usualLines,
        describe: 'Lines from the end of each log',
      })
      .check(single('lines'), false)
      .check(wholeLines, false)
      .group(['spec', 'out', 'native', 'state', 'follow', 'lines'], 'Options:'),
  handler: async (args) => {
    const { stackLogs } = await import('./stack/logs.js');
    process.exitCode = await stackLogs(args);
  },
};

/** `obs-gen stack up|down|status|logs`: the generated stack, run by docker compose or from the programs of this machine. */
export const stackCommand: CommandModule = {
  command: 'stack',
  describe: 'Run the generated stack: with docker compose, or from the programs on the PATH',
  builder: (yargs: Argv) =>
    yargs
      .command(upCommand)
      .command(downCommand)
      .command(statusCommand)
      .command(logsCommand)
      .demandCommand(1, 'no command given'),
  handler: () => undefined,
};
