import { prometheusAddress, type PrometheusAddress } from '../../preview/prometheus/address.js';
import { UsageError } from '../usage-error.js';

export interface PreviewArguments {
  readonly spec: string;
  readonly prometheus: string | undefined;
  readonly sample: boolean | undefined;
  readonly port: number | undefined;
  readonly watch: boolean | undefined;
  readonly open: boolean | undefined;
  readonly screenshot: string | undefined;
  readonly dashboard: readonly string[] | undefined;
  readonly theme: 'dark' | 'light' | undefined;
  readonly width: number | undefined;
}

/** Pixels between which the page is laid out. */
const narrowest = 320;
const widest = 7680;

function requireWhole(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw new UsageError(`--${name} has to be a whole number from ${least} to ${most}`);
}

/**
 * Refuses what contradicts itself.
 * @throws UsageError
 */
export function requireSense(args: PreviewArguments): void {
  requireWhole('port', args.port, 0, 65_535);
  requireWhole('width', args.width, narrowest, widest);
  const conflict = (one: string, other: string): never => {
    throw new UsageError(`--${one} and --${other} cannot go together`, ['leave one of them out']);
  };
  if (args.sample === true && args.prometheus !== undefined) conflict('sample', 'prometheus');
  if (args.screenshot !== undefined) {
    if (args.watch === true) conflict('screenshot', 'watch');
    if (args.open === true) conflict('screenshot', 'open');
    return;
  }
  if (args.width !== undefined)
    throw new UsageError('--width is the width of pictures, and none are taken', ['add --screenshot DIR']);
  if ((args.dashboard?.length ?? 0) > 1)
    throw new UsageError('the page begins with one dashboard', ['name one, or add --screenshot DIR']);
}

/** Where the data comes from, and how that is said. */
export interface Choice {
  /** Undefined: made-up data. */
  readonly prometheus: PrometheusAddress | undefined;
  readonly text: string;
}

/**
 * Chooses where the data comes from: what is asked for; else a Prometheus that the environment names; else it is made up.
 * @throws UsageError
 */
export function chosenData(args: PreviewArguments, env: NodeJS.ProcessEnv): Choice {
  if (args.sample === true) return { prometheus: undefined, text: 'made-up data' };
  const inEnvironment = env['PROMETHEUS_URL'];
  const fromEnvironment = args.prometheus === undefined;
  const given = args.prometheus ?? inEnvironment;
  if (given === undefined || given === '')
    return {
      prometheus: undefined,
      text: 'made-up data, since no Prometheus is named; --prometheus URL shows a running one',
    };
  const prometheus = prometheusAddress(given);
  const source = fromEnvironment ? 'PROMETHEUS_URL' : '--prometheus';
  if (typeof prometheus === 'string') throw new UsageError(`${source} cannot be used: ${prometheus}`);
  const how = fromEnvironment ? ', which PROMETHEUS_URL names; --sample shows made-up data' : '';
  return { prometheus, text: `data of the Prometheus at ${prometheus.url}${how}` };
}
