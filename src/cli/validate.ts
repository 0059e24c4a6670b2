import type { CommandModule } from 'yargs';
import type { BaselineArguments } from './baseline.js';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-code.js';
import { baselineOption, reportOptions } from './options.js';
import { report } from './report.js';
import { requireSpec } from './spec-file.js';
import { namesSeveral } from './specs.js';
import { print, progress } from './terminal.js';
import { today } from './today.js';
import { UsageError } from './usage-error.js';
import type { FixArguments } from './validate/fix.js';

async function validate(args: FixArguments & BaselineArguments): Promise<ExitCode> {
  if (args['dry-run'] === true && args.fix !== true)
    throw new UsageError('--dry-run goes with --fix', ['without --fix nothing is written in any case']);
  if (args['write-baseline'] === true && args.fix === true)
    throw new UsageError('--fix and --write-baseline cannot go together', [
      'mend first, then accept what is left',
    ]);
  if (namesSeveral(args.spec)) {
    const { validateFleet } = await import('./validate/fleet.js');
    return validateFleet(args);
  }
  if (args['write-baseline'] === true) {
    const { writeBaseline } = await import('./baseline.js');
    return writeBaseline(args);
  }
  if (args.fix === true) {
    const { validateAndFix } = await import('./validate/fix.js');
    return validateAndFix(args);
  }
  const date = today(process.env);
  requireSpec(args.spec);
  const status = progress(args.quiet === true);
  status.step(`checking ${args.spec}`);
  const { analyse } = await import('../analyse.js');
  const { namedBaseline } = await import('./baseline.js');
  const { diagnostics, model, accepted } = analyse(args.spec, date, namedBaseline(args.baseline));
  status.done();
  await report(diagnostics, args);
  const exitCode = exitCodeOf(diagnostics, args.strict === true);
  if (exitCode === exitCodes.fine && model !== undefined && args.format === 'pretty' && args.quiet !== true) {
    const { describeModel, inBaseline } = await import('./describe-model.js');
    print(`${args.spec} is valid: ${describeModel(model)}${inBaseline(accepted)}\n`);
  }
  return exitCode;
}

/** `obs-gen validate`: all findings, nothing written. */
export const validateCommand: CommandModule<object, FixArguments & BaselineArguments> = {
  command: 'validate',
  describe: 'Report everything that is wrong with the spec; write nothing without --fix',
  builder: (yargs) =>
    baselineOption(reportOptions(yargs, true))
      .option('fix', {
        type: 'boolean',
        describe: 'Mend what has a fix, in the spec and the files that it imports',
      })
      .option('dry-run', { type: 'boolean', describe: 'With --fix: print the change and write nothing' })
      .option('write-baseline', {
        type: 'boolean',
        describe: 'Accept what is found now: write it to the baseline',
      })
      .group(
        ['spec', 'fix', 'dry-run', 'baseline', 'write-baseline', 'strict', 'format', 'quiet'],
        'Options:',
      )
      .example('$0 validate', 'Check ./observability.yaml')
      .example('$0 validate --fix --dry-run', 'What could be mended, as a diff')
      .example("$0 validate --spec 'services/*/observability.yaml'", 'All services of a repository together')
      .example('$0 validate --format github', 'Annotate a pull request'),
  handler: async (args) => {
    process.exitCode = await validate(args);
  },
};
