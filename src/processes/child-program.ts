import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Milliseconds between the request to end and the end by force, where nobody says otherwise. */
const usualPatience = 3000;
/** Characters that are kept of what it wrote. */
const keptLog = 4000;

/** What is started. */
export interface ChildOptions {
  /** As a path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** An open file for all that it writes; where it is left out, the end of standard error is kept in memory. */
  readonly output?: number | undefined;
  /** Gives it a session of its own: the terminal's Ctrl+C reaches only whoever ends it in order. */
  readonly ownSession?: boolean | undefined;
}

/** A program that runs as a child. It does not outlive this process, unless that is killed itself. */
export class ChildProgram {
  readonly #child: ChildProcess;
  #log = '';
  #stopping = false;
  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
  };

  /** Starts it. That it could not be started is known a moment later: `hasEnded`, and the log says why. */
  constructor({ program, args, cwd, env, output, ownSession }: ChildOptions) {
    this.#child = spawn(program, args, {
      cwd,
      env,
      stdio: output === undefined ? ['ignore', 'ignore', 'pipe'] : ['ignore', output, output],
      detached: ownSession === true,
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#log = `${this.#log}${text}`.slice(-keptLog);
    });
    this.#child.on('error', (error) => {
      this.#log += `${error.message}\n`;
    });
    // Before whatever removes its folder: while it lives it writes into it.
    process.prependOnceListener('exit', this.#kill);
  }

  /** Undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** What it wrote last, where its output is kept, and why it could not be started. */
  get log(): string {
    return this.#log;
  }

  get hasEnded(): boolean {
    return this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Calls back where it ends by itself, with how: `exit code 1`, `SIGKILL`. */
  onEnd(listener: (how: string) => void): void {
    this.#child.once('exit', (code, signal) => {
      if (!this.#stopping) listener(signal ?? `exit code ${code ?? 'unknown'}`);
    });
  }

  /**
   * Ends it; kills it where it does not end by itself.
   * @param patience in milliseconds
   */
  async stop(patience = usualPatience): Promise<void> {
    this.#stopping = true;
    process.off('exit', this.#kill);
    if (this.hasEnded) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(this.#kill, patience);
    await exited;
    clearTimeout(timer);
  }
}
