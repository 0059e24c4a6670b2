import { monotonicSeconds } from '../../host.js';
import { afterSeconds } from '../../timers.js';
import type { Spawn } from './child-process.js';
import { ToolProcess } from './tool-process.js';
import type { ToolCommand, ToolEnd } from './tool-process.js';

/** What came of a call. */
export interface ToolResult extends ToolEnd {
  readonly output: string;
  readonly errorOutput: string;
  /** Why it was ended before it was done: it took too long, or said more than anybody wants to read. */
  readonly cutOff?: 'timeout' | 'output' | undefined;
  readonly seconds: number;
}

export interface RunLimits {
  /** Seconds that it may take. */
  readonly timeout: number;
  /** Characters that it may say on either of its outputs. */
  readonly mostCharacters: number;
}

export interface RunListener {
  /** Once: it is done, or cut off. After `timeout` it is told at once, while the tool may still be there. */
  done(result: ToolResult): void;
  /** It is cut off and cannot be killed. */
  stuck(): void;
  /** Once, after `done`: no process is left, so that another may be started. */
  gone(): void;
}

/** Runs a program once; returns what ends it before it is done. Nothing here throws or keeps the program alive. */
export function runTool(
  command: ToolCommand,
  limits: RunLimits,
  listener: RunListener,
  spawn?: Spawn,
): () => void {
  const started = monotonicSeconds();
  let output = '';
  let errorOutput = '';
  let isDone = false;

  const finish = (end: ToolEnd, cutOff?: 'timeout' | 'output'): void => {
    if (isDone) return;
    isDone = true;
    endTimer();
    listener.done({ ...end, output, errorOutput, cutOff, seconds: monotonicSeconds() - started });
    output = '';
    errorOutput = '';
  };
  const cutOff = (why: 'timeout' | 'output'): void => {
    if (why === 'output') tool.closePipes();
    tool.stop();
    finish({}, why);
  };
  const endTimer = afterSeconds(limits.timeout, () => {
    cutOff('timeout');
  });
  const tool = new ToolProcess(
    command,
    {
      output(text) {
        if (isDone) return;
        output += text;
        if (output.length > limits.mostCharacters) cutOff('output');
      },
      errorOutput(text) {
        if (isDone) return;
        errorOutput += text;
        if (errorOutput.length > limits.mostCharacters) cutOff('output');
      },
      stuck() {
        listener.stuck();
      },
      ended(end) {
        finish(end);
        listener.gone();
      },
    },
    spawn,
  );
  return () => {
    tool.stop();
  };
}
