import { diagnostic } from '../diagnostics/create.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';

/** An error of the system together with the path that it concerns, as shown to people. Never leaves this folder. */
export class PathError extends Error {
  readonly path: string;
  readonly errno: string;

  constructor(path: string, cause: unknown) {
    super(path, { cause });
    this.path = path;
    this.errno = errnoOf(cause) ?? 'EUNKNOWN';
  }
}

/** The name of a system error (ENOSPC); undefined for any other throw, which is a bug of ours. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
}

/** Runs something that touches `path`; a system error that it throws becomes a `PathError`. */
export function touching<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof PathError || errnoOf(error) === undefined) throw error;
    throw new PathError(path, error);
  }
}

const reasons: ReadonlyMap<string, readonly [fact: string, help: string]> = new Map([
  ['EACCES', ['no permission', 'give yourself the permission, or choose another directory with --out']],
  ['EPERM', ['not permitted', 'give yourself the permission, or choose another directory with --out']],
  ['EROFS', ['the file system is read-only', 'choose another directory with --out']],
  ['ENOSPC', ['no space left on the disk', 'free some space and build again']],
  ['EDQUOT', ['the disk quota is used up', 'free some space and build again']],
  ['EMFILE', ['too many open files', 'raise the limit (ulimit -n) and build again']],
  ['ENFILE', ['too many open files on this machine', 'end what holds them and build again']],
  [
    'ENAMETOOLONG',
    ['the path is too long', 'choose a shorter directory with --out, or shorter names in the spec'],
  ],
  ['ENOTDIR', ['a part of the path is not a directory', 'choose another directory with --out']],
  ['EXDEV', ['it lies on another file system than the output directory', 'let all of the output lie on one']],
]);

/** Tells what the system refused: OBS4107, exit code 2. */
export function ioFailure(error: PathError): Diagnostic {
  const [fact, help] = reasons.get(error.errno) ?? ['the system refused', undefined];
  return diagnostic('OBS4107', {
    message: `cannot read or write \`${error.path}\`: ${fact} (${error.errno})`,
    range: undefined,
    help,
  });
}

/** Whether a diagnostic is the system's refusal, for which the exit code is 2 and not 1. */
export function isIoFailure(diagnostic: Diagnostic): boolean {
  return diagnostic.code === 'OBS4107';
}
