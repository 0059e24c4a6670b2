import { execFile } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** What git says of some files. */
export interface GitState {
  /** Files, as they were given, whose content is not what is committed; new files that nobody has added count. */
  readonly dirty: readonly string[];
  /** Files that no repository holds, for which there is no way back. */
  readonly unguarded: readonly string[];
  /** Why git could not be asked, in its own words; undefined where it could. */
  readonly failure: string | undefined;
  readonly isMissing: boolean;
}

/** With more files than this it is cheaper to ask for the whole repository. */
const mostNamed = 100;
const limitMs = 60_000;

/**
 * Asks git about files; each in the repository that it lies in, so that submodules are asked themselves.
 * @param paths absolute
 */
export async function gitState(paths: readonly string[]): Promise<GitState> {
  const repositories = new Map<string | undefined, string[]>();
  const known = new Map<string, string | undefined>();
  for (const path of paths) {
    const top = repositoryOf(dirname(path), known);
    const files = repositories.get(top);
    if (files === undefined) repositories.set(top, [path]);
    else files.push(path);
  }
  const unguarded = [...(repositories.get(undefined) ?? [])];
  const dirty: string[] = [];
  for (const [top, files] of repositories) {
    if (top === undefined) continue;
    const answer = await status(top, files);
    if (answer.kind === 'missing')
      return { dirty: [], unguarded: paths, failure: undefined, isMissing: true };
    if (answer.kind === 'failed') return { dirty: [], unguarded, failure: answer.message, isMissing: false };
    const changed = new Set(answer.paths);
    dirty.push(...files.filter((path) => changed.has(relative(top, path).split(sep).join('/'))));
  }
  return { dirty, unguarded, failure: undefined, isMissing: false };
}

/** The nearest folder above that has a `.git`: a folder, or a file in a worktree or submodule. */
function repositoryOf(folder: string, known: Map<string, string | undefined>): string | undefined {
  if (known.has(folder)) return known.get(folder);
  const parent = dirname(folder);
  const found =
    lstatSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined
      ? folder
      : parent === folder
        ? undefined
        : repositoryOf(parent, known);
  known.set(folder, found);
  return found;
}

type Answer =
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly message: string };

function status(top: string, files: readonly string[]): Promise<Answer> {
  const named = files.length > mostNamed ? [] : files.map((path) => relative(top, path).split(sep).join('/'));
  const args = [
    '--no-optional-locks',
    '--literal-pathspecs',
    // Would run a program that the repository names.
    '-c',
    'core.fsmonitor=false',
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=all',
    '--no-renames',
    '--ignore-submodules=all',
    '--',
    ...named,
  ];
  return new Promise((resolve) => {
    const options = { cwd: top, env: environment(), maxBuffer: 1 << 28, timeout: limitMs };
    execFile('git', args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ kind: 'paths', paths: pathsIn(stdout) });
      else if (error.code === 'ENOENT') resolve({ kind: 'missing' });
      else resolve({ kind: 'failed', message: stderr.trim().split('\n', 1)[0] ?? error.message });
    });
  });
}

/** `XY path NUL`: two letters and a blank before each path. */
function pathsIn(output: string): readonly string[] {
  return output.split('\0').flatMap((entry) => (entry.length > 3 ? [entry.slice(3)] : []));
}

/** A hook's variables name the repository that the hook is of, not the one that is asked about. */
function environment(): NodeJS.ProcessEnv {
  const own: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C' };
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'])
    Reflect.deleteProperty(own, name);
  return own;
}
