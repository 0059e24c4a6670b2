import type { CommandModule } from 'yargs';
import type { AnalyzeArguments } from './analyze/arguments.js';
import type { ExitCode } from './exit-code.js';
import { outOption, single } from './options.js';
import { UsageError } from './usage-error.js';

function requireSense(args: AnalyzeArguments): void {
  const { top, floor, format } = args;
  const minimum = args['min-score'];
  if (top !== undefined && !(Number.isInteger(top) && top > 0))
    throw new UsageError('--top has to be a whole number above 0', ['leave it out for the usual number']);
  if (minimum !== undefined && !(minimum >= 0))
    throw new UsageError('--min-score has to be a number, 0 or more', ['0 counts every function']);
  if (floor !== undefined && !(floor >= 0 && floor <= 100))
    throw new UsageError('--floor has to be a percentage, from 0 to 100', ['write for example --floor 80']);
  if (args['write-rules'] === true && format !== 'pretty')
    throw new UsageError(`--write-rules and --format ${format} cannot go together`, [
      'the rules are YAML: leave --format out, and name a file with --out-file',
    ]);
}

async function analyze(args: AnalyzeArguments): Promise<ExitCode> {
  requireSense(args);
  const { runAnalyze } = await import('./analyze/run.js');
  return runAnalyze(args);
}

/** `obs-gen analyze [PATH...]`: what code does, which telemetry it has, and where it lacks most. */
export const analyzeCommand: CommandModule<object, AnalyzeArguments> = {
  command: 'analyze [paths..]',
  describe: 'Find the functions that need telemetry most, and say what they lack',
  builder: (yargs) =>
    outOption(yargs, 'The directory that build has written to')
      .positional('paths', {
        type: 'string',
        array: true,
        describe:
          'Files and folders to look at; without them all that instrument.include means, or all there is',
      })
      .option('spec', {
        type: 'string',
        requiresArg: true,
        describe: 'The spec to read; without it ./observability.yaml where there is one',
      })
      .option('format', {
        choices: ['pretty', 'json', 'html'] as const,
        requiresArg: true,
        default: 'pretty' as const,
        describe: 'How to print the result: a table, for programs, or a page that can be sorted',
      })
      .option('out-file', {
        type: 'string',
        requiresArg: true,
        describe: 'A file to write to; else standard output',
      })
      .option('top', {
        type: 'number',
        requiresArg: true,
        describe: 'How many functions to list; 20 in the table',
      })
      .option('min-score', {
        type: 'number',
        requiresArg: true,
        describe: 'The score from which a function counts; 10 without it',
      })
      .option('floor', {
        type: 'number',
        requiresArg: true,
        describe: 'Fail where less than this percentage of the functions that count is observed',
      })
      .option('write-rules', {
        type: 'boolean',
        describe: 'Print instrument rules for the top functions that are not observed, as YAML',
      })
      .option('quiet', { type: 'boolean', describe: 'Print nothing but the result and diagnostics' })
      .check(single('spec'), false)
      .check(single('format'), false)
      .check(single('out-file'), false)
      .check(single('top'), false)
      .check(single('min-score'), false)
      .check(single('floor'), false)
      .group(
        ['spec', 'out', 'top', 'min-score', 'floor', 'write-rules', 'format', 'out-file', 'quiet'],
        'Options:',
      )
      .example('$0 analyze', 'The functions that need telemetry most')
      .example('$0 analyze --format html --out-file analysis.html', 'A page to sort and filter')
      .example('$0 analyze --floor 80', 'For CI: are enough of them observed?')
      .example('$0 analyze --write-rules --out-file rules.yaml', 'Rules for obs-gen instrument'),
  handler: async (args) => {
    process.exitCode = await analyze(args);
  },
};
