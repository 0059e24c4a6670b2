import { type Analysis, analyse, beginAnalysis, finished, isFile, willHaveErrors } from './analyse.js';
import type { Acceptance } from './baseline/baseline.js';
import { baselineBeside } from './baseline/beside.js';
import { hasErrors } from './diagnostics/create.js';
import type { OutputFile } from './emit/emitter.js';
import { emit } from './emit/index.js';
import { loadSpec } from './spec/load.js';

/** `files` is absent where a diagnostic is an error: nothing may be written then. */
export interface Compilation extends Analysis {
  readonly files: readonly OutputFile[] | undefined;
}

/**
 * Runs all stages up to the files that are to be written; the disk is only read.
 * @param specPath the main spec file
 * @param today an ISO date, which only warnings depend on
 * @param outputs ids of the emitters whose files are wanted; all of them where it is left out
 * @param acceptance findings that are accepted; the baseline beside the spec where it is left out
 */
export function compile(
  specPath: string,
  today: string,
  outputs?: readonly string[],
  acceptance?: Acceptance,
): Compilation {
  const analysis = analyse(specPath, today, acceptance);
  if (analysis.model === undefined || hasErrors(analysis.diagnostics))
    return { ...analysis, files: undefined };
  return { ...analysis, files: emit(analysis.model, outputs) };
}

/** Files first, and what the linter says of the dashboards among them when it is asked for. */
export interface EagerCompilation {
  readonly files: readonly OutputFile[] | undefined;
  /** The rest of the analysis: all findings. */
  finish(): Analysis;
}

/**
 * The same files as `compile` makes, before the linter has looked at dashboards: for somebody who waits for them. What it finds are
 * warnings, which hold nothing back.
 */
export function compileEagerly(
  specPath: string,
  today: string,
  acceptance: Acceptance | undefined = baselineBeside(specPath),
): EagerCompilation {
  const begun = beginAnalysis(loadSpec(specPath), today, isFile, acceptance);
  const files = begun.model === undefined || willHaveErrors(begun, today) ? undefined : emit(begun.model);
  return { files, finish: () => finished(begun, today) };
}
