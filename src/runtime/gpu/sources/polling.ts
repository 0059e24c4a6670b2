import { afterSeconds } from '../../timers.js';
import type { GpuFault } from '../failure.js';
import type { Spawn } from '../tool/child-process.js';
import { runTool } from '../tool/run-tool.js';
import type { ToolCommand } from '../tool/tool-process.js';
import { readingOf } from './outcome.js';
import type { Parse } from './outcome.js';
import type { Reader, ReaderListener } from './reader.js';

/** Characters: several times what a host of sixteen devices says, and no more than can be read in a turn of the event loop. */
const mostCharacters = 1_000_000;

export interface Polling {
  /** The tool, for people. */
  readonly tool: string;
  readonly command: ToolCommand;
  /** Seconds from one call to the next. */
  readonly interval: number;
  /** Seconds that a call may take. */
  readonly timeout: number;
  readonly parse: Parse;
}

/** Calls a tool at each interval, once at a time, until a call fails. */
export class PollingReader implements Reader {
  readonly name: string;
  readonly helps?: (fault: GpuFault) => boolean;
  private readonly polling: Polling;
  private readonly spawn: Spawn | undefined;

  constructor(polling: Polling, helps?: (fault: GpuFault) => boolean, spawn?: Spawn) {
    this.name = polling.tool;
    this.polling = polling;
    if (helps !== undefined) this.helps = helps;
    this.spawn = spawn;
  }

  run(listener: ReaderListener): () => void {
    const { tool, command, interval, timeout, parse } = this.polling;
    let end: () => void;
    let isStopped = false;
    const call = (): void => {
      let wait = interval;
      let hasFailed = false;
      end = runTool(
        command,
        { timeout, mostCharacters },
        {
          done: (result) => {
            if (isStopped) return;
            wait = Math.max(0, interval - result.seconds);
            const reading = readingOf(tool, result, parse);
            hasFailed = reading.sample === undefined;
            listener.read(reading, result.seconds);
          },
          stuck: () => {
            listener.stuck(true);
          },
          gone: () => {
            listener.stuck(false);
            if (isStopped || hasFailed) listener.ended();
            else end = pausing(wait);
          },
        },
        this.spawn,
      );
    };
    const pausing = (seconds: number): (() => void) => {
      const cancel = afterSeconds(seconds, call);
      return () => {
        cancel();
        listener.ended();
      };
    };
    call();
    return () => {
      if (isStopped) return;
      isStopped = true;
      end();
    };
  }
}
