import type { CommandModule } from 'yargs';
import { reportFormats, type DashboardsArguments } from './dashboards/report.js';
import type { ExitCode } from './exit-code.js';
import { single } from './options.js';

async function dashboards(args: DashboardsArguments): Promise<ExitCode> {
  const { inspectDashboards } = await import('./dashboards/run.js');
  return inspectDashboards(args);
}

/** `obs-gen dashboards [FILE...]`: what is wrong with dashboards, and how they do on the checklist. */
export const dashboardsCommand: CommandModule<object, DashboardsArguments> = {
  command: 'dashboards [files..]',
  describe: 'Check dashboards against the checklist: those of the spec, or files in Grafana’s classic JSON',
  builder: (yargs) =>
    yargs
      .positional('files', {
        type: 'string',
        array: true,
        describe: 'Files of any Grafana; without them the dashboards that the spec makes',
      })
      .option('spec', {
        type: 'string',
        requiresArg: true,
        describe: 'The spec to compare with; ./observability.yaml where there is one',
      })
      .option('format', {
        choices: reportFormats,
        requiresArg: true,
        default: 'pretty' as const,
        describe: 'How to print the findings and the score',
      })
      .option('quiet', { type: 'boolean', describe: 'Print findings and nothing else' })
      .check(single('spec'), false)
      .check(single('format'), false)
      .group(['spec', 'format', 'quiet'], 'Options:')
      .example('$0 dashboards', 'Check the dashboards of ./observability.yaml')
      .example('$0 dashboards board.json', 'Check a file, also without a spec'),
  handler: async (args) => {
    process.exitCode = await dashboards(args);
  },
};
