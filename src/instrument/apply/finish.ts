import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { FilePlan } from '../file/file-plan.js';
import type { LeftOut, PlannedTree } from './codemod.js';
import { draftsOf, type Draft } from './draft.js';
import { skipDiagnostics } from './skips.js';
import type { Stages, Subject } from './stages.js';

/** How a plan is carried on to what may be written. */
export interface FinishOptions {
  readonly verify: 'syntax' | 'types';
  /** Whether inserted lines go through the project's formatter. */
  readonly format: boolean;
  /** Generated files that a dry run finds missing or stale, by their absolute paths: types are checked as if they were there. */
  readonly unwritten?: ReadonlyMap<string, string> | undefined;
  onStep(what: string): void;
}

/** What came of a plan. */
export interface Finished {
  /** All files of the plan, without the places that were left out since. */
  readonly files: readonly FilePlan[];
  /** Those that are to be written. */
  readonly drafts: readonly Draft[];
  readonly diagnostics: readonly Diagnostic[];
  /** How many drafts each formatter formatted. */
  readonly formatted: ReadonlyMap<string, number>;
  readonly notes: readonly string[];
}

/** Lets the formatter have its way with what was inserted, and verifies what came of it. */
export async function finishDrafts(
  subject: Subject,
  stages: Stages,
  tree: PlannedTree,
  options: FinishOptions,
): Promise<Finished> {
  const { place, rules } = subject;
  const { codemod } = stages;
  const found: Diagnostic[] = [];
  let files = tree.files;
  let leftOut: ReadonlyMap<string, LeftOut> = new Map();
  if (options.verify === 'types' && !subject.remove) {
    options.onStep('checking types');
    const { verifyTypes } = await import('./types/verify-types.js');
    const verified = verifyTypes(place, files, codemod, options.unwritten);
    ({ files, leftOut } = verified);
    found.push(...verified.diagnostics);
  }
  if (!subject.remove) {
    const { pathFindings } = await import('./path-findings.js');
    const projects = options.verify === 'types' ? stages.projects() : undefined;
    found.push(...pathFindings(place, files, rules, codemod, leftOut, projects));
  }
  let drafts: readonly Draft[] = draftsOf(place, files).map((draft) => ({
    ...draft,
    leftOut: leftOut.get(draft.path),
  }));
  let formatted: ReadonlyMap<string, number> = new Map();
  if (options.format && drafts.length > 0) {
    options.onStep('formatting');
    const { formatDrafts } = await import('./format/format-drafts.js');
    const result = await formatDrafts(place, drafts, subject.remove ? undefined : codemod);
    drafts = result.drafts;
    formatted = result.formatted;
    found.push(...result.diagnostics);
  }
  found.push(...files.flatMap((plan) => skipDiagnostics(place, plan)));
  return { files, drafts, diagnostics: found, formatted, notes: [] };
}
