import { spawn } from 'node:child_process';

/** What a program is run with. */
export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string | undefined;
  /** Milliseconds after which it is killed. */
  readonly deadline: number;
  /** Kills it at once. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What programs inherit. promtool lives for seconds: collecting its garbage less often saves a quarter of its time, for a hundred megabytes.
 */
function environment(): NodeJS.ProcessEnv {
  return { GOGC: '400', ...process.env };
}

/** How a program ended. */
export interface ProgramResult {
  /** Undefined where it was killed. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
  readonly timedOut: boolean;
}

/** The run was ended from outside; what it had found so far means nothing. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
  }
}

/**
 * Runs a program to its end, or to its deadline.
 * @throws Interrupted where the signal ended it; the system's error where it cannot be started
 */
export function runProgram({ program, args, cwd, deadline, signal }: ProgramRun): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(new Interrupted());
      return;
    }
    const started = performance.now();
    const child = spawn(program, args, { cwd, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let timedOut = false;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, deadline);
    signal?.addEventListener('abort', kill, { once: true });
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
    };
    child.once('error', (error) => {
      finish();
      reject(error);
    });
    child.once('close', (status) => {
      finish();
      if (signal?.aborted === true) reject(new Interrupted());
      else
        resolve({
          status: status ?? undefined,
          stdout,
          stderr,
          milliseconds: performance.now() - started,
          timedOut,
        });
    });
  });
}
