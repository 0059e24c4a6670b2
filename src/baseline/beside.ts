import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { Baseline } from './baseline.js';

/** The file that is read without being asked for, so that all commands and the machines of CI agree on what is accepted. */
export const usualBaseline = '.obs-gen-baseline.json';

/** Where the baseline of a spec is looked for. */
export function baselinePath(spec: string): string {
  return join(dirname(spec), usualBaseline);
}

/**
 * Reads a baseline.
 * @throws the error of the system where there is none
 */
export function baselineAt(path: string): Baseline {
  const shown = relative(process.cwd(), path).split(sep).join('/');
  return new Baseline(shown, readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
}

/** The baseline that lies beside a spec; undefined where there is none. */
export function baselineBeside(spec: string): Baseline | undefined {
  try {
    return baselineAt(baselinePath(spec));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
