import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import { single, specOption } from './options.js';
import type { PreviewArguments } from './preview/options.js';

async function preview(args: PreviewArguments): Promise<ExitCode> {
  const { runPreview } = await import('./preview/run.js');
  return runPreview(args);
}

/** `obs-gen preview`: the dashboards as a local page, on data of a running Prometheus or on made-up data. */
export const previewCommand: CommandModule<object, PreviewArguments> = {
  command: 'preview',
  describe: 'Show the dashboards on a local page, with made-up data or from a running Prometheus',
  builder: (yargs) =>
    specOption(yargs)
      .option('prometheus', {
        type: 'string',
        requiresArg: true,
        describe: 'A running Prometheus, which is only read; else the one that PROMETHEUS_URL names',
      })
      .option('sample', {
        type: 'boolean',
        describe: 'Made-up data for every metric of the spec; the default where no Prometheus is named',
      })
      .option('port', {
        type: 'number',
        requiresArg: true,
        describe: 'The port on 127.0.0.1; 9899 or the next that is free where it is left out, 0 for any',
      })
      .option('watch', { type: 'boolean', describe: 'Show the dashboards anew whenever the spec changes' })
      .option('open', { type: 'boolean', describe: 'Open the page in the browser' })
      .option('screenshot', {
        type: 'string',
        requiresArg: true,
        describe: 'Write a picture of each dashboard to this directory, and end',
      })
      .option('dashboard', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Only this dashboard; may be repeated',
      })
      .option('theme', {
        choices: ['dark', 'light'] as const,
        requiresArg: true,
        describe: 'The colours of the pictures, and those that the page begins with',
      })
      .option('width', {
        type: 'number',
        requiresArg: true,
        describe: 'The width of the pictures in pixels; 1280 where it is left out',
      })
      .check(single('prometheus'), false)
      .check(single('screenshot'), false)
      .check(single('port'), false)
      .check(single('theme'), false)
      .check(single('width'), false)
      .group(
        [
          'spec',
          'prometheus',
          'sample',
          'port',
          'watch',
          'open',
          'screenshot',
          'dashboard',
          'theme',
          'width',
        ],
        'Options:',
      )
      .example('$0 preview', 'Look at the dashboards before the service exists')
      .example('$0 preview --prometheus http://localhost:9090', 'Look at a running service')
      .example('$0 preview --sample --screenshot pictures', 'For a pull request: what has changed?'),
  handler: async (args) => {
    process.exitCode = await preview(args);
  },
};
