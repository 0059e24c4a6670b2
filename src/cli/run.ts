import yargs, { type Argv } from 'yargs';
import { packageVersion } from '../package-root.js';
import { analyzeCommand } from './analyze.js';
import { agentsCommand } from './agents.js';
import { buildCommand } from './build.js';
import { complete, completionCommand } from './completion.js';
import { dashboardsCommand } from './dashboards.js';
import { diffCommand } from './diff.js';
import { doctorCommand } from './doctor.js';
import { exitCodes } from './exit-code.js';
import { expiringCommand } from './expiring.js';
import { explainCommand } from './explain.js';
import { gpuCommand } from './gpu.js';
import { inferCommand } from './infer.js';
import { initCommand } from './init.js';
import { instrumentCommand } from './instrument.js';
import { reportInternalError } from './internal-error.js';
import { lspCommand } from './lsp.js';
import { liveCheckCommand } from './live-check.js';
import { hideDashes, restoreDashes, withDashes } from './lone-dash.js';
import { mcpCommand } from './mcp.js';
import { migrateCommand } from './migrate.js';
import { openSloCommand } from './openslo.js';
import { switches } from './options.js';
import { ownersCommand } from './owners.js';
import { planCommand } from './plan.js';
import { presetsCommand } from './presets.js';
import { previewCommand } from './preview.js';
import { schemaCommand } from './schema.js';
import { stackCommand } from './stack.js';
import { testCommand } from './test.js';
import { traceCommand } from './trace.js';
import { unusedCommand } from './unused.js';
import { reportUsageError, UsageError } from './usage-error.js';
import { refuseOddities, usageErrorOf } from './usage.js';
import { validateCommand } from './validate.js';

/** Columns of the help text where the terminal has more, or is none. */
const widestHelp = 100;

/** The command line as yargs knows it. */
export function commandLine(argv: readonly string[]): Argv {
  const parser = yargs(hideDashes(argv));
  return (
    parser
      .scriptName('obs-gen')
      .usage(
        '$0 <command> [options]\n\nCompiles observability.yaml into typed telemetry helpers, Prometheus rules, Grafana dashboards and documents.',
      )
      .command(validateCommand)
      .command(buildCommand)
      .command(testCommand)
      .command(instrumentCommand)
      .command(inferCommand)
      .command(initCommand)
      .command(analyzeCommand)
      .command(dashboardsCommand)
      .command(diffCommand)
      .command(planCommand)
      .command(expiringCommand)
      .command(ownersCommand)
      .command(unusedCommand)
      .command(migrateCommand)
      .command(previewCommand)
      .command(gpuCommand)
      .command(stackCommand)
      .command(lspCommand)
      .command(schemaCommand)
      .command(explainCommand)
      .command(presetsCommand)
      .command(doctorCommand)
      .command(liveCheckCommand)
      .command(traceCommand)
      .command(mcpCommand)
      .command(agentsCommand)
      .command(openSloCommand)
      .middleware(restoreDashes)
      .command(completionCommand)
      // The parser's own command of that name prints scripts that depend on the shell which the user logs in with.
      .completion('__complete', false, complete)
      .demandCommand(1, 'no command given')
      .strict()
      .locale('en')
      .parserConfiguration({
        'boolean-negation': false,
        'camel-case-expansion': false,
        'dot-notation': false,
        'greedy-arrays': false,
        'parse-positional-numbers': false,
        'populate--': true,
      })
      .version(packageVersion())
      .help()
      .epilogue('Exit codes: 0 fine, 1 findings, 2 usage or input and output, 70 a fault of obs-gen itself.')
      .wrap(Math.min(widestHelp, process.stdout.isTTY ? process.stdout.columns : widestHelp))
      .exitProcess(false)
      .fail((message: string | null, error: Error | undefined) => {
        // What a handler throws comes as an error; what the parser finds as a message, at times with an error of its own around it.
        if (error !== undefined && error.name !== 'YError') throw error;
        throw usageErrorOf(withDashes(message ?? error?.message ?? ''), parser, argv);
      })
  );
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
