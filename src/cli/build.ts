import type { CommandModule } from 'yargs';
import { buildOnce, type BuildArguments } from './build/once.js';
import { watchSpec } from './build/watch.js';
import type { ExitCode } from './exit-code.js';
import { baselineOption, outOption, reportOptions } from './options.js';
import { namesSeveral } from './specs.js';
import { UsageError } from './usage-error.js';

/** Modes of which at most one can be asked for. */
const modes = ['check', 'dry-run', 'watch'] as const;

async function build(args: BuildArguments): Promise<ExitCode> {
  const [first, second] = modes.filter((mode) => args[mode] === true);
  if (first !== undefined && second !== undefined) {
    throw new UsageError(`--${first} and --${second} cannot go together`, ['leave one of them out']);
  }
  if (namesSeveral(args.spec)) {
    const { buildFleet } = await import('./build/fleet.js');
    return buildFleet(args);
  }
  if (args.watch === true) return watchSpec(args);
  return (await buildOnce(args)).exitCode;
}

/** `obs-gen build`: the spec in, files out. */
export const buildCommand: CommandModule<object, BuildArguments> = {
  command: 'build',
  describe: 'Compile the spec and write what has changed',
  builder: (yargs) =>
    outOption(baselineOption(reportOptions(yargs, true)))
      .option('check', {
        type: 'boolean',
        describe: 'Write nothing; fail where the output is not what the spec compiles to',
      })
      .option('dry-run', { type: 'boolean', describe: 'Write nothing; print what would be written' })
      .option('watch', { type: 'boolean', describe: 'Build again whenever the spec changes' })
      .option('force', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Overwrite this file although it was edited by hand; may be repeated',
      })
      .group(
        ['spec', 'out', 'check', 'dry-run', 'watch', 'force', 'baseline', 'strict', 'format', 'quiet'],
        'Options:',
      )
      .example('$0 build', 'Write ./generated from ./observability.yaml')
      .example('$0 build --check', 'For CI: is what is checked in what the spec compiles to?')
      .example('$0 build --force generated/metrics.ts', 'Give up the changes made to one file'),
  handler: async (args) => {
    process.exitCode = await build(args);
  },
};
