import type { CommandModule } from 'yargs';
import type { ExitCode } from './exit-code.js';
import { failLevels, type LiveCheckArguments } from './live-check/arguments.js';
import { reportOptions, single } from './options.js';

async function liveCheck(args: LiveCheckArguments): Promise<ExitCode> {
  const { runLiveCheck } = await import('./live-check/run.js');
  return runLiveCheck(args);
}

/** `obs-gen live-check TARGET...`: what a running service exposes, against the spec. */
export const liveCheckCommand: CommandModule<object, LiveCheckArguments> = {
  command: 'live-check [targets..]',
  describe: 'Hold what a running service exposes, on /metrics or by OTLP, against the spec',
  builder: (yargs) =>
    reportOptions(yargs)
      .positional('targets', {
        type: 'string',
        array: true,
        describe: 'Addresses of /metrics pages; files with a page or OTLP as JSON; - for standard input',
      })
      .option('listen', {
        type: 'string',
        requiresArg: true,
        describe: 'Take OTLP over HTTP on HOST:PORT; a port alone is on this machine',
      })
      .option('listen-grpc', {
        type: 'string',
        requiresArg: true,
        describe: 'Take OTLP over gRPC on HOST:PORT',
      })
      .option('for', {
        type: 'string',
        requiresArg: true,
        describe: 'How long to listen; until the command after -- ends, or a signal, where it is left out',
      })
      .option('samples', {
        type: 'number',
        requiresArg: true,
        default: 1,
        describe: 'How often each page is asked for',
      })
      .option('interval', {
        type: 'string',
        requiresArg: true,
        default: '5s',
        describe: 'The time between two samples',
      })
      .option('timeout', {
        type: 'string',
        requiresArg: true,
        default: '10s',
        describe: 'How long a page may take',
      })
      .option('wait', {
        type: 'string',
        requiresArg: true,
        default: '0s',
        describe: 'How long a page that does not answer yet is waited for',
      })
      .option('max-size', {
        type: 'number',
        requiresArg: true,
        default: 32,
        describe: 'MiB that a page or a file may have',
      })
      .option('token-file', {
        type: 'string',
        requiresArg: true,
        describe: 'File with a bearer token for the pages',
      })
      .option('min-coverage', {
        type: 'number',
        requiresArg: true,
        describe: 'The share of declared names that has to be seen, 0 to 1',
      })
      .option('signal', {
        choices: ['metrics', 'spans', 'events'] as const,
        array: true,
        requiresArg: true,
        describe: 'What the share is asked of; what was seen at all where it is left out; may be repeated',
      })
      .option('allow', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Accept metrics, spans and events of these names, with * and ?; may be repeated',
      })
      .option('ignore-label', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Look past this label, which a scrape or a client adds; may be repeated',
      })
      .option('fail-on', {
        choices: failLevels,
        requiresArg: true,
        describe: 'The least severe finding that fails the command; error where it is left out',
      })
      .option('summary', {
        type: 'string',
        requiresArg: true,
        describe: 'Write the report as Markdown to this file',
      })
      .check(single('listen'), false)
      .check(single('listen-grpc'), false)
      .check(single('for'), false)
      .check(single('samples'), false)
      .check(single('interval'), false)
      .check(single('timeout'), false)
      .check(single('wait'), false)
      .check(single('max-size'), false)
      .check(single('token-file'), false)
      .check(single('min-coverage'), false)
      .check(single('fail-on'), false)
      .check(single('summary'), false)
      .example('$0 live-check http://127.0.0.1:9464/metrics', 'Is the page what the spec says?')
      .example('$0 live-check --listen 127.0.0.1:4318 -- npm test', 'Is what the tests send?')
      .example('curl -s … | $0 live-check - --min-coverage 0.9', 'In CI: and is nearly all of it there?'),
  handler: async (args) => {
    process.exitCode = await liveCheck(args);
  },
};
