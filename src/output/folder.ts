import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
} from 'node:fs';
import { join } from 'node:path';
import { errnoOf, touching } from './io-failure.js';
import { isWithin } from './paths.js';

/**
 * A directory that is held open while files are written to it. Where the system has /proc (Linux), `at` leads through the open
 * descriptor, so that nobody can put a link in the directory's place between looking and writing. Elsewhere `at` is the path, and the look at
 * opening is all there is.
 */
export interface Folder {
  /** What names in the folder are appended to. */
  readonly at: string;
  readonly descriptor: number | undefined;
  readonly root: string;
}

const throughDescriptors = existsSync('/proc/self/fd');

/** Opens the output directory itself, links in its path followed. */
export function openRoot(root: string, shown: string): Folder {
  return touching(shown, () => open(realpathSync(root), realpathSync(root), 0));
}

/** Opens a directory in an open one; it may not be a link (ELOOP or ENOTDIR). */
export function openFolder(parent: Folder, name: string, shown: string): Folder {
  return touching(shown, () => open(join(parent.at, name), parent.root, constants.O_NOFOLLOW));
}

function open(path: string, root: string, flags: number): Folder {
  if (throughDescriptors) {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | flags);
    return { at: `/proc/self/fd/${descriptor}`, descriptor, root };
  }
  const stats = lstatSync(path);
  if (!stats.isDirectory() || !isWithin(root, realpathSync(path))) {
    throw Object.assign(new Error(`ENOTDIR: not a directory, ${path}`), { code: 'ENOTDIR', syscall: 'open' });
  }
  return { at: path, descriptor: undefined, root };
}

/** Makes what happened to the names in a folder last through a power failure, where the system can. */
export function syncFolder(folder: Folder, shown: string): void {
  const { descriptor } = folder;
  if (descriptor !== undefined)
    touching(shown, () => {
      fsyncSync(descriptor);
    });
}

export function closeFolder(folder: Folder): void {
  if (folder.descriptor !== undefined) closeSync(folder.descriptor);
}

/**
 * Opens the folder of `path` below `root`, one part after the other, and hands it over for as long as `use` runs.
 * @param make whether missing folders are made; they are told to `made`
 */
export function withFolderOf<T>(
  root: Folder,
  path: string,
  shown: string,
  use: (folder: Folder, name: string) => T,
  made?: (path: string) => void,
): T {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let current = root;
  try {
    parts.forEach((part, index) => {
      if (made !== undefined && makeFolder(current, part, shown)) made(parts.slice(0, index + 1).join('/'));
      const next = openFolder(current, part, shown);
      if (current !== root) closeFolder(current);
      current = next;
    });
    return use(current, name);
  } finally {
    if (current !== root) closeFolder(current);
  }
}

/** Makes a directory unless it exists; whether it was made. */
export function makeFolder(parent: Folder, name: string, shown: string): boolean {
  return touching(shown, () => {
    try {
      mkdirSync(join(parent.at, name));
      return true;
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false;
      throw error;
    }
  });
}
