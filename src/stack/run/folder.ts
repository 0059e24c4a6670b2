import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { RunningName } from './state.js';
import { StackFault } from './stack-fault.js';

/** What a stack on this machine keeps, below one folder. */
export interface StackFolder {
  /** Absolute. */
  readonly path: string;
  /** The configurations that the programs are started with. */
  readonly config: string;
  /** What the programs store: a folder each. */
  readonly data: string;
  readonly logs: string;
}

/** @param given where the user wants it; beside the spec where it is left out */
export function stackFolder(spec: string, given: string | undefined): StackFolder {
  const path = given === undefined ? join(dirname(resolve(spec)), '.obs-gen', 'stack') : resolve(given);
  return { path, config: join(path, 'config'), data: join(path, 'data'), logs: join(path, 'logs') };
}

/** The file that a part writes to. */
export function logOf(folder: StackFolder, part: RunningName | 'stack'): string {
  return join(folder.logs, `${part}.log`);
}

/**
 * Makes the folder, for its owner alone and ignored by git.
 * @throws StackFault
 */
export function makeStackFolder(folder: StackFolder): void {
  try {
    for (const each of [folder.path, folder.config, folder.data, folder.logs])
      mkdirSync(each, { recursive: true, mode: 0o700 });
    const ignore = join(folder.path, '.gitignore');
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StackFault(`${folder.path} cannot be written: ${code ?? message}`, [
      'name another folder with --state DIR',
    ]);
  }
}
