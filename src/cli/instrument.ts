import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import type { InstrumentArguments } from './instrument/arguments.js';
import { outOption, reportOptions, single } from './options.js';
import { UsageError } from './usage-error.js';

/** Modes of which at most one can be asked for. */
const modes = ['check', 'dry-run', 'interactive', 'explain'] as const;

/** What these do has nothing to do with rules. */
const ownModes = [
  ['renames', '--renames rewrites call sites of renamed metrics, and nothing else'],
  ['adopt', '--adopt puts helpers in the place of metrics that are defined by hand, and does nothing else'],
] as const;

function requireSense(args: InstrumentArguments): void {
  const [first, second] = modes.filter((mode) => args[mode] !== undefined && args[mode] !== false);
  if (first !== undefined && second !== undefined)
    throw new UsageError(`--${first} and --${second} cannot go together`, ['leave one of them out']);
  if (args.remove === true && (args.only !== undefined || args.explain !== undefined)) {
    const other = args.only === undefined ? 'explain' : 'only';
    throw new UsageError(`--remove and --${other} cannot go together`, [
      '--remove takes out everything that obs-gen instrument has put in',
    ]);
  }
  for (const [mode, meaning] of ownModes) {
    if (args[mode] !== true) continue;
    const other = (['remove', 'only', 'explain', 'interactive', 'renames', 'adopt'] as const).find(
      (name) => name !== mode && args[name] !== undefined && args[name] !== false,
    );
    if (other !== undefined) throw new UsageError(`--${mode} and --${other} cannot go together`, [meaning]);
  }
  if (args.interactive === true && args.format !== 'pretty')
    throw new UsageError('--interactive is for people: it cannot go with --format', [
      'leave one of them out',
    ]);
  if (args.interactive === true && !(process.stdin.isTTY && process.stdout.isTTY))
    throw new UsageError('--interactive asks questions, and this is no terminal', [
      'look at the change with --dry-run instead, and make it without either',
    ]);
  const { jobs } = args;
  if (jobs !== undefined && !(Number.isInteger(jobs) && jobs > 0))
    throw new UsageError('--jobs has to be a whole number above 0', ['leave it out for one a processor']);
}

async function instrument(args: InstrumentArguments): Promise<ExitCode> {
  requireSense(args);
  const { runInstrument } = await import('./instrument/run.js');
  return runInstrument(args);
}

/** `obs-gen instrument [PATH...]`: what the rules of the spec make of code that exists. */
export const instrumentCommand: CommandModule<object, InstrumentArguments> = {
  command: 'instrument [paths..]',
  describe: 'Put the spans, metrics and logs of the spec into code, by its rules',
  builder: (yargs) =>
    outOption(reportOptions(yargs), 'The directory that build has written to')
      .positional('paths', {
        type: 'string',
        array: true,
        describe: 'Files and folders to look at; without them all that instrument.include means',
      })
      .option('dry-run', { type: 'boolean', describe: 'Write nothing; print what would change, as a diff' })
      .option('check', { type: 'boolean', describe: 'Write nothing; fail where something is left to do' })
      .option('remove', { type: 'boolean', describe: 'Take out again everything that was put in' })
      .option('renames', {
        type: 'boolean',
        describe: 'Rewrite call sites that use the former names of metrics, and do nothing else',
      })
      .option('adopt', {
        type: 'boolean',
        describe: 'Put helpers in the place of metrics that prom-client defines, and do nothing else',
      })
      .option('interactive', { type: 'boolean', describe: 'Show each file’s diff and ask' })
      .option('allow-dirty', {
        type: 'boolean',
        describe: 'Change files although they have changes that are not committed',
      })
      .option('verify', {
        choices: ['syntax', 'types'] as const,
        requiresArg: true,
        default: 'syntax' as const,
        describe: 'What has to hold of each changed file: that it parses, or that it has no new type error',
      })
      .option('format-code', {
        choices: ['auto', 'none'] as const,
        requiresArg: true,
        default: 'auto' as const,
        describe: 'Whether inserted lines go through the project’s own formatter',
      })
      .option('only', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Apply this rule alone, by its name or number; may be repeated',
      })
      .option('explain', {
        type: 'string',
        requiresArg: true,
        describe: 'Say why the code at FILE:LINE is or is not meant by a rule',
      })
      .option('jobs', { type: 'number', requiresArg: true, describe: 'How many threads read files' })
      .option('no-cache', { type: 'boolean', describe: 'Read every file, as if for the first time' })
      .option('verbose', { type: 'boolean', describe: 'Print every place that was left alone' })
      .check(single('verify'), false)
      .check(single('format-code'), false)
      .check(single('explain'), false)
      .check(single('jobs'), false)
      .group(
        [
          'spec',
          'out',
          'dry-run',
          'check',
          'remove',
          'renames',
          'adopt',
          'interactive',
          'explain',
          'only',
          'allow-dirty',
          'verify',
          'format-code',
          'jobs',
          'no-cache',
          'strict',
          'format',
          'verbose',
          'quiet',
        ],
        'Options:',
      )
      .example('$0 instrument --dry-run', 'Show what would change, as a diff')
      .example('$0 instrument src/agents', 'Change the files of one folder')
      .example('$0 instrument --check', 'For CI: is the code as the rules say?')
      .example('$0 instrument --remove', 'Give back the code as it was')
      .example('$0 instrument --explain src/agent.ts:42', 'Why is this function not meant?'),
  handler: async (args) => {
    process.exitCode = await instrument(args);
  },
};
