import { statSync } from 'node:fs';
import type { Acceptance } from './baseline/baseline.js';
import { baselineBeside } from './baseline/beside.js';
import { boardFindingsByBoard } from './dashboard-lint/spec-findings.js';
import { hasErrors } from './diagnostics/create.js';
import { sortDiagnostics } from './diagnostics/sort.js';
import type { Diagnostic, Outcome } from './diagnostics/diagnostic.js';
import type { SourceFile } from './diagnostics/source-file.js';
import { builtDashboard } from './emit/grafana/build.js';
import { checkBoards, checkWithoutBoards } from './model/checks/index.js';
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
  /** How many findings a baseline took out; undefined where there is none. */
  readonly accepted?: number;
  /** What the model was made of; absent where the file could not be read as a spec at all. */
  readonly loaded?: LoadedSpec | undefined;
}

/**
 * Reads and checks a spec: all findings, nothing emitted.
 * @param specPath the main spec file
 * @param today an ISO date; findings about sunsets and the ends of suppressions compare with it
 * @param acceptance findings that are accepted; the baseline beside the spec where it is left out
 */
export function analyse(
  specPath: string,
  today: string,
  acceptance: Acceptance | undefined = baselineBeside(specPath),
): Analysis {
  return analyseLoaded(loadSpec(specPath), today, isFile, acceptance);
}

/** What is only found in dashboards that have been built: what suppresses it is not idle before. */
const ofBuiltBoards: ReadonlySet<string> = new Set(['OBS3520']);

/** A path that cannot be looked at, for whatever reason, is none that the service could read either. */
export function isFile(path: string): boolean {
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
  outcome: Outcome<LoadedSpec>,
  today: string,
  exists?: FileExists,
  acceptance?: Acceptance,
): Analysis {
  return finished(beginAnalysis(outcome, today, exists, acceptance), today);
}

/** The second part of an analysis in one go. */
export function finished(begun: BegunAnalysis, today: string): Analysis {
  const steps = finishAnalysis(begun, today);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return withLeftovers({ ...step.value, loaded: begun.loaded }, begun.acceptance);
  }
}

/** An analysis with what is to be said of the findings that were accepted. */
export function withLeftovers(analysis: Analysis, acceptance: Acceptance | undefined): Analysis {
  if (acceptance === undefined) return analysis;
  const all = [...analysis.diagnostics, ...acceptance.leftovers(analysis.diagnostics)];
  return { ...analysis, diagnostics: sortDiagnostics(all), accepted: acceptance.accepted };
}

/** Codes of what only `finishAnalysis` finds. */
export const foundInBoards: ReadonlySet<string> = new Set([...ofBuiltBoards, 'OBS3550', 'OBS3551']);

/** An analysis without what is found in dashboards, for which they have to be built: that takes longer than all else together. */
export interface BegunAnalysis extends Analysis {
  readonly loaded: LoadedSpec | undefined;
  /** What the rules found, accepted findings among them. */
  readonly findings: readonly Diagnostic[];
  readonly acceptance?: Acceptance | undefined;
}

/** Findings less those that a baseline accepts. */
function lessAccepted(
  found: readonly Diagnostic[],
  loaded: LoadedSpec,
  acceptance: Acceptance | undefined,
): readonly Diagnostic[] {
  return acceptance?.accept(found, loaded) ?? found;
}

/** The first part of an analysis: what an editor shows at every keystroke. */
export function beginAnalysis(
  { value: loaded, diagnostics: ofLoading }: Outcome<LoadedSpec>,
  today: string,
  exists?: FileExists,
  acceptance?: Acceptance,
): BegunAnalysis {
  if (loaded === undefined)
    return {
      model: undefined,
      diagnostics: sortDiagnostics(ofLoading),
      sources: [],
      loaded,
      findings: ofLoading,
      acceptance,
    };
  const { value: model, diagnostics: ofResolving } = resolve(loaded);
  const findings = [...ofLoading, ...ofResolving];
  if (model !== undefined) findings.push(...checkWithoutBoards(model, loaded, today, exists));
  const unsuppressed =
    model === undefined ? findings : applySuppressions(findings, model, { loaded, today }, foundInBoards);
  const left = lessAccepted(unsuppressed, loaded, acceptance);
  return { model, diagnostics: sortDiagnostics(left), sources: loaded.files, loaded, findings, acceptance };
}

/**
 * Whether a begun analysis has errors, or will have them once its dashboards have been built and measured. What the linter finds in them
 * are warnings.
 */
export function willHaveErrors(
  { model, loaded, findings, diagnostics, acceptance }: BegunAnalysis,
  today: string,
): boolean {
  if (hasErrors(diagnostics) || model === undefined || loaded === undefined) return true;
  const measured = [...findings, ...checkBoards(model, loaded, today)];
  const left = applySuppressions(measured, model, { loaded, today }, ofBuiltBoards);
  return hasErrors(lessAccepted(left, loaded, acceptance));
}

/** The second part: builds the dashboards and looks at them. Yields between dashboards, so that an editor can do something else meanwhile. */
export function* finishAnalysis(
  { model, loaded, findings: begun, diagnostics, sources, acceptance }: BegunAnalysis,
  today: string,
): Generator<undefined, Analysis, undefined> {
  if (model === undefined || loaded === undefined) return { model, diagnostics, sources };
  const findings = [...begun, ...checkBoards(model, loaded, today)];
  const unsuppressed = applySuppressions(findings, model, { loaded, today }, ofBuiltBoards);
  const left = lessAccepted(unsuppressed, loaded, acceptance);
  if (hasErrors(left)) return { model, diagnostics: sortDiagnostics(left), sources };
  // Dashboards are looked at as Grafana would get them, once nothing stands in the way of building them.
  for (const dashboard of model.dashboards.values()) {
    builtDashboard(model, dashboard);
    yield;
  }
  for (const ofBoard of boardFindingsByBoard(model)) {
    findings.push(...ofBoard);
    yield;
  }
  const all = lessAccepted(applySuppressions(findings, model, { loaded, today }), loaded, acceptance);
  return { model, diagnostics: sortDiagnostics(all), sources };
}
