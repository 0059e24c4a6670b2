import { lstatSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Outcome } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';
import { readSource } from '../spec/yaml/read.js';
import { Baseline } from './baseline.js';
import { baselinePath } from './path.js';

/**
 * The file of a baseline; undefined where there is none. It is read as a spec is: no more of it than the cap, and neither a pipe nor a
 * device.
 * @param from the folder from which its path is shown
 */
export function readBaselineFile(path: string, from = process.cwd()): Outcome<SourceFile> | undefined {
  if (!isThere(path)) return undefined;
  return readSource(path, relative(from, path).split(sep).join('/') || path);
}

/**
 * Reads a baseline; undefined where there is none. One that is there and cannot be read accepts nothing and says so as an error (OBS3710).
 * @param from the folder from which its path is shown
 */
export function baselineAt(path: string, from = process.cwd()): Baseline | undefined {
  const read = readBaselineFile(path, from);
  return read && Baseline.of(read);
}

/** The baseline that lies beside a spec; undefined where there is none. */
export function baselineBeside(spec: string, from = process.cwd()): Baseline | undefined {
  return baselineAt(baselinePath(spec), from);
}

/** A link that leads nowhere is there: that it accepts nothing has to be told. */
function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}
