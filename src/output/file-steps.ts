import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path/posix';
import { syncFolder, withFolderOf, type Folder } from './folder.js';
import { errnoOf, PathError, touching } from './io-failure.js';

/** Writes a new file and waits until it is on disk. What stands there already, a link above all, is an error. */
export function writeTemporary(path: string, content: string, mode: number | undefined, shown: string): void {
  touching(shown, () => {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    const descriptor = openSync(path, flags, 0o666);
    try {
      if (mode !== undefined) fchmodSync(descriptor, mode);
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** The permissions of the file that will be replaced, which the new one keeps. */
export function modeOf(folder: Folder, name: string, shown: string): number | undefined {
  const stats = touching(shown, () => lstatSync(join(folder.at, name), { throwIfNoEntry: false }));
  return stats?.isFile() === true ? stats.mode & 0o777 : undefined;
}

/** Finds out whether names in a folder may be changed, before the first of them is. */
export function requireWritable(folder: Folder, shown: string): void {
  touching(shown, () => {
    accessSync(folder.at, constants.W_OK | constants.X_OK);
  });
}

/** Moves a file to `path`: whoever opens that path has the old content or the new one, never a part. */
export function putInPlace(root: Folder, path: string, temporary: string, shown: string): void {
  withFolderOf(root, path, shown, (folder, name) => {
    touching(shown, () => {
      renameSync(temporary, join(folder.at, name));
    });
  });
}

export function removeFile(root: Folder, path: string, shown: string): void {
  withFolderOf(root, path, shown, (folder, name) => {
    touching(shown, () => {
      rmSync(join(folder.at, name), { force: true });
    });
  });
}

/** Removes a folder below the output directory if it is empty; whether it was. */
export function removeEmptyFolder(root: Folder, path: string): boolean {
  return succeeds(() => {
    withFolderOf(root, path, path, (parent, name) => {
      rmdirSync(join(parent.at, name));
    });
  });
}

/** Makes renames and removals in the folder of `path` last through a power failure; a folder that is gone has nothing to keep. */
export function syncFolderOf(root: Folder, path: string, shown: string): void {
  succeeds(() => {
    withFolderOf(root, path, shown, (folder) => {
      syncFolder(folder, shown);
    });
  });
}

/** Runs what may fail without harm; whether the system let it. */
export function succeeds(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (error instanceof PathError || errnoOf(error) !== undefined) return false;
    throw error;
  }
}
