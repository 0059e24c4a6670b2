import type { Argv } from 'yargs';
import { namedPlaces, noPlace, type NamedPlace } from '../../inspect/doctor/addresses.js';
import { outOption, single, specOption } from '../options.js';
import { UsageError } from '../usage-error.js';

/** Options of the look at a running stack. */
export interface StackDoctorArguments extends Readonly<Record<NamedPlace, string | undefined>> {
  readonly spec: string;
  readonly out: string;
  readonly state: string | undefined;
  readonly request: readonly string[] | undefined;
  readonly body: string | undefined;
  readonly wait: number;
  readonly only: readonly string[] | undefined;
  readonly skip: readonly string[] | undefined;
  readonly 'token-file': string | undefined;
  readonly 'service-token-file': string | undefined;
  readonly 'grafana-password-file': string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly ca: string | undefined;
  readonly tenant: string | undefined;
  readonly format: 'pretty' | 'json';
  readonly strict: boolean | undefined;
  readonly verbose: boolean | undefined;
  readonly quiet: boolean | undefined;
}

const addressTexts: Readonly<Record<NamedPlace, string>> = {
  service: 'The service, as clients reach it; where its metrics page is, where this is left out',
  prometheus: 'Prometheus, or the ruler and querier of Mimir with their path',
  alertmanager: 'Alertmanager',
  grafana: 'Grafana',
  loki: 'Loki',
  tempo: 'Tempo',
  jaeger: 'Jaeger',
  collector: 'The Collector, where it takes OTLP over HTTP',
  pushgateway: 'Pushgateway',
};

const texts: Readonly<Record<string, string>> = {
  state: 'The folder of what `obs-gen stack up --native` has started',
  body: 'File with the JSON that the request to the service carries',
  'token-file': 'File with a bearer token for the parts of the stack',
  'service-token-file': 'File with a bearer token for the service',
  'grafana-password-file':
    "File with the password of Grafana's admin; the one that `stack up` has made where left out",
  cert: 'File with a client certificate, PEM; the one that `stack up` has made where left out',
  key: 'File with its key, PEM',
  ca: 'File with the authority that signed the certificates of the parts, PEM',
  tenant: 'Tenant in Loki, Tempo and Mimir; that of the spec where left out',
};

const longestWait = 3600;

/** @throws UsageError */
function requireSense(args: Readonly<Record<string, unknown>>): true {
  const { wait, request, cert, key, body } = args;
  if (typeof wait !== 'number' || !(wait >= 0 && wait <= longestWait))
    throw new UsageError(`--wait cannot be ${String(wait)}`, [
      `it is a number of seconds from 0 to ${longestWait}`,
    ]);
  if (Array.isArray(request) && (request.length !== 2 || !/^[A-Z]{3,10}$/.test(String(request[0]))))
    throw new UsageError('--request needs a method and a path', ['write for example --request GET /tasks/1']);
  if (Array.isArray(request) && !/^\/(?!\/)\S*$/.test(String(request[1])))
    throw new UsageError('the path of --request begins with a slash', [
      'write for example --request GET /tasks/1',
    ]);
  if (body !== undefined && request === undefined)
    throw new UsageError('--body belongs to a request, and none is named', ['add --request POST PATH']);
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError(`--${cert === undefined ? 'key' : 'cert'} is only half of it`, [
      'name the certificate with --cert and its key with --key',
    ]);
  return true;
}

/** Adds the options of the look at a running stack. */
export function stackDoctorOptions<T>(yargs: Argv<T>): Argv<T> {
  let options = outOption(
    specOption(yargs),
    'The directory that was built to, with the secrets of the stack',
  ) as Argv<T>;
  for (const name of namedPlaces) {
    options = options
      .option(name, {
        type: 'string',
        requiresArg: true,
        describe: `${addressTexts[name]}; ${noPlace}: the stack has none`,
      })
      .check(single(name), false);
  }
  for (const [name, describe] of Object.entries(texts)) {
    options = options
      .option(name, { type: 'string', requiresArg: true, describe })
      .check(single(name), false);
  }
  return options
    .option('request', {
      type: 'string',
      nargs: 2,
      requiresArg: true,
      describe: 'METHOD PATH of the request to the service that is followed; GET /health where left out',
    })
    .option('wait', {
      type: 'number',
      requiresArg: true,
      default: 30,
      describe: 'Seconds that something may take to arrive; the wait of tail sampling is added',
    })
    .option('only', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'Ask this alone: a check, or a group of them; may be repeated',
    })
    .option('skip', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'Leave this out; may be repeated',
    })
    .option('strict', { type: 'boolean', describe: 'Treat warnings as findings' })
    .option('verbose', { type: 'boolean', describe: 'Show the details of what is fine, too' })
    .option('quiet', { type: 'boolean', describe: 'Print nothing but the report' })
    .check(single('wait'), false)
    .check(requireSense, false);
}
