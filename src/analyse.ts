import { sortDiagnostics } from './diagnostics/sort.js';
import type { Diagnostic, Outcome } from './diagnostics/diagnostic.js';
import type { SourceFile } from './diagnostics/source-file.js';
import { check } from './model/checks/index.js';
import type { Model } from './model/model.js';
import { resolve } from './model/resolve.js';
import type { LoadedSpec } from './spec/loaded.js';
import { loadSpec } from './spec/load.js';

/** What the stages from `read` to `check` found. Apart from `compile`, so that `validate` need not load the emitters. */
export interface Analysis {
  /** Absent where the file could not be read as a spec at all. */
  readonly model: Model | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
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
