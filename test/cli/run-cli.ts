import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The repository. */
export const repository = join(import.meta.dirname, '..', '..');

/** The program as it is installed. */
export const program = join(repository, 'dist', 'cli', 'main.js');

if (!existsSync(program)) throw new Error(`${program} is missing: run \`npm run build\` first`);

/** How a process ended: its code as a shell shows it, 128 and the signal's number where it was killed by one. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Node's own options, before the program. */
  readonly node?: readonly string[];
}

const signalNumbers: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** The environment without what the machine that runs the tests may set. */
function environment(env: RunOptions['env']): NodeJS.ProcessEnv {
  const clean = { ...process.env };
  for (const name of [
    'NO_COLOR',
    'FORCE_COLOR',
    'SOURCE_DATE_EPOCH',
    'OBSGEN_DEBUG',
    'GITHUB_WORKSPACE',
    'NODE_OPTIONS',
  ]) {
    Reflect.deleteProperty(clean, name);
  }
  return { ...clean, ...env };
}

/** Starts the program; the caller ends it. */
export function startCli(args: readonly string[], options: RunOptions = {}): ChildProcess {
  return spawn(process.execPath, [...(options.node ?? []), program, ...args], {
    cwd: options.cwd ?? repository,
    env: environment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Waits for the end of a process and collects what it printed. */
export function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code: code ?? 128 + (signalNumbers[signal ?? ''] ?? 0), stdout, stderr });
    });
  });
}

/** Runs the program to its end. */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return ended(startCli(args, options));
}

/** Runs a shell command in which `"$OBS_GEN"` is the program, with `pipefail`. */
export function runShell(command: string, cwd: string): Promise<Ended> {
  const child = spawn('bash', ['-o', 'pipefail', '-c', command], {
    cwd,
    env: { ...environment({}), OBS_GEN: program, NODE: process.execPath },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return ended(child);
}

/** A folder of the test's own, gone when it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-cli-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
