import { afterSeconds, soon } from '../../timers.js';
import { hostProcess, nodeSpawn } from './child-process.js';
import type { ChildProcess, Pipe, Spawn } from './child-process.js';
import { endWithProgram } from './running-tools.js';

/** A program and what it is called with; no shell ever sees it. */
export interface ToolCommand {
  readonly program: string;
  readonly parameters: readonly string[];
  /** Variables of its environment that are not the program's. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** How a tool went. */
export interface ToolEnd {
  readonly exitCode?: number | undefined;
  /** The signal that ended it. */
  readonly signal?: string | undefined;
  /** The code of the system error for which it could not be started, such as ENOENT. */
  readonly startError?: string | undefined;
}

export interface ToolListener {
  output(text: string): void;
  errorOutput(text: string): void;
  /** It is gone and its output is complete, or nobody waits for the rest. Called once, and last. */
  ended(end: ToolEnd): void;
  /** It was told to end, and killed, and is still there: the driver holds it. `ended` follows when it goes. */
  stuck(): void;
}

/** From the request to end to the kill. */
const graceSeconds = 0.5;
/** From the kill to giving it up. */
const killSeconds = 0.5;
/** For more of its output once it is gone; another process may hold the pipe for ever. */
const restSeconds = 0.25;

/**
 * A tool that runs. It leads a process group, so that what it has started ends with it, and it ends with the program. Nothing here throws,
 * waits without an end, or keeps the program alive.
 */
export class ToolProcess {
  private readonly listener: ToolListener;
  private child: ChildProcess | undefined;
  private leave: () => void = ignore;
  private cancel: (() => void) | undefined;
  private end: ToolEnd | undefined;
  private isEnding = false;
  private isOver = false;

  /** @param spawn how programs are started, for tests */
  constructor(command: ToolCommand, listener: ToolListener, spawn: Spawn | undefined = nodeSpawn()) {
    this.listener = listener;
    // To start a process holds the event loop up for milliseconds: that gets a turn of its own.
    soon(() => {
      if (this.isEnding || spawn === undefined)
        this.finish({ startError: spawn === undefined ? 'ENOSYS' : undefined });
      else this.begin(command, spawn);
    });
  }

  /** Ends it: asks, then kills, then gives it up. */
  stop(): void {
    if (this.isEnding || this.end !== undefined || this.isOver) return;
    this.isEnding = true;
    if (this.child === undefined) return;
    this.signal('SIGTERM');
    this.cancel = afterSeconds(graceSeconds, () => {
      this.signal('SIGKILL');
      this.cancel = afterSeconds(killSeconds, () => {
        this.closePipes();
        this.listener.stuck();
      });
    });
  }

  /** Reads no more of its output, for a tool that says too much. */
  closePipes(): void {
    this.child?.stdout?.destroy();
    this.child?.stderr?.destroy();
  }

  private begin({ program, parameters, environment }: ToolCommand, spawn: Spawn): void {
    const host = hostProcess();
    this.leave = endWithProgram(() => {
      this.signal('SIGKILL');
    });
    try {
      this.child = spawn(program, parameters, {
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: false,
        // A group of its own. On Windows, where there is none, it would open a window.
        detached: host?.platform !== 'win32',
        windowsHide: true,
        ...(environment === undefined ? {} : { env: { ...host?.env, ...environment } }),
      });
    } catch (error) {
      this.finish({ startError: codeOf(error) });
      return;
    }
    this.listen(this.child);
  }

  private listen(child: ChildProcess): void {
    this.read(child.stdout, (text) => {
      this.listener.output(text);
    });
    this.read(child.stderr, (text) => {
      this.listener.errorOutput(text);
    });
    child.on('error', (error) => {
      // Also where a signal may not be sent: then it runs, and its end is still to come.
      if (child.pid === undefined) this.finish({ startError: codeOf(error) });
    });
    child.on('exit', (code, signal) => {
      this.exited({ exitCode: code ?? undefined, signal: signal ?? undefined });
    });
    child.on('close', () => {
      if (this.end !== undefined) this.finish(this.end);
    });
    child.unref();
  }

  private read(pipe: Pipe | null, take: (text: string) => void): void {
    if (pipe === null) return;
    pipe.setEncoding('utf8');
    pipe.on('data', (text) => {
      if (this.isOver) return;
      // One piece a turn, 64 KiB at most: of a tool that floods, Node would read two million characters before anything else has its turn.
      pipe.pause();
      soon(() => {
        pipe.resume();
      });
      if (this.end !== undefined) this.waitForRest(this.end);
      take(text);
    });
    pipe.on('error', ignore);
    pipe.unref?.();
  }

  private exited(end: ToolEnd): void {
    this.end = end;
    // Those it has left behind are still in its group.
    this.signal('SIGKILL');
    this.waitForRest(end);
  }

  private waitForRest(end: ToolEnd): void {
    this.cancel?.();
    this.cancel = afterSeconds(restSeconds, () => {
      this.finish(end);
    });
  }

  private finish(end: ToolEnd): void {
    if (this.isOver) return;
    this.isOver = true;
    this.cancel?.();
    this.leave();
    this.closePipes();
    this.listener.ended(end);
  }

  private signal(signal: string): void {
    const pid = this.child?.pid;
    const host = hostProcess();
    if (pid === undefined || host === undefined) return;
    try {
      if (host.platform === 'win32') this.child?.kill(signal);
      else host.kill(-pid, signal);
    } catch {
      // Nobody is left in the group, or one who may not be signalled.
    }
  }
}

function codeOf(error: unknown): string {
  const { code } = Object(error) as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'UNKNOWN';
}

function ignore(): void {
  // A pipe that breaks is one that ends; and before it is started, there is nothing to leave.
}
