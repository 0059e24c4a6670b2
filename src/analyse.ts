import { statSync } from 'node:fs';
import { boardFindings } from './dashboard-lint/spec-findings.js';
import { hasErrors } from './diagnostics/create.js';
import { sortDiagnostics } from './diagnostics/sort.js';
import type { Diagnostic, Outcome } from './diagnostics/diagnostic.js';
import type { SourceFile } from './diagnostics/source-file.js';
import { check } from './model/checks/index.js';
import type { FileExists } from './model/checks/named-files.js';
import { applySuppressions } from './model/checks/suppress.js';
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
  return analyseLoaded(loadSpec(specPath), today, isFile);
}

/** What is only found in dashboards that have been built: what suppresses it is not idle before. */
const ofBuiltBoards: ReadonlySet<string> = new Set(['OBS3520']);

/** A path that cannot be looked at, for whatever reason, is none that the service could read either. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The same for a spec that is already in memory.
 * @param exists whether there is a file at a path; without it the files that a spec names are not looked for
 */
export function analyseLoaded(
  { value: loaded, diagnostics: ofLoading }: Outcome<LoadedSpec>,
  today: string,
  exists?: FileExists,
): Analysis {
  if (loaded === undefined) return { model: undefined, diagnostics: sortDiagnostics(ofLoading), sources: [] };
  const { value: model, diagnostics: ofResolving } = resolve(loaded);
  const findings = [...ofLoading, ...ofResolving];
  if (model === undefined) return { model, diagnostics: sortDiagnostics(findings), sources: loaded.files };
  findings.push(...check(model, loaded, today, exists));
  const accepted = applySuppressions(findings, model, { loaded, today }, ofBuiltBoards);
  if (hasErrors(accepted)) return { model, diagnostics: sortDiagnostics(accepted), sources: loaded.files };
  // Dashboards are looked at as Grafana would get them, once nothing stands in the way of building them.
  findings.push(...boardFindings(model));
  const all = applySuppressions(findings, model, { loaded, today });
  return { model, diagnostics: sortDiagnostics(all), sources: loaded.files };
}
