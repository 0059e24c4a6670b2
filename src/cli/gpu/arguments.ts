import { UsageError } from '../usage-error.js';

/** Vendors whose devices can be read. */
export const vendors = ['nvidia', 'amd', 'intel', 'jetson', 'apple'] as const;

/** Tools whose output can be replayed. */
export const replayTools = [
  'nvidia-smi-csv',
  'nvidia-smi-xml',
  'amd-smi',
  'rocm-smi',
  'xpu-smi',
  'tegrastats',
  'ioreg',
] as const;
export type ReplayTool = (typeof replayTools)[number];

export interface GpuArguments {
  readonly spec: string | undefined;
  readonly collector: readonly (typeof vendors)[number][] | undefined;
  readonly port: number;
  readonly host: string;
  readonly interval: number | undefined;
  readonly once: boolean | undefined;
  readonly replay: string | undefined;
  readonly tool: ReplayTool | undefined;
  readonly 'write-recipes': string | undefined;
}

const leastInterval = 1;
const mostInterval = 3600;

/**
 * Refuses options that exclude each other or cannot be.
 * @throws UsageError
 */
export function requireSense(args: GpuArguments): void {
  const { port, interval, replay, tool, once, collector } = args;
  if (tool !== undefined && replay === undefined)
    throw new UsageError('--tool says what printed a file, and none is named', [
      'name it with --replay FILE',
    ]);
  if (args['write-recipes'] !== undefined && (once === true || replay !== undefined))
    throw new UsageError('--write-recipes reads no devices', ['leave out --once and --replay']);
  if (collector !== undefined && args.spec !== undefined)
    throw new UsageError('--collector and --spec both name the collectors', ['leave out one of the two']);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new UsageError(`--port cannot be ${port}`, ['it is a whole number up to 65535']);
  if (interval !== undefined && !(interval >= leastInterval && interval <= mostInterval))
    throw new UsageError(`--interval cannot be ${interval}`, [
      `it is a number of seconds from ${leastInterval} to ${mostInterval}`,
    ]);
}
