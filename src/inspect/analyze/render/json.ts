import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import { redactorFor } from '../../../diagnostics/render/masking.js';
import { serialDiagnostic } from '../../../diagnostics/render/serialise.js';
import type { Analysis } from '../analysis.js';

/** The analysis for programs: all that counts, with reasons; `share` and `weighted` are percentages. */
export function printAnalysisJson(
  analysis: Analysis,
  diagnostics: readonly Diagnostic[],
  top: number | undefined,
): string {
  const redact = redactorFor(diagnostics);
  const { minimum, coverage, totals, files, functions } = analysis;
  const value = {
    diagnostics: diagnostics.map((each) => serialDiagnostic(each, redact)),
    minimumScore: minimum,
    coverage,
    totals,
    functions: top === undefined ? functions : functions.slice(0, top),
    files: files.filter(({ scored, module }) => scored > 0 || Object.keys(module).length > 0),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
