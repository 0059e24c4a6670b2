import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Part, Sample } from '../sample/index.js';
import { digestOf } from './blocks.js';

/** Writes made-up data as blocks of Prometheus's storage. */
export interface SampleWriter {
  /**
   * @param folder that exists
   * @returns what tells the data from other data
   */
  write(part: Part, folder: string, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/** What a thread makes data up from. */
export interface ThreadSample {
  /** The main file of the spec. */
  readonly spec: string;
  /** The last sample, in seconds since 1970. */
  readonly end: number;
  readonly seed: number | undefined;
}

/** What a thread is asked for, one after the other. */
export interface ThreadRequest {
  readonly part: Part;
  readonly folder: string;
}

/** Writes in this thread, where it is in the way of everything else. */
export function directWriter(sample: () => Promise<Sample>): SampleWriter {
  return {
    async write(part, folder, signal) {
      const made = await sample();
      signal.throwIfAborted();
      await made.writeBlocks(folder, part);
      return digestOf(folder);
    },
    close: () => Promise.resolve(),
  };
}

const thread = new URL('./sample-thread.js', import.meta.url);

/** Whether the thread's module can be loaded: not where TypeScript is run from its sources. */
export function hasThread(): boolean {
  return existsSync(fileURLToPath(thread));
}

/** Writes in a thread of its own, which reads the spec once more, so that pages and queries are answered meanwhile. */
export function threadWriter(sample: ThreadSample): SampleWriter {
  const worker = new Worker(thread, { workerData: sample });
  // What it throws also ends the answer that is waited for; where none is, nobody misses it.
  worker.on('error', () => undefined);
  return {
    async write(part, folder, signal) {
      const answer = once(worker, 'message', { signal });
      worker.postMessage({ part, folder } satisfies ThreadRequest);
      const [digest] = (await answer) as [string];
      return digest;
    },
    async close() {
      await worker.terminate();
    },
  };
}
