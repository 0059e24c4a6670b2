import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './hash.js';
import { errnoOf, touching } from './io-failure.js';
import { shownPath } from './paths.js';

/** What stands at a path below the output directory. */
export type OnDisk =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly hash: string; readonly bytes: Buffer }
  /** Neither absent nor a plain file in plain directories: `at` is the part of the path that is to blame. */
  | { readonly kind: 'foreign'; readonly at: string; readonly what: string };

/** Reads below one output directory, each directory on the way looked at once. Throws `PathError` where the system refuses. */
export interface DiskReader {
  read(path: string): OnDisk;
}

/**
 * @param root the output directory, absolute
 * @param outDir the same as the user wrote it, for messages
 */
export function diskReader(root: string, outDir: string): DiskReader {
  const folders = new Map<string, OnDisk | 'folder'>();

  const folder = (path: string): OnDisk | 'folder' => {
    const seen = folders.get(path);
    if (seen !== undefined) return seen;
    const slash = path.lastIndexOf('/');
    const parent = slash < 0 ? 'folder' : folder(path.slice(0, slash));
    const found = parent === 'folder' ? lookAtFolder(path) : parent;
    folders.set(path, found);
    return found;
  };

  const lookAtFolder = (path: string): OnDisk | 'folder' => {
    const stats = lstat(join(root, path), shownPath(outDir, path));
    if (stats === undefined) return { kind: 'absent' };
    return stats.isDirectory() ? 'folder' : { kind: 'foreign', at: path, what: whatIs(stats) };
  };

  return {
    read(path) {
      const slash = path.lastIndexOf('/');
      const parent = slash < 0 ? 'folder' : folder(path.slice(0, slash));
      return parent === 'folder' ? readPlainFile(join(root, path), path, shownPath(outDir, path)) : parent;
    },
  };
}

/** The path's own entry, links not followed; undefined where nothing is. */
function lstat(path: string, shown: string): Stats | undefined {
  return touching(shown, () => lstatSync(path, { throwIfNoEntry: false }));
}

function readPlainFile(absolute: string, path: string, shown: string): OnDisk {
  const stats = lstat(absolute, shown);
  if (stats === undefined) return { kind: 'absent' };
  if (!stats.isFile()) return { kind: 'foreign', at: path, what: whatIs(stats) };
  return touching(shown, () => {
    let descriptor: number;
    try {
      // Not blocking: should a pipe have taken the file's place since, opening it would wait for a writer.
      descriptor = openSync(absolute, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return { kind: 'absent' };
      if (errnoOf(error) === 'ELOOP') return { kind: 'foreign', at: path, what: 'a symbolic link' };
      throw error;
    }
    try {
      const opened = fstatSync(descriptor);
      if (!opened.isFile()) return { kind: 'foreign', at: path, what: whatIs(opened) };
      const bytes = readFileSync(descriptor);
      return { kind: 'file', hash: sha256(bytes), bytes };
    } finally {
      closeSync(descriptor);
    }
  });
}

/** With its article, for a message. */
export function whatIs(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'a symbolic link';
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFile()) return 'a file';
  return stats.isFIFO() ? 'a pipe' : 'a device or socket';
}
