import type { GpuSample } from '../device.js';
import type { GpuFault, GpuReading } from '../failure.js';

/** What a reader says of what it does. */
export interface ReaderListener {
  /** @param seconds that the reading took, where that can be known */
  read(reading: GpuReading<GpuSample>, seconds?: number): void;
  /** The tool was told to end, and killed, and is still there; or is not any more. */
  stuck(isStuck: boolean): void;
  /** It reads no more, and no process is left. Called once, and last. */
  ended(): void;
}

/** Reads by one tool until that fails, which it says by a reading with a fault before it ends. */
export interface Reader {
  /** The tool, as `gpu.collectors.*.source` has it. */
  readonly name: string;
  /** Seconds that the tool waits before it says something, where it does not at once. */
  readonly firstAfter?: number;
  /** Whether it may work where the one before it has failed so; without this, always. */
  helps?(fault: GpuFault): boolean;
  /** @returns what ends it */
  run(listener: ReaderListener): () => void;
}
