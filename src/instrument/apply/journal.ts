import { lstatSync, readdirSync, readFileSync, renameSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diskReader } from '../../output/disk.js';
import { putInPlace, succeeds, syncFolderOf, writeTemporary } from '../../output/file-steps.js';
import { syncFolder, type Folder } from '../../output/folder.js';
import { touching } from '../../output/io-failure.js';
import type { Lock } from '../../output/lock.js';
import { shownPath, workFolder } from '../../output/paths.js';
import type { Place } from './refusals.js';

/** What a run is about to do, on disk before the first file changes: with it, a run that was killed can be taken back. */
export interface Journal {
  /** Begins the names of its files in the work folder. */
  readonly nonce: string;
  readonly files: readonly {
    readonly path: string;
    /** SHA-256 of what was there, and of what was to come. */
    readonly before: string;
    readonly after: string;
  }[];
}

const journalName = 'instrument.json';
const ownName = /^(?:[0-9a-f]{16}\.\d+\.(?:new|old)|[0-9a-f]{16}\.instrument)$/;

/** Where the new content of a file waits, and where its old one is kept. */
export function stagedNames(nonce: string, index: number): { readonly new: string; readonly old: string } {
  return { new: `${nonce}.${index}.new`, old: `${nonce}.${index}.old` };
}

/** Puts the journal in place, whole, and makes it last. */
export function writeJournal(work: Folder, journal: Journal): void {
  const temporary = join(work.at, `${journal.nonce}.instrument`);
  writeTemporary(temporary, `${JSON.stringify(journal)}\n`, undefined, workFolder);
  touching(workFolder, () => {
    renameSync(temporary, join(work.at, journalName));
  });
  syncFolder(work, workFolder);
}

/** From here on the change counts as made. */
export function removeJournal(work: Folder): void {
  touching(workFolder, () => {
    unlinkSync(join(work.at, journalName));
  });
  succeeds(() => {
    syncFolder(work, workFolder);
  });
}

/** Whether a run was cut off while it wrote. Looks without a lock, so a run that is at work reads the same. */
export function isCutOff(root: string): boolean {
  const path = join(root, workFolder, journalName);
  return touching(path, () => lstatSync(path, { throwIfNoEntry: false }))?.isFile() === true;
}

/** What was done about a run that had been cut off. */
export interface Recovery {
  /** Files that hold again what they held before. */
  readonly restored: readonly string[];
  /** Files that somebody has changed since: they stay. */
  readonly edited: readonly string[];
}

/**
 * Takes back what a run wrote that was cut off; where it had written all of it, there is nothing to take back. Removes what such a run
 * left in the work folder. Only with the lock held.
 */
export function recover(root: Folder, lock: Lock, place: Place): Recovery {
  const journal = readJournal(lock.work);
  const recovery = journal === undefined ? nothing : takeBack(root, lock.work, journal, place);
  if (journal !== undefined) removeJournal(lock.work);
  removeStaged(lock.work);
  return recovery;
}

const nothing: Recovery = { restored: [], edited: [] };

/**
 * Puts old content back wherever new content stands.
 * @param always also where all of the new content is in place, which otherwise counts as a change that was made
 */
export function takeBack(
  root: Folder,
  work: Folder,
  journal: Journal,
  place: Place,
  always = false,
): Recovery {
  const disk = diskReader(root.at, place.shown);
  const now = journal.files.map((file, index) => {
    const found = disk.read(file.path);
    return { ...file, index, hash: found.kind === 'file' ? found.hash : undefined };
  });
  if (!always && now.every(({ hash, after }) => hash === after)) return nothing;
  const isKept = (index: number): boolean =>
    touching(workFolder, () =>
      lstatSync(join(work.at, stagedNames(journal.nonce, index).old), { throwIfNoEntry: false }),
    ) !== undefined;
  const restored = now.filter(({ hash, after, index }) => hash === after && isKept(index));
  for (const { path, index } of restored) {
    putInPlace(
      root,
      path,
      join(work.at, stagedNames(journal.nonce, index).old),
      shownPath(place.shown, path),
    );
  }
  for (const folder of new Set(restored.map(({ path }) => dirname(path))))
    syncFolderOf(root, `${folder === '.' ? '' : `${folder}/`}file`, place.shown);
  const edited = now.filter((file) => file.hash !== file.before && !restored.includes(file));
  return { restored: restored.map(({ path }) => path), edited: edited.map(({ path }) => path) };
}

/** Removes temporary files of ours; only with the lock held, since then they are nobody's. */
export function removeStaged(work: Folder): void {
  for (const name of touching(workFolder, () => readdirSync(work.at))) {
    if (ownName.test(name)) {
      succeeds(() => {
        unlinkSync(join(work.at, name));
      });
    }
  }
}

/** A journal that is none is one that nothing can be done with: it is never half written. */
function readJournal(work: Folder): Journal | undefined {
  const path = join(work.at, journalName);
  const stats = touching(workFolder, () => lstatSync(path, { throwIfNoEntry: false }));
  if (stats === undefined) return undefined;
  const empty: Journal = { nonce: '', files: [] };
  if (!stats.isFile()) return empty;
  try {
    const parsed: unknown = JSON.parse(touching(workFolder, () => readFileSync(path, 'utf8')));
    return isJournal(parsed) ? parsed : empty;
  } catch (error) {
    if (error instanceof SyntaxError) return empty;
    throw error;
  }
}

function isJournal(value: unknown): value is Journal {
  if (typeof value !== 'object' || value === null) return false;
  const { nonce, files } = value as Partial<Record<keyof Journal, unknown>>;
  if (typeof nonce !== 'string' || !/^[0-9a-f]{16}$/.test(nonce) || !Array.isArray(files)) return false;
  return files.every((file: unknown) => {
    if (typeof file !== 'object' || file === null) return false;
    const { path, before, after } = file as Record<string, unknown>;
    return isPath(path) && typeof before === 'string' && typeof after === 'string';
  });
}

/** Whether a path leads nowhere but below the root. */
function isPath(path: unknown): boolean {
  if (typeof path !== 'string' || path === '' || path.includes('\0')) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
