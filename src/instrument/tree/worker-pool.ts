import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { PlannerOptions } from './planner.js';
import { unreadable, type FileResult, type PlanInput } from './tree-plan.js';
import type { WorkerAnswer, WorkerStart, WorkerTask } from './worker.js';

const ownScript = new URL('./worker.js', import.meta.url);

/** A worker has to load the compiler first, which takes as long as it takes to plan this much. */
const bytesWorthWorker = 4 << 20;
/** Enough that messages cost nothing beside the work, and little enough that workers end together. */
const bytesOfTask = 128 << 10;
/** A worker has its next task before it is done with one: the thread that hands them out plans files itself. */
const tasksInHand = 2;
const usualMegabytes = 1024;
/** The largest file that is read takes seconds. */
const usualPatienceMs = 60_000;

/** A file for a worker. */
export interface PooledFile {
  readonly size: number;
  readonly file: { readonly path: string };
  /** What to plan, when its turn has come; undefined: it is gone. */
  take(): PlanInput | undefined;
}

export interface PoolOptions {
  readonly planner: PlannerOptions;
  readonly workers: number;
  /** How this thread plans along with the workers, the small files first; undefined: it leaves all to them. */
  readonly here?: ((input: PlanInput) => FileResult) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What a worker runs, how long it may be at one file and how much memory it has: tests have others. */
  readonly script?: URL | undefined;
  readonly patienceMs?: number | undefined;
  readonly megabytes?: number | undefined;
  readonly onResult: (number: number, result: FileResult) => void;
}

/** How many workers a run is worth beside this thread: none where that is as fast alone. */
export function workersFor(files: readonly { readonly size: number }[], jobs: number | undefined): number {
  // From the sources, as tests run them, there is nothing that a worker could start.
  if (jobs === 1 || files.length < 2 || !existsSync(fileURLToPath(ownScript))) return 0;
  if (jobs !== undefined) return Math.min(jobs, files.length) - 1;
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const worth = Math.min(availableParallelism(), 8, Math.floor(bytes / bytesWorthWorker));
  return Math.max(0, worth - 1);
}

/**
 * Plans files in worker threads. A worker that dies takes one file with it, the one that it was at: that gets a note, what else it had
 * been given goes to another worker. Rejects where the signal is aborted, or where a worker cannot even start; none is left running.
 */
export async function planInWorkers(files: readonly PooledFile[], options: PoolOptions): Promise<void> {
  const open = tasksOf(files);
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const { here } = options;
  const lane = async (run: () => Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      failed.abort(error);
    }
  };
  const lanes = Array.from({ length: options.workers }, () =>
    lane(() => runLane(open, files, { ...options, signal })),
  );
  if (here !== undefined) lanes.push(lane(() => planHere(open, files, here, { ...options, signal })));
  await Promise.all(lanes);
  signal.throwIfAborted();
}

/** Large files first within what is left, so that no worker gets a long one when the others have ended. */
function tasksOf(files: readonly PooledFile[]): number[][] {
  const order = files.map((_, index) => index).sort((a, b) => sizeOf(files, b) - sizeOf(files, a) || a - b);
  const tasks: number[][] = [];
  let bytes = bytesOfTask;
  for (const number of order) {
    if (bytes >= bytesOfTask) {
      tasks.push([]);
      bytes = 0;
    }
    tasks.at(-1)?.push(number);
    bytes += sizeOf(files, number);
  }
  // The next task is taken from the end.
  return tasks.reverse();
}

function sizeOf(files: readonly PooledFile[], number: number): number {
  return files[number]?.size ?? 0;
}

/** Takes tasks from the other end, where the files are small, and lets the workers' messages in between two files. */
async function planHere(
  open: number[][],
  files: readonly PooledFile[],
  plan: (input: PlanInput) => FileResult,
  { signal, onResult }: PoolOptions,
): Promise<void> {
  for (let task = open.shift(); task !== undefined; task = open.shift())
    for (const number of task) {
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      const input = files[number]?.take();
      onResult(number, input === undefined ? unreadable(files[number]?.file.path ?? '') : plan(input));
    }
}

/** One worker after the other, until there are no tasks. */
async function runLane(open: number[][], files: readonly PooledFile[], options: PoolOptions): Promise<void> {
  while (open.length > 0) {
    options.signal?.throwIfAborted();
    const lost = await runWorker(open, files, options);
    if (lost !== undefined) retry(lost, open, files, options);
  }
}

/** What a worker had in hand when it was gone. */
interface Lost {
  readonly task: readonly number[];
  /** Number of the file that it was at. */
  readonly at: number;
  readonly why: string;
}

function retry(
  { task, at, why }: Lost,
  open: number[][],
  files: readonly PooledFile[],
  options: PoolOptions,
): void {
  const path = files[at]?.file.path ?? '';
  const help = 'leave it out by `instrument.exclude`, or report it';
  const message = `the thread that planned it ended: ${why}`;
  options.onResult(at, { kind: 'note', note: { code: 'OBS5057', path, message, help } });
  const rest = task.filter((number) => number !== at);
  if (rest.length > 0) open.push(rest);
}

function runWorker(
  open: number[][],
  files: readonly PooledFile[],
  {
    planner,
    signal,
    onResult,
    script = ownScript,
    patienceMs = usualPatienceMs,
    megabytes = usualMegabytes,
  }: PoolOptions,
): Promise<Lost | undefined> {
  const current = new SharedArrayBuffer(4);
  const at = new Int32Array(current).fill(-1);
  const start: WorkerStart = { options: planner, current };
  const worker = new Worker(script, {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  });
  return new Promise<Lost | undefined>((resolve, reject) => {
    const inHand: (readonly number[])[] = [];
    let isOver = false;
    const end = (then: () => void): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(watch);
      signal?.removeEventListener('abort', abort);
      void worker.terminate().then(then, then);
    };
    const abort = (): void => {
      end(() => {
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      });
    };
    const lose = (why: string): void => {
      const lost = { task: inHand.flat(), at: Atomics.load(at, 0), why };
      end(() => {
        if (lost.at >= 0) resolve(lost);
        else reject(new Error(`a worker thread ended before it began: ${why}`));
      });
    };
    let seen = -1;
    const look = (): void => {
      const now = Atomics.load(at, 0);
      if (now >= 0 && now === seen) lose(`no progress for ${patienceMs / 1000} s`);
      seen = now;
      watch.refresh();
    };
    const watch = setTimeout(look, patienceMs);
    const next = (): void => {
      while (inHand.length < tasksInHand) {
        const message = takeTask(open, files, onResult);
        if (message.length === 0) break;
        inHand.push(message.map(({ number }) => number));
        worker.postMessage(message);
      }
      if (inHand.length === 0)
        end(() => {
          resolve(undefined);
        });
    };
    worker.on('message', (answer: WorkerAnswer) => {
      // It had answered before it ended, and the end was told first: another worker has the task by now.
      if (isOver) return;
      const done = inHand.shift() ?? [];
      // The next task is on its way before the results of this one are looked at.
      next();
      for (const [index, number] of done.entries()) {
        const result = answer[index];
        if (result !== undefined) onResult(number, result);
      }
    });
    worker.on('error', (error: Error) => {
      lose(isMemory(error) ? `it ran out of memory (${megabytes} MiB)` : error.message);
    });
    worker.on('exit', (code) => {
      lose(`exit code ${code}`);
    });
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted === true) abort();
    else next();
  });
}

/** The next files that are still there; empty where none is left. */
function takeTask(
  open: number[][],
  files: readonly PooledFile[],
  onResult: PoolOptions['onResult'],
): WorkerTask {
  for (let numbers = open.pop(); numbers !== undefined; numbers = open.pop()) {
    const task = numbers.flatMap((number) => {
      const input = files[number]?.take();
      if (input !== undefined) return [{ number, ...input }];
      onResult(number, unreadable(files[number]?.file.path ?? ''));
      return [];
    });
    if (task.length > 0) return task;
  }
  return [];
}

function isMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
