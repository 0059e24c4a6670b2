import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../output/hash.js';
import { packageVersion } from '../../package-root.js';
import type { ListedFile } from '../find/list-files.js';
import {
  readCache,
  writeCache,
  type CacheContent,
  type CacheEntry,
  type CachedResult,
} from './cache-file.js';
import { environmentHash } from './environment.js';
import type { FileResult, TreeOptions } from './tree-plan.js';

/** Results of earlier runs, for files that are the same byte for byte under rules and configuration that are the same. */
export interface PlanCache {
  /** What the file came to, if it can be told by its size and times alone. `read` gives its bytes where they are needed. */
  byStats(file: ListedFile, read: () => Buffer): FileResult | undefined;
  /** The same by its bytes. */
  byContent(file: ListedFile, bytes: Buffer): FileResult | undefined;
  /** Keeps a result for later runs. */
  put(file: ListedFile, hash: string, result: FileResult): void;
  /** Writes what is worth to be kept, if anything is new. Files that are not among all those of the tree are forgotten. */
  save(all: readonly ListedFile[] | undefined): void;
}

/** Times of files are as coarse as two seconds on some disks: what was touched within them may be touched again unseen. */
const settledMs = 2500;
/** More than this is not worth the time that reading it takes. */
const maximumBlob = 48 << 20;
const maximumEntries = 100_000;

/** Where the cache of a tree stands: in the nearest `node_modules`; undefined: there is none. */
export function cacheFolder({ cache, root }: Pick<TreeOptions, 'cache' | 'root'>): string | undefined {
  if (cache === false) return undefined;
  if (cache !== undefined) return cache;
  for (let folder = root; ; folder = dirname(folder)) {
    const packages = join(folder, 'node_modules');
    if (existsSync(packages)) return join(packages, '.cache', 'obs-gen');
    if (existsSync(join(folder, '.git')) || folder === dirname(folder)) return undefined;
  }
}

/**
 * Opens the cache for a run. Its key holds all that a plan depends on besides the file: the rules, the task, the folders, the
 * configuration around the files and the version of obs-gen; with rules that ask for types, every other file as well.
 */
export function openCache(
  folder: string,
  options: TreeOptions,
  files: readonly ListedFile[],
  needsTypes: boolean,
): PlanCache {
  const { rules, task, verify, root, outDir } = options;
  const others = needsTypes ? files.map(({ path, size, mtimeMs }) => [path, size, mtimeMs]) : [];
  const environment = environmentHash(root, files);
  const key = sha256(JSON.stringify([codeVersion(), rules, task, verify, root, outDir, environment, others]));
  const known = readCache(folder, key);
  return new FileCache(folder, key, known);
}

class FileCache implements PlanCache {
  readonly #folder: string;
  readonly #key: string;
  readonly #known: CacheContent | undefined;
  readonly #entries: Map<string, CacheEntry>;
  /** Texts after, of this run and of the ones before. */
  readonly #texts: Buffer[];
  #length: number;
  #isChanged = false;

  constructor(folder: string, key: string, known: CacheContent | undefined) {
    this.#folder = folder;
    this.#key = key;
    this.#known = known;
    this.#entries = new Map(known?.entries);
    this.#texts = [known?.blob ?? Buffer.alloc(0)];
    this.#length = known?.blob.length ?? 0;
  }

  byStats(file: ListedFile, read: () => Buffer): FileResult | undefined {
    const entry = this.#known?.entries.get(file.path);
    if (entry?.isSettled !== true || !isSame(entry, file)) return undefined;
    return this.#resultOf(entry.result, read);
  }

  byContent(file: ListedFile, bytes: Buffer): FileResult | undefined {
    const entry = this.#known?.entries.get(file.path);
    if (entry?.size !== bytes.length || entry.hash !== sha256(bytes)) return undefined;
    const isSettled = isSettledFile(file);
    if (isSettled && !(entry.isSettled && isSame(entry, file))) {
      this.#entries.set(file.path, { ...entry, ...timesOf(file), isSettled });
      this.#isChanged = true;
    }
    return this.#resultOf(entry.result, () => bytes);
  }

  put(file: ListedFile, hash: string, result: FileResult): void {
    const cached = this.#cached(result);
    if (cached === undefined || this.#entries.size >= maximumEntries) return;
    const entry = { ...timesOf(file), isSettled: isSettledFile(file), hash, result: cached };
    this.#entries.set(file.path, entry);
    this.#isChanged = true;
  }

  save(all: readonly ListedFile[] | undefined): void {
    if (!this.#isChanged) return;
    const paths = all === undefined ? undefined : new Set(all.map(({ path }) => path));
    writeCache(
      this.#folder,
      this.#key,
      this.#compact((path) => paths?.has(path) !== false),
    );
  }

  #resultOf(result: CachedResult, read: () => Buffer): FileResult {
    if (result.kind !== 'plan') return result;
    const { plan, after } = result;
    const isSilent = after === undefined && plan.placed.length === 0 && plan.skipped.length === 0;
    // Nobody looks at the text of a file with nothing to do and nothing to say.
    const before = isSilent ? '' : read().toString('utf8');
    const blob = this.#known?.blob;
    const changed =
      after === undefined ? before : (blob?.toString('utf8', after[0], after[0] + after[1]) ?? before);
    return { kind: 'plan', plan: { ...plan, before, after: changed } };
  }

  #cached(result: FileResult): CachedResult | undefined {
    if (result.kind === 'prefiltered') return result;
    // Whether a file can be read, or be planned at all, is asked anew each time.
    if (result.kind === 'note') return asksAgain(result.note.code) ? undefined : result;
    const { before, after, ...plan } = result.plan;
    if (before === after) return { kind: 'plan', plan };
    const text = Buffer.from(after);
    if (this.#length - (this.#texts[0]?.length ?? 0) + text.length > maximumBlob) return undefined;
    this.#texts.push(text);
    this.#length += text.length;
    return { kind: 'plan', plan, after: [this.#length - text.length, text.length] };
  }

  /** The entries with the texts that they still refer to. */
  #compact(isKept: (path: string) => boolean): CacheContent {
    const blob = Buffer.concat(this.#texts);
    const parts: Buffer[] = [];
    let length = 0;
    const entries = new Map<string, CacheEntry>();
    for (const [path, entry] of this.#entries) {
      const { result } = entry;
      if (!isKept(path)) continue;
      if (result.kind !== 'plan' || result.after === undefined) {
        entries.set(path, entry);
        continue;
      }
      const [offset, size] = result.after;
      if (length + size > maximumBlob) continue;
      parts.push(blob.subarray(offset, offset + size));
      entries.set(path, { ...entry, result: { ...result, after: [length, size] } });
      length += size;
    }
    return { entries, blob: Buffer.concat(parts, length) };
  }
}

function asksAgain(code: string): boolean {
  return code === 'OBS5050' || code === 'OBS5057' || code === 'OBS5058';
}

type Times = Pick<ListedFile, 'size' | 'mtimeMs' | 'ctimeMs' | 'inode'>;

function timesOf({ size, mtimeMs, ctimeMs, inode }: ListedFile): Times {
  return { size, mtimeMs, ctimeMs, inode };
}

function isSame(a: Times, b: Times): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.inode === b.inode;
}

function isSettledFile({ mtimeMs, ctimeMs }: ListedFile): boolean {
  return Date.now() - Math.max(mtimeMs, ctimeMs) > settledMs;
}

/** The version, and for one that is being worked on the time of its last build: what is installed has this file inside of another one. */
function codeVersion(): string {
  return `${packageVersion()} ${statSync(fileURLToPath(import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? ''}`;
}
