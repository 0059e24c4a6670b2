import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import type { InferArguments } from './infer/arguments.js';
import { single } from './options.js';

async function infer(args: InferArguments): Promise<ExitCode> {
  const { runInfer } = await import('./infer/run.js');
  return runInfer(args);
}

/** `obs-gen infer`: a spec of what a service exposes, defines and is watched with already. */
export const inferCommand: CommandModule<object, InferArguments> = {
  command: 'infer',
  describe: 'Make a spec of a page of metrics, of code, of rules and of dashboards that exist',
  builder: (yargs) =>
    yargs
      .option('metrics', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'A page of /metrics, as a file or by its address; several of one service',
      })
      .option('samples', {
        type: 'number',
        requiresArg: true,
        default: 1,
        describe: 'How often each address is read',
      })
      .option('interval', {
        type: 'string',
        requiresArg: true,
        default: '15s',
        describe: 'Time between two samples',
      })
      .option('code', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe:
          'Folders and files of TypeScript or JavaScript with metrics of prom-client or OpenTelemetry',
      })
      .option('rules', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Rule files of Prometheus',
      })
      .option('dashboards', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: "Dashboards in Grafana's classic JSON",
      })
      .option('seen-only', {
        type: 'boolean',
        describe: 'Leave out what no page has a value of',
      })
      .option('name', {
        type: 'string',
        requiresArg: true,
        describe: 'Name of the service; else that in package.json',
      })
      .option('owner', { type: 'string', requiresArg: true, describe: 'Team that is asked' })
      .option('schema', {
        type: 'string',
        requiresArg: true,
        describe: 'Where editors find the schema, for the first line of the spec',
      })
      .option('write', {
        type: 'string',
        requiresArg: true,
        describe: 'A file to write to; else standard output',
      })
      .option('force', { type: 'boolean', describe: 'Overwrite the file' })
      .option('verbose', { type: 'boolean', describe: 'List every guess' })
      .option('format', {
        choices: ['pretty', 'json'] as const,
        requiresArg: true,
        default: 'pretty' as const,
        describe:
          'How to print what was found, guessed and left out: on standard error, or as JSON on standard output',
      })
      .check(single('samples'), false)
      .check(single('interval'), false)
      .check(single('name'), false)
      .check(single('owner'), false)
      .check(single('schema'), false)
      .check(single('write'), false)
      .check(single('format'), false)
      .example('$0 infer --metrics http://localhost:3000/metrics --code src', 'Start with what there is')
      .example(
        '$0 infer --metrics page.txt --rules rules.yaml --write observability.yaml',
        'With the alerts',
      ),
  handler: async (args) => {
    process.exitCode = await infer(args);
  },
};
