import yargs, { type Argv } from 'yargs';
import { packageVersion } from '../package-root.js';
import { analyzeCommand } from './analyze.js';
import { buildCommand } from './build.js';
import { complete } from './completion.js';
import { dashboardsCommand } from './dashboards.js';
import { doctorCommand } from './doctor.js';
import { exitCodes } from './exit-code.js';
import { explainCommand } from './explain.js';
import { gpuCommand } from './gpu.js';
import { instrumentCommand } from './instrument.js';
import { reportInternalError } from './internal-error.js';
import { openSloCommand } from './openslo.js';
import { switches } from './options.js';
import { planCommand } from './plan.js';
import { presetsCommand } from './presets.js';
import { previewCommand } from './preview.js';
import { stackCommand } from './stack.js';
import { testCommand } from './test.js';
import { reportUsageError, UsageError } from './usage-error.js';
import { refuseOddities, usageErrorOf } from './usage.js';
import { validateCommand } from './validate.js';

/** Columns of the help text where the terminal has more, or is none. */
const widestHelp = 100;

/** The command line as yargs knows it. */
export function commandLine(argv: readonly string[]): Argv {
  const parser = yargs(argv);
  return parser
    .scriptName('obs-gen')
    .usage(
      '$0 <command> [options]\n\nCompiles observability.yaml into typed telemetry helpers, Prometheus rules, Grafana dashboards and documents.',
    )
    .command(validateCommand)
    .command(buildCommand)
    .command(testCommand)
    .command(instrumentCommand)
    .command(analyzeCommand)
    .command(dashboardsCommand)
    .command(planCommand)
    .command(previewCommand)
    .command(gpuCommand)
    .command(stackCommand)
    .command(explainCommand)
    .command(presetsCommand)
    .command(doctorCommand)
    .command(openSloCommand)
    .completion('completion', 'Print a completion script for the shell', complete)
    .demandCommand(1, 'no command given')
    .strict()
    .locale('en')
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-positional-numbers': false,
    })
    .version(packageVersion())
    .help()
    .epilogue('Exit codes: 0 fine, 1 findings, 2 usage or input and output, 70 a fault of obs-gen itself.')
    .wrap(Math.min(widestHelp, process.stdout.isTTY ? process.stdout.columns : widestHelp))
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      // What a handler throws comes as an error; what the parser finds as a message, at times with an error of its own around it.
      if (error !== undefined && error.name !== 'YError') throw error;
      throw usageErrorOf(message ?? error?.message ?? '', parser, argv);
    });
}

/** Runs one command line to its end and sets the exit code; never throws. */
export async function run(argv: readonly string[]): Promise<void> {
  try {
    refuseOddities(switches, argv);
    await commandLine(argv).parseAsync();
  } catch (error) {
    if (error instanceof UsageError) {
      reportUsageError(error);
      process.exitCode = exitCodes.usage;
    } else {
      await reportInternalError(error, argv);
      process.exitCode = exitCodes.bug;
    }
  }
}
