import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import { specsOption, type SpecWords } from './specs.js';
import { UsageError } from './usage-error.js';

export interface MigrateArguments {
  readonly spec: SpecWords;
  readonly check: boolean | undefined;
  readonly 'dry-run': boolean | undefined;
}

async function migrate(args: MigrateArguments): Promise<ExitCode> {
  if (args.check === true && args['dry-run'] === true)
    throw new UsageError('--check and --dry-run cannot go together', ['leave one of them out']);
  const { runMigrate } = await import('./migrate/run.js');
  return runMigrate(args);
}

/** `obs-gen migrate`: a spec of an earlier version of the language becomes one of this version. */
export const migrateCommand: CommandModule<object, MigrateArguments> = {
  command: 'migrate',
  describe: 'Bring specs to the version of the language that this obs-gen compiles; comments stay',
  builder: (yargs) =>
    specsOption(yargs)
      .option('check', { type: 'boolean', describe: 'Write nothing; fail where something is to be migrated' })
      .option('dry-run', { type: 'boolean', describe: 'Write nothing; print the change' })
      .group(['spec', 'check', 'dry-run'], 'Options:')
      .example('$0 migrate --dry-run', 'What would change, as a diff')
      .example("$0 migrate --spec 'services/*/observability.yaml'", 'All services of a repository'),
  handler: async (args) => {
    process.exitCode = await migrate(args);
  },
};
