import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import { single } from './options.js';
import { replayTools, vendors, type GpuArguments } from './gpu/arguments.js';

async function gpu(args: GpuArguments): Promise<ExitCode> {
  const { runGpu } = await import('./gpu/run.js');
  return runGpu(args);
}

/** `obs-gen gpu`: the collectors of GPUs as an exporter of its own. */
export const gpuCommand: CommandModule<object, GpuArguments> = {
  command: 'gpu',
  describe: 'Serve the metrics of the GPUs of this host to Prometheus; needs no spec',
  builder: (yargs) =>
    yargs
      .option('spec', {
        type: 'string',
        requiresArg: true,
        describe: 'The spec whose collectors and metrics are used; the preset gpu where it is left out',
      })
      .option('collector', {
        choices: vendors,
        array: true,
        requiresArg: true,
        describe: 'The vendor whose devices are read; may be repeated. nvidia where it is left out',
      })
      .option('port', { type: 'number', requiresArg: true, default: 9835, describe: 'The port; 0 for any' })
      .option('host', {
        type: 'string',
        requiresArg: true,
        default: '127.0.0.1',
        describe: 'The address to serve on; 0.0.0.0 for all',
      })
      .option('interval', {
        type: 'number',
        requiresArg: true,
        describe: 'Seconds between two readings; 15 where it is left out',
      })
      .option('once', { type: 'boolean', describe: 'Print one page of metrics, and end' })
      .option('replay', {
        type: 'string',
        requiresArg: true,
        describe:
          'Read what a tool has printed from this file instead of running it, print the page, and end',
      })
      .option('tool', {
        choices: replayTools,
        requiresArg: true,
        describe: 'The tool that printed the file; told from what it says where it is left out',
      })
      .option('write-recipes', {
        type: 'string',
        requiresArg: true,
        describe: 'Write a container image recipe, a DaemonSet and a systemd unit to this directory, and end',
      })
      .check(single('spec'), false)
      .check(single('port'), false)
      .check(single('host'), false)
      .check(single('interval'), false)
      .check(single('replay'), false)
      .check(single('tool'), false)
      .check(single('write-recipes'), false)
      .group(
        ['spec', 'collector', 'port', 'host', 'interval', 'once', 'replay', 'tool', 'write-recipes'],
        'Options:',
      )
      .example('$0 gpu --once', 'What do the GPUs of this host say now?')
      .example('$0 gpu --host 0.0.0.0 --port 9835', 'Serve them to Prometheus')
      .example('$0 gpu --replay capture.csv', 'What would be made of the output of another host?'),
  handler: async (args) => {
    process.exitCode = await gpu(args);
  },
};
