import { statSync, watch as watchFolder, type BigIntStats, type FSWatcher } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** An editor writes a file in several steps (truncate, write, rename); the run starts when it has been quiet for so long. */
const quietMs = 15;
/** But no later than this after the first step, so that a file that never rests is seen too. */
const latestMs = 35;
/** How often the files are looked at without being told: for file systems that report nothing, such as some network and container mounts. */
const pollMs = 1000;

/**
 * Calls `run` at once, and again after each change of a file, one call at a time; a change during a call leads to one more. Resolves when
 * `signal` aborts and no call is under way; rejects where `run` does.
 *
 * Folders are watched rather than files, because editors replace a file by renaming another over it. Whatever is reported only leads to a
 * comparison of the files themselves, so that a change is never missed for the form in which a system reports it, and what is written beside
 * the spec, or read, starts nothing.
 * @param paths the files that count; asked again after each run, since imports come and go. They need not exist
 */
export async function watch(
  paths: () => readonly string[],
  run: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const wake = wakeUp();
  const folders = folderWatchers(wake.soon);
  const poll = setInterval(wake.soon, pollMs);
  signal.addEventListener('abort', wake.now);
  try {
    let seen: ReadonlyMap<string, string> | undefined;
    while (!signal.aborted) {
      const files = paths();
      folders.set(files.map((path) => dirname(resolve(path))));
      const now = states(files);
      if (seen !== undefined && same(seen, now)) {
        await wake.next();
        continue;
      }
      const started = Date.now();
      await run();
      seen = afterRun(now, paths(), started);
    }
  } finally {
    signal.removeEventListener('abort', wake.now);
    clearInterval(poll);
    wake.stop();
    folders.close();
  }
}

/** Identity, size and time of each file: what changes when its content does. */
function states(paths: readonly string[]): ReadonlyMap<string, string> {
  return new Map(paths.map((path) => [path, stateOf(path)]));
}

function stateOf(path: string): string {
  const stats = statOf(path);
  return stats === undefined ? 'absent' : [stats.dev, stats.ino, stats.size, stats.mtimeNs].join(' ');
}

/** Nothing that cannot be looked at is there; what is wrong with it, the run says. */
function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

function same(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, state]) => b.get(path) === state);
}

/** What the run has seen: the states from before it, and for imports that only the run found, theirs if they are older than the run. */
function afterRun(
  before: ReadonlyMap<string, string>,
  paths: readonly string[],
  startedMs: number,
): ReadonlyMap<string, string> {
  return new Map(
    paths.map((path) => {
      const known = before.get(path);
      if (known !== undefined) return [path, known];
      const modified = Number(statOf(path)?.mtimeMs ?? 0);
      return [path, modified < startedMs ? stateOf(path) : 'changed during the run'];
    }),
  );
}

interface FolderWatchers {
  set(folders: readonly string[]): void;
  close(): void;
}

/** Watches folders; of one that does not exist, the nearest one above it that does. */
function folderWatchers(changed: () => void): FolderWatchers {
  const open = new Map<string, { readonly watcher: FSWatcher; readonly identity: string }>();
  const drop = (folder: string): void => {
    open.get(folder)?.watcher.close();
    open.delete(folder);
  };
  return {
    set(folders) {
      const wanted = new Map(folders.map(nearestFolder));
      for (const [folder, { identity }] of open) if (wanted.get(folder) !== identity) drop(folder);
      for (const [folder, identity] of wanted) {
        if (open.has(folder)) continue;
        try {
          const watcher = watchFolder(folder, changed);
          // A folder that is removed, or too many watchers: the poll takes over, and the next round tries again.
          watcher.on('error', () => {
            drop(folder);
            changed();
          });
          open.set(folder, { watcher, identity });
        } catch {
          // As above.
        }
      }
    },
    close() {
      for (const folder of open.keys()) drop(folder);
    },
  };
}

/** A folder that is there, with what tells it from another that took its name: a watcher stays with the old one. */
function nearestFolder(path: string): readonly [folder: string, identity: string] {
  const stats = statOf(path);
  const parent = dirname(path);
  return stats?.isDirectory() === true || parent === path
    ? [path, `${stats?.dev} ${stats?.ino}`]
    : nearestFolder(parent);
}

interface WakeUp {
  /** Resolves after a change, once the change has come to rest; at once for changes since the last time. */
  next(): Promise<void>;
  readonly soon: () => void;
  readonly now: () => void;
  stop(): void;
}

function wakeUp(): WakeUp {
  let timer: NodeJS.Timeout | undefined;
  let firstChange: number | undefined;
  let ready = false;
  let resolveNext: (() => void) | undefined;
  const now = (): void => {
    clearTimeout(timer);
    firstChange = undefined;
    ready = true;
    resolveNext?.();
  };
  return {
    async next() {
      if (!ready) {
        await new Promise<void>((resolve) => {
          resolveNext = resolve;
        });
      }
      ready = false;
    },
    soon() {
      const time = performance.now();
      firstChange ??= time;
      clearTimeout(timer);
      timer = setTimeout(now, Math.max(0, Math.min(quietMs, firstChange + latestMs - time)));
    },
    now,
    stop() {
      clearTimeout(timer);
    },
  };
}
