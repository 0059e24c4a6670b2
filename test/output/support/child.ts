import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { OutputFile } from '../../../src/emit/emitter.js';

export interface BuildRequest {
  readonly out: string;
  readonly files: readonly OutputFile[];
  readonly force?: readonly string[];
  readonly waitMs?: number;
  /** Stops between plan and apply until SIGUSR2. */
  readonly pause?: boolean;
}

export interface BuildResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly codes: readonly string[];
  readonly messages: readonly string[];
  readonly written?: readonly string[];
  readonly removed?: readonly string[];
  readonly unchanged?: number;
  readonly stderr: string;
}

export interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly preload?: string;
  /** Put before `node`: a shell line that ends in `exec "$@"`. */
  readonly shell?: string;
  readonly user?: number;
}

export interface RunningBuild {
  readonly child: ChildProcess;
  readonly result: Promise<BuildResult>;
  /** Resolves when the build has printed that it is planned. */
  readonly planned: Promise<void>;
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
export const strikePreload = here('strike.mjs');

/** Starts a build in a process of its own. */
export function startBuild(
  compiled: string,
  request: BuildRequest,
  options: ChildOptions = {},
): RunningBuild {
  const preload = options.preload === undefined ? [] : ['--import', options.preload];
  const node = [process.execPath, ...preload, here('build.mjs'), compiled, '-'];
  const [command = '', ...rest] =
    options.shell === undefined ? node : ['/bin/sh', '-c', options.shell, 'sh', ...node];
  const child = spawn(command, rest, {
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.user === undefined ? {} : { uid: options.user, gid: options.user }),
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(request));
  let stdout = '';
  let stderr = '';
  let announce = (): void => undefined;
  const planned = new Promise<void>((resolve) => {
    announce = resolve;
  });
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    if (stdout.includes('planned\n')) announce();
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const result = new Promise<BuildResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const line = stdout.split('\n').find((each) => each.startsWith('{'));
      const printed = (line === undefined ? {} : JSON.parse(line)) as Partial<BuildResult>;
      resolve({ codes: [], messages: [], ...printed, code, signal, stderr });
    });
  });
  return { child, result, planned };
}

export function runBuild(
  compiled: string,
  request: BuildRequest,
  options: ChildOptions = {},
): Promise<BuildResult> {
  return startBuild(compiled, request, options).result;
}
