import type { GpuSample } from '../device.js';
import type { GpuReading } from '../failure.js';
import { runTool } from '../tool/run-tool.js';
import type { ToolResult } from '../tool/run-tool.js';
import type { Reader, ReaderListener } from './reader.js';

/** What further calls of a tool tell of devices, beside the readings. */
export interface Details {
  readonly program: string;
  /** Seconds that each call may take. */
  readonly timeout: number;
  /** Characters that each call may say. */
  readonly mostCharacters: number;
  /** With what the program is called, one call after the other. */
  readonly calls: readonly (readonly string[])[];
  /** Whether anything is known. Samples wait for the first answer, or for why there is none: what they say of a device would change with it. */
  readonly isKnown: boolean;
  /** Whether it is time to ask, now that this sample is there. */
  isDue(sample: GpuSample): boolean;
  /** It is asked because of this sample. */
  asked(sample: GpuSample): void;
  /** Takes the results of all calls; calls back when it has read them, with what is wrong with them where something is. */
  take(results: readonly ToolResult[], done: (fault?: GpuReading<GpuSample>) => void): void;
  /** A reading with what is known. */
  with(reading: GpuReading<GpuSample>): GpuReading<GpuSample>;
}

/** A reader whose samples have the details of their devices. Of the further calls one runs at a time. */
export function detailed(reader: Reader, details: Details): Reader {
  return { ...reader, name: reader.name, run: (listener) => run(reader, details, listener) };
}

function run(reader: Reader, details: Details, listener: ReaderListener): () => void {
  let hasEnded = false;
  let end: (() => void) | undefined;
  /** The last reading, while the first details are waited for. */
  let waiting: { readonly reading: GpuReading<GpuSample>; readonly seconds: number | undefined } | undefined;
  const leave = (): void => {
    if (hasEnded && end === undefined) listener.ended();
  };
  const endReader = reader.run({
    read(reading, seconds) {
      const { sample } = reading;
      const isDue = sample !== undefined && end === undefined && details.isDue(sample);
      if (sample !== undefined && !details.isKnown && (isDue || waiting !== undefined))
        waiting = { reading, seconds };
      else listener.read(details.with(reading), seconds);
      if (!isDue) return;
      details.asked(sample);
      end = ask(details, listener, {
        answered() {
          const last = waiting;
          waiting = undefined;
          if (last !== undefined) listener.read(details.with(last.reading), last.seconds);
        },
        gone() {
          end = undefined;
          leave();
        },
      });
    },
    stuck(isStuck) {
      listener.stuck(isStuck);
    },
    ended() {
      hasEnded = true;
      end?.();
      leave();
    },
  });
  return () => {
    end?.();
    endReader();
  };
}

interface Asking {
  /** All is read, or cannot be had. */
  answered(): void;
  /** No process is left. */
  gone(): void;
}

/** Makes the calls; returns what ends them. */
function ask(details: Details, listener: ReaderListener, asking: Asking): () => void {
  const { program, timeout, mostCharacters, calls } = details;
  const results: ToolResult[] = [];
  let isStopped = false;
  let end: () => void;
  const call = (place: number): void => {
    const parameters = calls[place] ?? [];
    end = runTool(
      { program, parameters },
      { timeout, mostCharacters },
      {
        done(result) {
          results.push(result);
          if (place < calls.length - 1) return;
          details.take(results, (fault) => {
            if (isStopped) return;
            if (fault !== undefined) listener.read(fault);
            asking.answered();
          });
        },
        stuck() {
          listener.stuck(true);
        },
        gone() {
          listener.stuck(false);
          if (isStopped || place === calls.length - 1) asking.gone();
          else call(place + 1);
        },
      },
    );
  };
  call(0);
  return () => {
    isStopped = true;
    end();
  };
}
