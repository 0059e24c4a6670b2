import type { Diagnostic } from '../diagnostic.js';
import type { Severity } from '../severity.js';

function count(diagnostics: readonly Diagnostic[], severity: Severity, one: string, many: string): string[] {
  const number = diagnostics.filter((each) => each.severity === severity).length;
  return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
}

/** How many of each severity: `2 errors, 1 warning`; `no findings` for none. */
export function countFindings(diagnostics: readonly Diagnostic[]): string {
  const parts = [
    ...count(diagnostics, 'error', 'error', 'errors'),
    ...count(diagnostics, 'warning', 'warning', 'warnings'),
    ...count(diagnostics, 'info', 'note', 'notes'),
  ];
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}
