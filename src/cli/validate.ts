import type { CommandModule } from 'yargs';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-code.js';
import { reportOptions, type ReportArguments } from './options.js';
import { report } from './report.js';
import { requireSpec } from './spec-file.js';
import { print, progress } from './terminal.js';
import { today } from './today.js';

async function validate(args: ReportArguments): Promise<ExitCode> {
  const date = today(process.env);
  requireSpec(args.spec);
  const status = progress(args.quiet === true);
  status.step(`checking ${args.spec}`);
  const { analyse } = await import('../analyse.js');
  const { diagnostics, model } = analyse(args.spec, date);
  status.done();
  await report(diagnostics, args);
  const exitCode = exitCodeOf(diagnostics, args.strict === true);
  if (exitCode === exitCodes.fine && model !== undefined && args.format === 'pretty' && args.quiet !== true) {
    const { describeModel } = await import('./describe-model.js');
    print(`${args.spec} is valid: ${describeModel(model)}\n`);
  }
  return exitCode;
}

/** `obs-gen validate`: all findings, nothing written. */
export const validateCommand: CommandModule<object, ReportArguments> = {
  command: 'validate',
  describe: 'Report everything that is wrong with the spec; write nothing',
  builder: (yargs) =>
    reportOptions(yargs)
      .group(['spec', 'strict', 'format', 'quiet'], 'Options:')
      .example('$0 validate', 'Check ./observability.yaml')
      .example('$0 validate --format github', 'Annotate a pull request'),
  handler: async (args) => {
    process.exitCode = await validate(args);
  },
};
