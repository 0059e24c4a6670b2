import type { GpuSample, GpuVendor } from './device.js';
import type { GpuReading } from './failure.js';

/** What a source is told of each time that it has read, or tried to. */
export interface GpuListener {
  /**
   * @param seconds that the reading took; of a tool that runs on, from one line to the next it is not known
   */
  read(reading: GpuReading<GpuSample>, seconds: number | undefined): void;
  /** The tool hangs and could not be stopped: no other is started until it is gone. */
  stuck(isStuck: boolean): void;
}

/** Reads the devices of one vendor again and again, by one tool. */
export interface GpuSource {
  readonly vendor: GpuVendor;
  /** The tool, as `gpu.collectors.*.source` has it. */
  readonly name: string;
  /** Begins to read; the first reading is asked for at once. Never throws. */
  start(listener: GpuListener): void;
  /** Ends the tool and forgets the listener. Resolves when no process is left, or at the deadline. */
  stop(): Promise<void>;
}

/** What all sources are told. */
export interface GpuSourceOptions {
  /** Seconds between two readings. */
  readonly interval: number;
  /** Seconds that one reading may take. */
  readonly timeout: number;
  /** Families of metrics that are wanted; undefined: all that cost nothing more. */
  readonly families: ReadonlySet<string> | undefined;
  /** The program in the place of the vendor's, with its path. */
  readonly command?: string | undefined;
}
