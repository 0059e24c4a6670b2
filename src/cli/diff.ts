import type { CommandModule } from 'yargs';
import type { DiffArguments } from './diff/run.js';
import { single, specOption } from './options.js';

/** `obs-gen diff OLD [NEW]`: whom a change of the spec breaks, before it is merged. */
export const diffCommand: CommandModule<object, DiffArguments> = {
  command: 'diff <old> [new]',
  describe: 'Say what a change of the spec breaks: code, series, queries, alerts',
  builder: (yargs) =>
    specOption(yargs)
      .positional('old', {
        type: 'string',
        demandOption: true,
        describe: 'A spec: a file, a revision of git (main, HEAD~1, main:path/observability.yaml), or -',
      })
      .positional('new', {
        type: 'string',
        describe: 'The spec that it became; that of --spec where it is left out',
      })
      .option('format', {
        choices: ['pretty', 'json', 'markdown'] as const,
        requiresArg: true,
        default: 'pretty' as const,
        describe: 'How to print the changes; markdown is for a pull request',
      })
      .option('verbose', {
        type: 'boolean',
        describe: 'List the changes of a preset that came or went one by one',
      })
      .check(single('format'), false)
      .group(['spec', 'format', 'verbose'], 'Options:')
      .example('$0 diff main', 'Whom does this branch break?')
      .example('$0 diff origin/main --format markdown', 'The same as a comment for the pull request'),
  handler: async (args) => {
    const { runDiff } = await import('./diff/run.js');
    process.exitCode = await runDiff(args);
  },
};
