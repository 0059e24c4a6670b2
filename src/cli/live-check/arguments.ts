import type { ListenAddress } from '../../inspect/live-check/sources/receiver.js';
import { parseDuration } from '../../promql/duration.js';
import type { ReportArguments } from '../options.js';
import { UsageError } from '../usage-error.js';

/** Which findings make the command fail, from the least of them on. */
export const failLevels = ['error', 'warning', 'info', 'never'] as const;
export type FailLevel = (typeof failLevels)[number];

export interface LiveCheckArguments extends ReportArguments {
  readonly targets: readonly string[] | undefined;
  readonly listen: string | undefined;
  readonly 'listen-grpc': string | undefined;
  readonly for: string | undefined;
  readonly samples: number;
  readonly interval: string;
  readonly timeout: string;
  readonly wait: string;
  readonly 'max-size': number;
  readonly 'token-file': string | undefined;
  readonly 'min-coverage': number | undefined;
  readonly signal: readonly ('metrics' | 'spans' | 'events')[] | undefined;
  readonly allow: readonly string[] | undefined;
  readonly 'ignore-label': readonly string[] | undefined;
  readonly 'fail-on': FailLevel | undefined;
  readonly summary: string | undefined;
  /** What stands after `--`. */
  readonly '--'?: readonly string[] | undefined;
}

/** Node's timers count milliseconds in 31 bits. */
const longest = 2_000_000;

/** Milliseconds of `30s`, `5m`. @throws UsageError */
export function milliseconds(option: string, text: string): number {
  const seconds = parseDuration(text, { fractions: true });
  if (seconds === undefined || seconds > longest)
    throw new UsageError(`--${option} cannot be ${text}`, ['write a length of time such as 30s, 5m or 1h']);
  return seconds * 1000;
}

/** `HOST:PORT`, or the port alone, which is on this machine then. @throws UsageError */
export function listenAddress(option: string, text: string): ListenAddress {
  const found = /^(?:(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(text);
  const port = Number(found?.[3]);
  if (found === null || port > 65_535)
    throw new UsageError(`--${option} cannot be ${text}`, [
      `write an address and a port: --${option} 127.0.0.1:${option === 'listen' ? 4318 : 4317}; port 0 is any`,
    ]);
  return { host: found[1] ?? found[2] ?? '127.0.0.1', port };
}

function requireShare(value: number | undefined): void {
  if (value === undefined || (value >= 0 && value <= 1)) return;
  throw new UsageError(`--min-coverage cannot be ${value}`, [
    'it is a share from 0 to 1: 0.9 is nine of ten',
  ]);
}

function requireWhole(option: string, value: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= 10_000) return;
  throw new UsageError(`--${option} is a whole number from 1 to 10000, not ${value}`);
}

/** Refuses what cannot be meant. @throws UsageError */
export function requireSense(args: LiveCheckArguments): void {
  const { targets = [], listen, 'listen-grpc': grpc, '--': command = [] } = args;
  requireShare(args['min-coverage']);
  requireWhole('samples', args.samples);
  requireWhole('max-size', args['max-size']);
  const isListening = listen !== undefined || grpc !== undefined;
  if (targets.length === 0 && !isListening)
    throw new UsageError('there is nothing to look at', [
      'name a page: obs-gen live-check http://127.0.0.1:9464/metrics; - is standard input',
      'or listen for OTLP: obs-gen live-check --listen 127.0.0.1:4318 -- node app.js',
    ]);
  if (targets.filter((target) => target === '-').length > 1)
    throw new UsageError('standard input can be read once', ['leave out all - but one']);
  if (args.for !== undefined && !isListening && command.length === 0)
    throw new UsageError('--for is how long listeners are open, and there is none', [
      'a page is asked for several times by --samples N --interval 5s',
    ]);
  if (args.strict === true && args['fail-on'] !== undefined)
    throw new UsageError('--strict and --fail-on are given together', ['--strict is --fail-on warning']);
}
