import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import type { InitArguments } from './init/arguments.js';
import { single } from './options.js';

async function init(args: InitArguments): Promise<ExitCode> {
  const { runInit } = await import('./init/run.js');
  return runInit(args);
}

/** `obs-gen init`: a first spec, the scripts and the check that go with it, and what it compiles to. */
export const initCommand: CommandModule<object, InitArguments> = {
  command: 'init [folder]',
  describe: 'Write a first spec, package scripts, a CI step and editor settings, and build',
  builder: (yargs) =>
    yargs
      .positional('folder', { type: 'string', default: '.', describe: 'Folder of the service' })
      .option('preset', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Presets to begin with, separated by commas; none for no preset',
      })
      .option('name', {
        type: 'string',
        requiresArg: true,
        describe: 'Name of the service; else that in package.json',
      })
      .option('owner', {
        type: 'string',
        requiresArg: true,
        describe: 'Team that is asked; else that in CODEOWNERS',
      })
      .option('from-metrics', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Make the spec of a page of /metrics, a file or an address, as `infer` does',
      })
      .option('from-code', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Make the spec of the metrics in code, as `infer` does',
      })
      .option('ci', {
        choices: ['github', 'gitlab', 'none'] as const,
        requiresArg: true,
        describe: 'What runs the check with each change; else what the repository uses',
      })
      .option('package-manager', {
        choices: ['npm', 'pnpm', 'yarn'] as const,
        requiresArg: true,
        describe: 'What installs packages; else what the lock file is of',
      })
      .option('editor', {
        choices: ['vscode', 'none'] as const,
        requiresArg: true,
        default: 'vscode' as const,
        describe: 'Whose settings name the schema',
      })
      .option('yes', { type: 'boolean', describe: 'Ask nothing' })
      .option('dry-run', { type: 'boolean', describe: 'Only say what would be written' })
      .check(single('name'), false)
      .check(single('owner'), false)
      .check(single('ci'), false)
      .check(single('package-manager'), false)
      .check(single('editor'), false)
      .example('$0 init', 'Four questions, each with an answer')
      .example('$0 init --yes --preset agent,http,node --ci github', 'No question')
      .example(
        '$0 init --from-metrics http://localhost:3000/metrics --from-code src',
        'Begin with what there is',
      ),
  handler: async (args) => {
    process.exitCode = await init(args);
  },
};
