import { partNames } from '../../stack/parts.js';
import { UsageError } from '../usage-error.js';

/** What every command of `stack` is told. */
export interface StackArguments {
  readonly spec: string;
  readonly out: string;
  readonly native: boolean | undefined;
  readonly state: string | undefined;
}

export interface UpArguments extends StackArguments {
  readonly build: boolean | undefined;
  readonly detach: boolean | undefined;
  readonly target: readonly string[] | undefined;
  readonly webhook: string | undefined;
  readonly ports: 'fixed' | 'auto' | undefined;
}

export interface DownArguments extends StackArguments {
  readonly volumes: boolean | undefined;
  readonly yes: boolean | undefined;
}

export interface StatusArguments extends StackArguments {
  readonly format: 'pretty' | 'json';
}

export interface LogsArguments extends StackArguments {
  readonly parts: readonly string[] | undefined;
  readonly follow: boolean | undefined;
  readonly lines: number;
}

/** Parts whose logs can be asked for; `stack` is what obs-gen itself wrote in the background. */
export const logNames = [...partNames, 'stack'] as const;

const target = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})$/;

/**
 * Refuses options that say nothing to containers, and values that cannot be.
 * @throws UsageError
 */
export function requireSense(args: UpArguments): void {
  for (const each of args.target ?? []) {
    const port = Number(target.exec(each)?.[1]);
    if (!(port >= 1 && port <= 65535))
      throw new UsageError(`--target cannot be ${each}`, [
        'it is a host and a port: --target 127.0.0.1:9464',
      ]);
  }
  const { webhook } = args;
  if (webhook !== undefined && webhook !== 'none' && !/^https?:\/\/[^/]/.test(webhook))
    throw new UsageError(`--webhook cannot be ${webhook}`, [
      'it is the address that alerts are sent to: --webhook http://127.0.0.1:5001/',
      '--webhook none sends them to nobody',
    ]);
  if (args.native === true) return;
  for (const name of ['target', 'webhook', 'ports', 'detach'] as const)
    if (args[name] !== undefined)
      throw new UsageError(`--${name} goes with --native`, [
        name === 'detach'
          ? 'containers run in the background anyway: leave it out'
          : 'what containers are started with stands in the output: change the spec, and build',
      ]);
}
