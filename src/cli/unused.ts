import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import { single } from './options.js';
import { specsOption, type SpecWords } from './specs.js';

export interface UnusedArguments {
  readonly spec: SpecWords;
  readonly dashboards: readonly string[] | undefined;
  readonly rules: readonly string[] | undefined;
  readonly code: readonly string[] | undefined;
  readonly strict: boolean | undefined;
  readonly format: 'pretty' | 'json';
}

async function unused(args: UnusedArguments): Promise<ExitCode> {
  const { runUnused } = await import('./unused/run.js');
  return runUnused(args);
}

/** `obs-gen unused`: what costs and serves nobody. */
export const unusedCommand: CommandModule<object, UnusedArguments> = {
  command: 'unused',
  describe: 'List metrics that nothing reads, labels that no query tells apart, and what code never records',
  builder: (yargs) =>
    specsOption(yargs)
      .option('dashboards', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Dashboards kept by hand (JSON files or folders) that read metrics too; may be repeated',
      })
      .option('rules', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Rule files kept by hand (files or folders) that read metrics too; may be repeated',
      })
      .option('code', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe:
          'Code (files or folders) in which helpers that are never named count as unused; may be repeated',
      })
      .option('strict', { type: 'boolean', describe: 'Exit with 1 where something is unused' })
      .option('format', {
        choices: ['pretty', 'json'] as const,
        requiresArg: true,
        default: 'pretty' as const,
        describe: 'How to print the list',
      })
      .check(single('format'), false)
      .group(['spec', 'dashboards', 'rules', 'code', 'strict', 'format'], 'Options:')
      .example('$0 unused', 'What the spec itself does not read')
      .example(
        '$0 unused --dashboards grafana/ --rules prometheus/ --code src/',
        'The same with all that is known',
      ),
  handler: async (args) => {
    process.exitCode = await unused(args);
  },
};
