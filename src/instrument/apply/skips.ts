import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { SourceFile } from '../../diagnostics/source-file.js';
import { shownPath } from '../../output/paths.js';
import type { FilePlan } from '../file/file-plan.js';
import { withoutMark } from './draft.js';
import type { Place } from './refusals.js';

/** The places that were left alone, as diagnostics at their lines. */
export function skipDiagnostics(place: Place, plan: FilePlan): readonly Diagnostic[] {
  if (plan.skipped.length === 0) return [];
  const source = new SourceFile(shownPath(place.shown, plan.path), withoutMark(plan.before));
  return plan.skipped.map(({ code, message, help, start, end }) =>
    diagnostic(code as Diagnostic['code'], { message, help, range: { source, start, end } }),
  );
}
