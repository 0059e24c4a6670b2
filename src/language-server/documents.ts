import { statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Baseline } from '../baseline/baseline.js';
import { baselineBeside } from '../baseline/beside.js';
import { baselinePath } from '../baseline/path.js';
import type { Outcome } from '../diagnostics/diagnostic.js';
import { SourceFile } from '../diagnostics/source-file.js';
import { packageRoot } from '../package-root.js';
import { diskFiles, type FileStore } from '../spec/layers/imports.js';
import { readSource } from '../spec/yaml/read.js';

/** The path of a `file:` URI; undefined for buffers that no file belongs to. */
export function pathOfUri(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}

/**
 * The files of a workspace as the editor sees them: what is open comes from its buffers, all else from the disk. A file whose text has not
 * changed is handed out as the same source again, so that it is parsed once.
 */
export class Documents {
  /** Texts of open files, by absolute path. */
  readonly #open = new Map<string, string>();
  readonly #sources = new Map<string, SourceFile>();
  readonly #paths = new WeakMap<SourceFile, string>();
  readonly #root: string;
  readonly store: FileStore;

  /** @param root paths are shown from here */
  constructor(root: string) {
    this.#root = root;
    this.store = {
      read: (id) => this.#read(id),
      resolve: (from, path) => resolve(dirname(from), path),
      target: (id) => (this.#open.has(id) ? id : diskFiles.target(id)),
    };
  }

  set(path: string, text: string): void {
    this.#open.set(path, text);
  }

  close(path: string): void {
    this.#open.delete(path);
  }

  isOpen(path: string): boolean {
    return this.#open.has(path);
  }

  /** Paths of all open files. */
  get open(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** Whether there is a file, on the disk or in a buffer, at a path that is absolute or counted from where paths are shown. */
  exists(shown: string): boolean {
    const path = resolve(this.#root, shown);
    try {
      return this.#open.has(path) || statSync(path).isFile();
    } catch {
      return false;
    }
  }

  /** The baseline beside a spec, as the editor sees it; undefined where there is none. */
  baseline(main: string): Baseline | undefined {
    const path = baselinePath(main);
    const text = this.#open.get(path);
    return text === undefined ? baselineBeside(main, this.#root) : new Baseline(this.#shown(path), text);
  }

  /** The source of a file, for those who look at one file; undefined where it cannot be read. */
  source(path: string): SourceFile | undefined {
    return this.#read(path).value;
  }

  /** Where a source stands on the disk. Those of presets stand in the package, where an editor can show them. */
  pathOf(source: SourceFile): string {
    const known = this.#paths.get(source);
    if (known !== undefined) return known;
    const preset = /^obs-gen:(presets\/.+)$/.exec(source.path)?.[1];
    return preset === undefined ? resolve(this.#root, source.path) : join(packageRoot, preset);
  }

  uriOf(source: SourceFile): string {
    return uriOfPath(this.pathOf(source));
  }

  /** Whether a source is a file of the user's, and no preset. */
  isOwn(source: SourceFile): boolean {
    return !source.path.startsWith('obs-gen:');
  }

  #shown(path: string): string {
    return relative(this.#root, path).split(sep).join('/') || path;
  }

  #read(path: string): Outcome<SourceFile> {
    const shown = this.#shown(path);
    const text = this.#open.get(path);
    if (text !== undefined) return { value: this.#sourceOf(path, shown, text), diagnostics: [] };
    const read = readSource(path, shown);
    if (read.value === undefined) {
      for (const { range } of read.diagnostics) if (range !== undefined) this.#paths.set(range.source, path);
      return read;
    }
    return { ...read, value: this.#sourceOf(path, shown, read.value.text) };
  }

  #sourceOf(path: string, shown: string, text: string): SourceFile {
    const known = this.#sources.get(path);
    if (known?.text === text) return known;
    const source = new SourceFile(shown, text);
    this.#sources.set(path, source);
    this.#paths.set(source, path);
    return source;
  }
}
