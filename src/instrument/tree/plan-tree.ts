import { readFileSync, realpathSync } from 'node:fs';
import { sha256 } from '../../output/hash.js';
import type { FilePlan } from '../file/file-plan.js';
import type { FileNote } from '../find/file-note.js';
import { listFiles, type ListedFile } from '../find/list-files.js';
import { cacheFolder, openCache, type PlanCache } from './cache.js';
import type { Planner } from './planner.js';
import { unreadable, type FileResult, type PlanInput, type TreeOptions, type TreePlan } from './tree-plan.js';
import { planInWorkers, workersFor } from './worker-pool.js';

/** Between two looks at the signal, and two turns of the event loop. */
const sliceMs = 50;
/** So much of what has been read is kept for its turn; the rest is read again. */
const maximumKept = 64 << 20;

/**
 * Plans a whole tree: lists it, takes from the cache what is known, leaves out by its text what no rule can match in, and plans the
 * rest, in worker threads where there is enough of it. Nothing is written but the cache. The result is the same with and without cache,
 * with any number of threads. Rejects where the signal is aborted.
 */
export async function planTree(given: TreeOptions): Promise<TreePlan> {
  const options = { ...given, root: realpathSync(given.root) };
  const { files, notes } = await listFiles(options);
  const run = new TreeRun(options, files);
  await run.work();
  return run.planWith(notes);
}

/** A file that has to be planned. */
class Pending {
  readonly number: number;
  readonly file: ListedFile;
  /** SHA-256 of the bytes that are planned; empty without a cache. */
  hash: string;
  #bytes: Buffer | undefined;

  constructor(number: number, file: ListedFile, hash: string, bytes: Buffer | undefined) {
    this.number = number;
    this.file = file;
    this.hash = hash;
    this.#bytes = bytes;
  }

  get size(): number {
    return this.file.size;
  }

  /** The file for the planner, once: what was not kept is read again, and may be another by now. */
  take(): PlanInput | undefined {
    const { path, absolute } = this.file;
    const bytes = this.#bytes ?? readOrNothing(absolute);
    if (this.#bytes === undefined && bytes !== undefined && this.hash !== '') this.hash = sha256(bytes);
    this.#bytes = undefined;
    return bytes === undefined ? undefined : { path, bytes };
  }
}

class TreeRun {
  readonly #options: TreeOptions;
  readonly #files: readonly ListedFile[];
  readonly #results: (FileResult | undefined)[] = [];
  #planner: Planner | undefined;
  #lastPause = performance.now();
  #done = 0;
  #cached = 0;

  constructor(options: TreeOptions, files: readonly ListedFile[]) {
    this.#options = options;
    this.#files = files;
  }

  async work(): Promise<void> {
    const cache = this.#cache();
    const pending: Pending[] = [];
    let kept = 0;
    // Each file is planned as soon as it is read, where no worker could help: what was read need not be kept.
    const isAlone = this.#workersFor(this.#files) === 0;
    for (const [number, file] of this.#files.entries()) {
      await this.#pause();
      const known = cache?.byStats(file, () => readFileSync(file.absolute));
      if (known !== undefined) this.#finishCached(number, known);
      else {
        const next = await this.#look(number, file, cache, isAlone || kept < maximumKept);
        if (next === undefined) continue;
        if (isAlone) {
          this.#finishPlanned(next, await this.#planHere(next.take(), file), cache);
          continue;
        }
        if (kept < maximumKept) kept += file.size;
        pending.push(next);
      }
    }
    if (pending.length > 0) await this.#planAll(pending, cache);
    const isWhole = (this.#options.paths ?? []).length === 0;
    cache?.save(isWhole ? this.#files : undefined);
  }

  planWith(notes: readonly FileNote[]): TreePlan {
    const files: FilePlan[] = [];
    const allNotes = [...notes];
    const matched = this.#options.rules.rules.map(() => 0);
    let functions = 0;
    let prefiltered = 0;
    for (const result of this.#results) {
      if (result === undefined || result.kind === 'prefiltered') prefiltered += 1;
      else if (result.kind === 'note') allNotes.push(result.note);
      else {
        const { plan } = result;
        functions += plan.functions;
        const isSilent = plan.before === plan.after && plan.placed.length === 0 && plan.skipped.length === 0;
        if (!isSilent) files.push(plan);
        for (const { rule } of [...plan.placed, ...plan.skipped])
          if (matched[rule] !== undefined) matched[rule] += 1;
      }
    }
    const seen = this.#files.length;
    const totals = { seen, prefiltered, parsed: seen - prefiltered, cached: this.#cached, functions };
    return { files, notes: allNotes.sort(byPath), totals, matched };
  }

  #cache(): PlanCache | undefined {
    const folder = this.#options.plan === undefined ? cacheFolder(this.#options) : undefined;
    if (folder === undefined) return undefined;
    return openCache(folder, this.#options, this.#files, this.#options.types !== undefined);
  }

  /** Reads a file that the cache does not know by its times; undefined where that was all there is to do. */
  async #look(
    number: number,
    file: ListedFile,
    cache: PlanCache | undefined,
    keeps: boolean,
  ): Promise<Pending | undefined> {
    const bytes = readOrNothing(file.absolute);
    if (bytes === undefined) {
      this.#finish(number, unreadable(file.path));
      return undefined;
    }
    const known = cache?.byContent(file, bytes);
    if (known !== undefined) {
      this.#finishCached(number, known);
      return undefined;
    }
    const hash = cache === undefined ? '' : sha256(bytes);
    const planner = await this.#plannerOf();
    if (planner.mayHold({ path: file.path, bytes }))
      return new Pending(number, file, hash, keeps ? bytes : undefined);
    const result = { kind: 'prefiltered' } as const;
    cache?.put(file, hash, result);
    this.#finish(number, result);
    return undefined;
  }

  async #planAll(pending: readonly Pending[], cache: PlanCache | undefined): Promise<void> {
    const planner = await this.#plannerOf();
    await planInWorkers(pending, {
      planner: this.#plannerOptions(),
      workers: this.#workersFor(pending),
      here: (input) => planner.plan(input),
      signal: this.#options.signal,
      onResult: (index, result) => {
        const next = pending[index];
        if (next !== undefined) this.#finishPlanned(next, result, cache);
      },
    });
  }

  /** How many workers help this thread. Functions cannot be handed to another one. */
  #workersFor(files: readonly { readonly size: number }[]): number {
    const { plan, types, jobs } = this.#options;
    return plan === undefined && types === undefined ? workersFor(files, jobs) : 0;
  }

  async #planHere(input: PlanInput | undefined, { path }: ListedFile): Promise<FileResult> {
    return input === undefined ? unreadable(path) : (await this.#plannerOf()).plan(input);
  }

  /** Loaded when the first file needs it: the compiler alone takes longer than a run that knows everything. */
  async #plannerOf(): Promise<Planner> {
    if (this.#planner === undefined) {
      const { plannerOf } = await import('./planner.js');
      const { plan, types } = this.#options;
      this.#planner = plannerOf({ ...this.#plannerOptions(), plan, types });
    }
    return this.#planner;
  }

  #plannerOptions(): Pick<TreeOptions, 'rules' | 'root' | 'outDir' | 'task' | 'verify'> {
    const { rules, root, outDir, task, verify } = this.#options;
    return { rules, root, outDir, task, verify };
  }

  #finishPlanned({ number, file, hash }: Pending, result: FileResult, cache: PlanCache | undefined): void {
    cache?.put(file, hash, result);
    this.#finish(number, result);
  }

  #finishCached(number: number, result: FileResult): void {
    this.#cached += 1;
    this.#finish(number, result);
  }

  #finish(number: number, result: FileResult): void {
    this.#results[number] = result;
    this.#done += 1;
    this.#options.onProgress?.(this.#done, this.#files.length, this.#files[number]?.path ?? '');
  }

  /** Lets a key that ends the run, or a timer that draws its progress, have its turn. */
  async #pause(): Promise<void> {
    if (performance.now() - this.#lastPause < sliceMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#options.signal?.throwIfAborted();
    this.#lastPause = performance.now();
  }
}

function readOrNothing(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function byPath(a: FileNote, b: FileNote): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}
