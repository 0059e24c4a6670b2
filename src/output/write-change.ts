import { readdirSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import {
  modeOf,
  putInPlace,
  removeEmptyFolder,
  removeFile,
  requireWritable,
  succeeds,
  syncFolderOf,
  writeTemporary,
} from './file-steps.js';
import { withFolderOf, type Folder } from './folder.js';
import { touching } from './io-failure.js';
import type { Lock } from './lock.js';
import { foldPath, manifestPath, shownPath, workFolder } from './paths.js';

/** A file to be put in place: new content for a path. */
export interface NewFile {
  readonly path: string;
  readonly content: string;
}

/** What one build does to the disk once nothing speaks against it. */
export interface Change {
  /** The manifest that lists old and new hashes, in place before any file changes; absent where the one on disk says so already. */
  readonly pending: string | undefined;
  readonly files: readonly NewFile[];
  readonly removals: readonly string[];
  /** The manifest afterwards, without content where none is left; absent where the pending one says no more than that. */
  readonly manifest: { readonly content: string | undefined } | undefined;
}

/** New content on disk, not yet in its place. */
interface Staged {
  readonly path: string;
  readonly temporary: string;
}

/**
 * Writes a change in two halves. `stage` puts all new content into temporary files and makes the folders: what can fail, such as a full
 * disk or a missing permission, fails there, and all of it is taken back. `commit` only renames and unlinks, in one stretch without a
 * pause. Killed between any two steps, each file is old or new, whole, and the pending manifest knows both.
 * @param check looks once more whether the disk is as planned, between the halves; false takes everything back
 * @returns whether the change was made
 */
export function writeChange(
  root: Folder,
  lock: Lock,
  outDir: string,
  change: Change,
  check: () => boolean,
): boolean {
  const temporaries: string[] = [];
  const folders: string[] = [];
  const stage = ({ path, content }: NewFile): Staged => {
    const shown = shownPath(outDir, path);
    const temporary = join(lock.work.at, `${lock.nonce}.${temporaries.length}.tmp`);
    const fill = (folder: Folder, name: string): void => {
      requireWritable(folder, shown);
      temporaries.push(temporary);
      writeTemporary(temporary, content, modeOf(folder, name, shown), shown);
    };
    withFolderOf(root, path, shown, fill, (made) => folders.push(made));
    return { path, temporary };
  };

  let done = false;
  try {
    removeLeftovers(lock);
    for (const path of change.removals) {
      const shown = shownPath(outDir, path);
      withFolderOf(root, path, shown, (folder) => {
        requireWritable(folder, shown);
      });
    }
    const manifest = (content: string | undefined): Staged | undefined =>
      content === undefined ? undefined : stage({ path: manifestPath, content });
    const pending = manifest(change.pending);
    const files = change.files.map(stage);
    const final = manifest(change.manifest?.content);
    if (!check()) return false;

    commit(root, outDir, change, { pending, files, final });
    done = true;
    return true;
  } finally {
    if (!done) {
      for (const temporary of temporaries) removeTemporary(temporary);
      // Where the commit was cut short they hold files already, and stay.
      for (const folder of folders.reverse()) removeEmptyFolder(root, folder);
    }
  }
}

function commit(
  root: Folder,
  outDir: string,
  change: Change,
  staged: {
    readonly pending: Staged | undefined;
    readonly files: readonly Staged[];
    readonly final: Staged | undefined;
  },
): void {
  const put = (file: Staged | undefined): void => {
    if (file !== undefined) putInPlace(root, file.path, file.temporary, shownPath(outDir, file.path));
  };
  const remove = (path: string): void => {
    removeFile(root, path, shownPath(outDir, path));
  };
  put(staged.pending);
  syncFolderOf(root, manifestPath, outDir);

  // Where case does not count, an old `queue.md` and a new `Queue.md` are one file: removed after the rename, the new one would go.
  const folds = new Set(change.files.map((file) => foldPath(file.path)));
  change.removals.filter((path) => folds.has(foldPath(path))).forEach(remove);
  staged.files.forEach(put);
  change.removals.filter((path) => !folds.has(foldPath(path))).forEach(remove);
  const changed = [...change.files.map((file) => file.path), ...change.removals];
  for (const folder of new Set(changed.map((path) => dirname(path)))) {
    syncFolderOf(root, `${folder === '.' ? '' : `${folder}/`}file`, outDir);
  }
  for (const path of change.removals) removeEmptyFoldersOf(root, path);

  put(staged.final);
  if (change.manifest !== undefined && staged.final === undefined) remove(manifestPath);
  syncFolderOf(root, manifestPath, outDir);
}

/** Removes the folders above a removed file that are empty now, never the output directory itself. */
function removeEmptyFoldersOf(root: Folder, path: string): void {
  let folder = dirname(path);
  while (folder !== '.' && removeEmptyFolder(root, folder)) folder = dirname(folder);
}

/** Removes what a killed build left in the work folder; only with the lock held, since then no temporary file is anybody's. */
export function removeLeftovers(lock: Lock): void {
  for (const name of touching(workFolder, () => readdirSync(lock.work.at))) {
    if (/^[0-9a-f]{16}\.\d+\.tmp$/.test(name)) removeTemporary(join(lock.work.at, name));
  }
}

function removeTemporary(path: string): void {
  succeeds(() => {
    unlinkSync(path);
  });
}
