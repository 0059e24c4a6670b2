import { builtinModule } from '../../host.js';

/** What of node:child_process tools need, by its shape. */
export interface ChildProcess {
  readonly pid?: number | undefined;
  readonly stdout: Pipe | null;
  readonly stderr: Pipe | null;
  kill(signal: string): boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit' | 'close', listener: (code: number | null, signal: string | null) => void): unknown;
  unref(): void;
}

export interface Pipe {
  setEncoding(encoding: 'utf8'): unknown;
  pause(): unknown;
  resume(): unknown;
  on(event: 'data', listener: (text: string) => void): unknown;
  on(event: 'error', listener: () => void): unknown;
  destroy(): unknown;
  unref?(): unknown;
}

export interface SpawnOptions {
  readonly stdio: readonly ['ignore', 'pipe', 'pipe'];
  readonly shell: false;
  readonly detached: boolean;
  readonly windowsHide: true;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export type Spawn = (program: string, parameters: readonly string[], options: SpawnOptions) => ChildProcess;

/** What is used of `process`. */
export interface HostProcess {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  kill(pid: number, signal: string): unknown;
  once(event: 'exit', listener: () => void): unknown;
  removeListener(event: 'exit', listener: () => void): unknown;
}

/** Node's way to start programs; undefined where there is none. */
export function nodeSpawn(): Spawn | undefined {
  return (builtinModule('node:child_process') as { readonly spawn: Spawn } | undefined)?.spawn;
}

export function hostProcess(): HostProcess | undefined {
  return (globalThis as { readonly process?: HostProcess }).process;
}
