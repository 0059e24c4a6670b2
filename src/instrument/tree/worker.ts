import { parentPort, workerData } from 'node:worker_threads';
import { plannerOf, type PlannerOptions } from './planner.js';
import type { FileResult } from './tree-plan.js';

/** What a worker is started with. */
export interface WorkerStart {
  readonly options: PlannerOptions;
  /** Number of the file at work, so that it is known when the worker is gone; -1: none. */
  readonly current: SharedArrayBuffer;
}

/** Files to plan, with their numbers. */
export type WorkerTask = readonly {
  readonly number: number;
  readonly path: string;
  readonly bytes: Uint8Array;
}[];
/** The results, in the order of the task. */
export type WorkerAnswer = readonly FileResult[];

if (parentPort !== null) serve(parentPort, workerData as WorkerStart);

function serve(port: NonNullable<typeof parentPort>, { options, current }: WorkerStart): void {
  const planner = plannerOf(options);
  const at = new Int32Array(current);
  port.on('message', (task: WorkerTask) => {
    const answer: WorkerAnswer = task.map(({ number, path, bytes }) => {
      Atomics.store(at, 0, number);
      return planner.plan({ path, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) });
    });
    Atomics.store(at, 0, -1);
    port.postMessage(answer);
  });
}
