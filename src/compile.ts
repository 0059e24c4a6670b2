import { type Analysis, analyse } from './analyse.js';
import { hasErrors } from './diagnostics/create.js';
import type { OutputFile } from './emit/emitter.js';
import { emit } from './emit/index.js';

/** `files` is absent where a diagnostic is an error: nothing may be written then. */
export interface Compilation extends Analysis {
  readonly files: readonly OutputFile[] | undefined;
}

/**
 * Runs all stages up to the files that are to be written; the disk is only read.
 * @param specPath the main spec file
 * @param today an ISO date, which only warnings depend on
 * @param outputs ids of the emitters whose files are wanted; all of them where it is left out
 */
export function compile(specPath: string, today: string, outputs?: readonly string[]): Compilation {
  const analysis = analyse(specPath, today);
  if (analysis.model === undefined || hasErrors(analysis.diagnostics))
    return { ...analysis, files: undefined };
  return { ...analysis, files: emit(analysis.model, outputs) };
}
