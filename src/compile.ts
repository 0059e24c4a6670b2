import { hasErrors } from './diagnostics/create.js';
import type { Diagnostic } from './diagnostics/diagnostic.js';
import { sortDiagnostics } from './diagnostics/sort.js';
import type { SourceFile } from './diagnostics/source-file.js';
import type { OutputFile } from './emit/emitter.js';
import { emit } from './emit/index.js';
import { check } from './model/checks/index.js';
import type { Model } from './model/model.js';
import { resolve } from './model/resolve.js';
import type { LoadedSpec } from './spec/loaded.js';
import { loadSpec } from './spec/load.js';
import type { Outcome } from './diagnostics/diagnostic.js';

/** What a run of the stages up to `check` found. */
export interface Analysis {
  /** Absent where the file could not be read as a spec at all. */
  readonly model: Model | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

/** `files` is absent where a diagnostic is an error: nothing may be written then. */
export interface Compilation extends Analysis {
  readonly files: readonly OutputFile[] | undefined;
}

/**
 * Reads and checks a spec: all findings, nothing emitted.
 * @param specPath the main spec file
 * @param today an ISO date; findings about sunsets and the ends of suppressions compare with it
 */
export function analyse(specPath: string, today: string): Analysis {
  return analyseLoaded(loadSpec(specPath), today);
}

/** The same for a spec that is already in memory. */
export function analyseLoaded(loaded: Outcome<LoadedSpec>, today: string): Analysis {
  const diagnostics = [...loaded.diagnostics];
  let model: Model | undefined;
  if (loaded.value !== undefined) {
    const resolved = resolve(loaded.value);
    diagnostics.push(...resolved.diagnostics);
    model = resolved.value;
    if (model !== undefined) diagnostics.push(...check(model, loaded.value, today));
  }
  return { model, diagnostics: sortDiagnostics(diagnostics), sources: loaded.value?.files ?? [] };
}

/** Runs all stages up to the files that are to be written; the disk is only read. */
export function compile(specPath: string, today: string): Compilation {
  return compileAnalysis(analyse(specPath, today));
}

/** Emits what an analysis without errors describes. */
export function compileAnalysis(analysis: Analysis): Compilation {
  if (analysis.model === undefined || hasErrors(analysis.diagnostics)) return { ...analysis, files: undefined };
  return { ...analysis, files: emit(analysis.model) };
}
