import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { FilePlan } from '../file/file-plan.js';
import type { FileNote } from '../find/file-note.js';

/** What a file came to, without the texts: that before stands on the disk, that after in the cache's blob. */
export type CachedResult =
  | { readonly kind: 'prefiltered' }
  | { readonly kind: 'note'; readonly note: FileNote }
  | {
      readonly kind: 'plan';
      readonly plan: Omit<FilePlan, 'before' | 'after'>;
      /** Place of the text after in the blob; undefined: nothing is to be done. */
      readonly after?: readonly [offset: number, length: number] | undefined;
    };

/** One file as it was when it was planned. */
export interface CacheEntry {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
  /** Whether the numbers above are enough: the file had not been touched for a while when it was read. */
  readonly isSettled: boolean;
  /** SHA-256 of its bytes. */
  readonly hash: string;
  readonly result: CachedResult;
}

/** The content of a cache file. */
export interface CacheContent {
  readonly entries: ReadonlyMap<string, CacheEntry>;
  readonly blob: Buffer;
}

/** The first bytes of a cache file: its format. Another format is no cache. */
const magic = Buffer.from('obs-gen cache 1\n');
const digestLength = 32;
/** Runs with other rules, paths or versions have files of their own; those that were used last stay. */
const keptFiles = 8;
const keptBytes = 64 << 20;

/** Reads a cache; undefined where there is none, or one that is not whole. */
export function readCache(folder: string, key: string): CacheContent | undefined {
  try {
    const bytes = readFileSync(join(folder, nameOf(key)));
    const headLength = magic.length + digestLength + 4;
    if (!bytes.subarray(0, magic.length).equals(magic)) return undefined;
    const content = bytes.subarray(magic.length + digestLength);
    if (!digest(content).equals(bytes.subarray(magic.length, magic.length + digestLength))) return undefined;
    const indexLength = bytes.readUInt32LE(headLength - 4);
    const index = bytes.toString('utf8', headLength, headLength + indexLength);
    const entries = JSON.parse(index) as [string, CacheEntry][];
    return { entries: new Map(entries), blob: bytes.subarray(headLength + indexLength) };
  } catch {
    return undefined;
  }
}

/** Writes a cache, whole or not at all. A disk that refuses costs the next run its time and nothing else. */
export function writeCache(folder: string, key: string, content: CacheContent): void {
  const index = Buffer.from(JSON.stringify([...content.entries]));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(index.length);
  const body = [length, index, content.blob];
  const temporary = join(folder, `${nameOf(key)}.${process.pid}.tmp`);
  try {
    mkdirSync(folder, { recursive: true });
    const file = openSync(temporary, 'w');
    try {
      for (const part of [magic, digest(...body), ...body]) writeAll(file, part);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, join(folder, nameOf(key)));
    removeOld(folder);
  } catch {
    removeQuietly(temporary);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Its folder cannot be looked into: then nothing of ours is in it.
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function nameOf(key: string): string {
  return `instrument-${key.slice(0, 32)}.bin`;
}

function digest(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Keeps the files that were written last, within the bounds, and nothing that a killed run left behind. */
function removeOld(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => /^instrument-[0-9a-f]{32}\.bin(?:\.\d+\.tmp)?$/.test(name))
    .map((name) => ({ path: join(folder, name), stats: statSync(join(folder, name)) }))
    .sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
  let bytes = 0;
  for (const [index, { path, stats }] of files.entries()) {
    bytes += stats.size;
    const isLeftover = path.endsWith('.tmp') && Date.now() - stats.mtimeMs > 60_000;
    if (isLeftover || (index > 0 && (index >= keptFiles || bytes > keptBytes))) removeQuietly(path);
  }
}
