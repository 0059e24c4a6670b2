import { chownSync, copyFileSync, linkSync, lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, succeed } from '../../diagnostics/create.js';
import type { Diagnostic, Outcome } from '../../diagnostics/diagnostic.js';
import { deferSignals } from '../../output/defer-signals.js';
import { diskReader } from '../../output/disk.js';
import {
  modeOf,
  putInPlace,
  requireWritable,
  succeeds,
  syncFolderOf,
  writeTemporary,
} from '../../output/file-steps.js';
import { closeFolder, openRoot, withFolderOf, type Folder } from '../../output/folder.js';
import { sha256 } from '../../output/hash.js';
import { errnoOf, PathError, touching } from '../../output/io-failure.js';
import { acquireLock, type Lock } from '../../output/lock.js';
import { shownPath, workFolder } from '../../output/paths.js';
import {
  recover,
  removeJournal,
  removeStaged,
  stagedNames,
  takeBack,
  writeJournal,
  type Journal,
  type Recovery,
} from './journal.js';
import { atWork, refusalOf, systemRefusal, type FileWrite, type Place } from './refusals.js';

/** How long to wait for another run, in milliseconds. */
const patience = 2000;
/** After so many files the event loop has a turn, so that Ctrl-C is heard. */
const filesInATurn = 32;

/** How a write ended: `interrupted` where a signal came in time, and then nothing was changed. */
export type Written = 'written' | 'interrupted';

/**
 * Writes all of the files or none. New content is on disk beside the old one, and a journal says what is about to happen, before the first
 * file is renamed into place: a failure on the way takes everything back at once, a kill is taken back by the next run.
 */
export function writeFiles(place: Place, files: readonly FileWrite[]): Promise<Outcome<Written>> {
  return locked(place, async (root, lock, interrupted) => {
    recover(root, lock, place);
    const first = refusals(root, place, files);
    if (first !== undefined) return fail(first);
    try {
      const staged = await stage(root, lock, place, files, interrupted);
      if (staged === 'interrupted') return succeed(staged);
      const second = refusals(root, place, files);
      if (second !== undefined) return fail(second);
      commit(root, lock, place, staged);
      return succeed('written' as const);
    } finally {
      removeStaged(lock.work);
    }
  });
}

/** Takes back what a run left that was killed while it wrote. */
export function recoverFiles(place: Place): Promise<Outcome<Recovery>> {
  return locked(place, (root, lock) => Promise.resolve(succeed(recover(root, lock, place))));
}

async function locked<T>(
  place: Place,
  work: (root: Folder, lock: Lock, interrupted: () => boolean) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return deferSignals(async (interrupted) => {
    let root: Folder | undefined;
    try {
      root = openRoot(place.root, place.shown);
      const lock = await acquireLock(root, shownPath(place.shown, workFolder), patience, interrupted);
      if (lock === undefined) return fail([atWork(place)]);
      try {
        return await work(root, lock, interrupted);
      } finally {
        lock.release();
      }
    } catch (error) {
      if (error instanceof PathError) return fail([systemRefusal(error)]);
      throw error;
    } finally {
      if (root !== undefined) closeFolder(root);
    }
  });
}

function refusals(
  root: Folder,
  place: Place,
  files: readonly FileWrite[],
): readonly [Diagnostic, ...Diagnostic[]] | undefined {
  const disk = diskReader(root.at, place.shown);
  const [first, ...others] = files.flatMap(
    (file) => refusalOf(file, disk, { ...place, root: root.at }) ?? [],
  );
  return first === undefined ? undefined : [first, ...others];
}

/** Puts new content and a second name of the old content into the work folder. */
async function stage(
  root: Folder,
  lock: Lock,
  place: Place,
  files: readonly FileWrite[],
  interrupted: () => boolean,
): Promise<Journal | 'interrupted'> {
  for (const [index, file] of files.entries()) {
    if (index % filesInATurn === 0) await turn();
    if (interrupted()) return 'interrupted';
    const shown = shownPath(place.shown, file.path);
    const names = stagedNames(lock.nonce, index);
    withFolderOf(root, file.path, shown, (folder, name) => {
      requireWritable(folder, shown);
      const fresh = join(lock.work.at, names.new);
      writeTemporary(fresh, file.content, modeOf(folder, name, shown), shown);
      const old = join(folder.at, name);
      keepOwner(old, fresh);
      keep(old, join(lock.work.at, names.old), shown);
    });
  }
  await turn();
  if (interrupted()) return 'interrupted';
  return {
    nonce: lock.nonce,
    files: files.map(({ path, before, content }) => ({ path, before, after: sha256(content) })),
  };
}

/** A file of somebody else's stays theirs where the system allows it. */
function keepOwner(old: string, fresh: string): void {
  succeeds(() => {
    const [{ uid, gid }, now] = [lstatSync(old), lstatSync(fresh)];
    if (uid !== now.uid || gid !== now.gid) chownSync(fresh, uid, gid);
  });
}

/** A second name costs nothing and keeps everything; where the file system has no such names, a copy. */
function keep(old: string, kept: string, shown: string): void {
  touching(shown, () => {
    try {
      linkSync(old, kept);
    } catch (error) {
      if (errnoOf(error) === undefined || errnoOf(error) === 'ENOENT') throw error;
      copyFileSync(old, kept);
    }
  });
}

/** Renames, in one stretch without a pause; a failure takes back what was renamed. */
function commit(root: Folder, lock: Lock, place: Place, journal: Journal): void {
  writeJournal(lock.work, journal);
  try {
    journal.files.forEach(({ path }, index) => {
      const fresh = join(lock.work.at, stagedNames(journal.nonce, index).new);
      putInPlace(root, path, fresh, shownPath(place.shown, path));
    });
    for (const folder of new Set(journal.files.map(({ path }) => dirname(path))))
      syncFolderOf(root, `${folder === '.' ? '' : `${folder}/`}file`, place.shown);
    removeJournal(lock.work);
  } catch (error) {
    takeBack(root, lock.work, journal, place, true);
    succeeds(() => {
      removeJournal(lock.work);
    });
    throw error;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
