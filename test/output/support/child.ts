import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OutputFile } from '../../../src/emit/emitter.js';

export interface BuildRequest {
  readonly out: string;
  readonly files: readonly OutputFile[];
  readonly force?: readonly string[];
  readonly waitMs?: number;
  /** Stops between plan and apply until `goOn`. */
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
  /** A module that is loaded before the build. */
  readonly preload?: string;
  /** A line of shell that comes before the build and ends in `exec "$@"`. */
  readonly shell?: string;
  readonly user?: number | undefined;
}

export interface RunningBuild {
  readonly child: ChildProcess;
  readonly result: Promise<BuildResult>;
  /** Resolves when a build with `pause` stands between plan and apply. */
  readonly planned: Promise<unknown>;
  readonly goOn: () => void;
  readonly isRunning: () => boolean;
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
export const strikePreload = here('strike.mjs');
const strikeScript = here('strike-each.mjs');

interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function startScript(
  script: string,
  compiled: string,
  request: object,
  options: ChildOptions,
): { child: ChildProcess; finished: Promise<Finished> } {
  const preload = options.preload === undefined ? [] : ['--import', options.preload];
  const node = [process.execPath, ...preload, script, compiled];
  const [command = '', ...rest] =
    options.shell === undefined ? node : ['/bin/sh', '-c', options.shell, 'sh', ...node];
  const child = spawn(command, rest, {
    env: { ...process.env, ...options.env },
    cwd: compiled,
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    ...(options.user === undefined ? {} : { uid: options.user, gid: options.user }),
  });
  // A child that is killed before it has read the request is no failure of the test.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(JSON.stringify(request));
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
  return { child, finished };
}

/** Starts a build in a process of its own. */
export function startBuild(
  compiled: string,
  request: BuildRequest,
  options: ChildOptions = {},
): RunningBuild {
  const { child, finished } = startScript(join(compiled, 'build.mjs'), compiled, request, options);
  const result = finished.then(({ stdout, ...rest }): BuildResult => {
    const printed = (stdout === '' ? {} : JSON.parse(stdout)) as Partial<BuildResult>;
    return { codes: [], messages: [], ...printed, ...rest };
  });
  const planned = Promise.race([
    once(child, 'message'),
    result.then(({ stderr }) => {
      throw new Error(`ended before it had planned: ${stderr}`);
    }),
  ]);
  planned.catch(() => undefined);
  return {
    child,
    result,
    planned,
    goOn: () => {
      child.send('go on');
    },
    isRunning: () => child.exitCode === null && child.signalCode === null,
  };
}

export function runBuild(
  compiled: string,
  request: BuildRequest,
  options: ChildOptions = {},
): Promise<BuildResult> {
  return startBuild(compiled, request, options).result;
}

/** What happens at one step of a build: the system refuses it, a link takes a folder's place, or somebody edits a file. */
export type Strike = { readonly refuse: string } | { readonly swap: string } | { readonly edit: string };

type Tree = readonly (readonly [path: string, content: string])[];

/** What a build did that was struck at its step number `step`; without a name where it has fewer steps. */
export interface StruckBuild {
  readonly step: number;
  readonly name?: string;
  readonly codes: readonly string[];
  readonly messages: readonly string[];
  /** Whether the output directory is there at all. */
  readonly exists: boolean;
  readonly tree: Tree;
  /** The folder that links lead to. */
  readonly target: Tree;
  /** The tree after the build that followed a refusal. */
  readonly next?: Tree;
}

/** Builds again and again, each time struck at another step; all in one process. */
export async function strikeEachStep(
  compiled: string,
  request: {
    readonly folder: string;
    readonly before: readonly OutputFile[];
    readonly after: readonly OutputFile[];
    readonly strike: Strike;
  },
): Promise<readonly StruckBuild[]> {
  const { finished } = startScript(strikeScript, compiled, request, {});
  const { code, stdout, stderr } = await finished;
  if (code !== 0) throw new Error(stderr);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as StruckBuild);
}
