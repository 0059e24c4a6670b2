import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, posix, relative, resolve, sep } from 'node:path';
import { diagnostic, fail } from '../../diagnostics/create.js';
import type { Outcome } from '../../diagnostics/diagnostic.js';
import { SourceFile } from '../../diagnostics/source-file.js';
import { diskFiles, type FileStore } from '../../spec/layers/imports.js';
import { limits } from '../../spec/limits.js';
import { decodeSource } from '../../spec/yaml/read.js';

/** A spec that is not simply a file: where its files come from, and which of them is the main one. */
export interface Place {
  readonly store: FileStore;
  readonly main: string;
  /** As people know it. */
  readonly shown: string;
}

/** Why there is no such place. */
export interface Misplaced {
  readonly fault: string;
  readonly help: readonly string[];
}

/** Links that lead to links: more are taken for a circle. */
const longestChain = 8;

/** Runs git; undefined where it fails. A spec has no business with pagers, hooks or prompts. */
function git(folder: string, ...words: readonly string[]): Buffer | undefined {
  try {
    return execFileSync('git', ['-C', folder, '--no-pager', ...words], {
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: limits.fileBytes + 1,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    });
  } catch {
    return undefined;
  }
}

function noFile(shown: string, reason: string): Outcome<SourceFile> {
  const source = new SourceFile(shown, '');
  return fail([
    diagnostic('OBS1002', {
      message: `${shown} cannot be read: ${reason}`,
      range: { source, start: 0, end: 0 },
      help: 'name a revision that has the file, and the path in it: main:path/observability.yaml',
    }),
  ]);
}

/** The files of a commit; their identity is their path below the root of the repository, with `/`. */
class RevisionFiles implements FileStore {
  readonly #root: string;
  readonly #commit: string;
  readonly #revision: string;

  constructor(root: string, commit: string, revision: string) {
    this.#root = root;
    this.#commit = commit;
    this.#revision = revision;
  }

  read(id: string): Outcome<SourceFile> {
    const shown = `${this.#revision}:${id}`;
    const path = this.target(id);
    if (path.startsWith('../')) return noFile(shown, 'it lies outside the repository');
    const mode = this.#mode(path);
    if (mode === undefined) return noFile(shown, 'there is no such file in that revision');
    if (!mode.startsWith('100'))
      return noFile(shown, mode === '040000' ? 'it is a folder' : 'it is not a regular file');
    const bytes = git(this.#root, 'cat-file', 'blob', `${this.#commit}:${path}`);
    return bytes === undefined
      ? noFile(shown, 'git does not give it, or it is too large')
      : decodeSource(bytes, shown);
  }

  resolve(from: string, path: string): string {
    return posix.join(posix.dirname(from), path);
  }

  target(id: string): string {
    let path = id;
    for (let link = 0; link < longestChain && this.#mode(path) === '120000'; link += 1) {
      const to = git(this.#root, 'cat-file', 'blob', `${this.#commit}:${path}`)?.toString('utf8');
      if (to === undefined) return path;
      path = posix.join(posix.dirname(path), to);
    }
    return path;
  }

  #mode(path: string): string | undefined {
    const entry = git(this.#root, 'ls-tree', '-z', '--full-tree', this.#commit, '--', path)?.toString('utf8');
    return entry === undefined || entry === '' ? undefined : entry.slice(0, 6);
  }
}

/**
 * A spec as it is in a revision of git: `main`, `HEAD~1`, `main:services/a/observability.yaml`.
 * @param word what was asked for
 * @param spec the file that the spec is on disk: where it has the same path in the revision, none need be named
 */
export function revisionPlace(word: string, spec: string): Place | Misplaced {
  const colon = word.indexOf(':');
  const revision = colon < 0 ? word : word.slice(0, colon);
  const named = colon < 0 ? undefined : word.slice(colon + 1);
  const folder = named === undefined ? dirname(resolve(spec)) : process.cwd();
  const root = git(folder, 'rev-parse', '--show-toplevel')?.toString('utf8').trimEnd();
  if (root === undefined)
    return {
      fault: `there is no file ${word}, and no git repository in which it could be a revision`,
      help: ['name a file, a revision of git such as `main` or `HEAD~1`, or `-` for standard input'],
    };
  const commit = git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`)
    ?.toString('utf8')
    .trim();
  if (commit === undefined || commit === '')
    return {
      fault: `${word} is neither a file nor a revision of git`,
      help: ['`git log --oneline` lists revisions; in CI, fetch the branch first: git fetch origin main'],
    };
  const prefix = git(folder, 'rev-parse', '--show-prefix')?.toString('utf8').trimEnd() ?? '';
  const main = ((): string => {
    if (named === undefined) return prefix + relative(folder, resolve(spec)).split(sep).join('/');
    return named.startsWith('./') || named.startsWith('../')
      ? posix.join(prefix, named)
      : posix.normalize(named);
  })();
  return { store: new RevisionFiles(root, commit, revision), main, shown: `${revision}:${main}` };
}

/** A spec on standard input; what it imports is looked for below the working directory. */
export function inputPlace(): Place {
  const name = '-';
  const shown = 'standard input';
  const store: FileStore = {
    read(id) {
      if (id !== name) return diskFiles.read(id);
      try {
        return decodeSource(readFileSync(0), shown);
      } catch (error) {
        return noFile(shown, (error as NodeJS.ErrnoException).code ?? 'it is closed');
      }
    },
    resolve: (from, path) => (from === name ? resolve(path) : diskFiles.resolve(from, path)),
    target: (id) => (id === name ? id : diskFiles.target(id)),
  };
  return { store, main: name, shown };
}

/** A spec that is a file. */
export function filePlace(path: string): Place {
  return { store: diskFiles, main: resolve(path), shown: path };
}
