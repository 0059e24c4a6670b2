import type { Argv } from 'yargs';
import { single } from '../options.js';
import { UsageError } from '../usage-error.js';

export interface TraceArguments {
  readonly files: readonly string[] | undefined;
  readonly spec: string | undefined;
  readonly tempo: string | undefined;
  readonly jaeger: string | undefined;
  readonly id: readonly string[] | undefined;
  readonly query: string | undefined;
  readonly service: string | undefined;
  readonly since: string;
  readonly limit: number | undefined;
  readonly gap: string | undefined;
  readonly prices: string | undefined;
  readonly rows: number;
  readonly 'token-file': string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly ca: string | undefined;
  readonly tenant: string | undefined;
  readonly format: 'pretty' | 'json';
  readonly html: string | undefined;
  readonly quiet: boolean | undefined;
}

const texts: Readonly<Record<string, string>> = {
  spec: 'The spec whose names of agents, tools, models and costs are known; ./observability.yaml where there is one',
  tempo: 'Address of Tempo, to ask it for traces',
  jaeger: 'Address of Jaeger, to ask it for traces',
  query: 'TraceQL that finds the traces in Tempo',
  service: 'The service whose traces are looked for',
  since: 'How far a search looks back, such as 30m or 2h',
  gap: 'Time from which a gap on the critical path is listed, such as 50ms; 2 % of the trace where left out',
  prices: 'A price file, to work out what model calls cost whose spans do not say it',
  'token-file': 'File with a bearer token for the store',
  cert: 'File with a client certificate, PEM',
  key: 'File with its key, PEM',
  ca: "File with the authority that signed the store's certificate, PEM",
  tenant: 'Tenant in Tempo',
  html: 'A file to write a page with the waterfall to',
};

const mostRows = 10_000;
const mostTraces = 1000;

/** @throws UsageError */
function requireSense(args: Readonly<Record<string, unknown>>): true {
  const { rows, limit, cert, key, tempo, jaeger, query, service, id, files } = args;
  if (typeof rows !== 'number' || !(Number.isInteger(rows) && rows >= 1 && rows <= mostRows))
    throw new UsageError(`--rows cannot be ${String(rows)}`, [`it is a whole number from 1 to ${mostRows}`]);
  if (
    limit !== undefined &&
    !(typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= mostTraces)
  )
    throw new UsageError(`--limit cannot be ${typeof limit === 'number' ? String(limit) : 'that'}`, [
      `it is a whole number from 1 to ${mostTraces}`,
    ]);
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError(`--${cert === undefined ? 'key' : 'cert'} is only half of it`, [
      'name the certificate with --cert and its key with --key',
    ]);
  const named = Array.isArray(files) && files.length > 0;
  const stores = [tempo, jaeger].filter((each) => each !== undefined).length;
  if (!named && stores === 0)
    throw new UsageError('there is nothing to read', [
      'name files: obs-gen trace trace.json',
      'or a store: obs-gen trace --tempo http://localhost:3200 --id TRACEID',
    ]);
  if (named && stores > 0)
    throw new UsageError('files and a store cannot be read together', ['leave one of them out']);
  if (stores > 1) throw new UsageError('--tempo and --jaeger cannot go together', ['leave one of them out']);
  if (query !== undefined && tempo === undefined)
    throw new UsageError('--query is for Tempo', [
      'add --tempo URL',
      'for Jaeger, name a service: --jaeger URL --service NAME',
    ]);
  if (query !== undefined && (service !== undefined || id !== undefined))
    throw new UsageError(`--query and --${service === undefined ? 'id' : 'service'} cannot go together`, [
      'put all that is asked for into the query',
    ]);
  if (jaeger !== undefined && service === undefined && id === undefined)
    throw new UsageError('Jaeger finds traces by their service', ['add --service NAME, or --id TRACEID']);
  return true;
}

/** Adds the options of `obs-gen trace`. */
export function traceOptions<T>(yargs: Argv<T>): Argv<T & TraceArguments> {
  let options = yargs as Argv<unknown>;
  for (const [name, describe] of Object.entries(texts))
    options = options
      .option(name, {
        type: 'string',
        requiresArg: true,
        describe,
        ...(name === 'since' ? { default: '1h' } : {}),
      })
      .check(single(name), false);
  return options
    .positional('files', {
      type: 'string',
      array: true,
      describe:
        'OTLP in JSON, one document or one on each line, gzip or not; what Tempo or Jaeger answer; - for standard input',
    })
    .option('id', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'Only the trace with this id; may be repeated',
    })
    .option('limit', {
      type: 'number',
      requiresArg: true,
      describe: 'How many traces a search fetches; 20 where left out',
    })
    .option('rows', {
      type: 'number',
      requiresArg: true,
      default: 40,
      describe: 'Lines of the waterfall; of larger traces what matters most',
    })
    .option('format', {
      choices: ['pretty', 'json'] as const,
      requiresArg: true,
      default: 'pretty' as const,
      describe: 'How to print the analysis',
    })
    .option('quiet', { type: 'boolean', describe: 'Show no progress' })
    .check(single('limit'), false)
    .check(single('rows'), false)
    .check(single('format'), false)
    .check(requireSense, false) as never;
}
