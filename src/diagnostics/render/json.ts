import type { Diagnostic } from '../diagnostic.js';
import { redactorFor } from './masking.js';
import { serialDiagnostic } from './serialise.js';

/**
 * For programs: `{ diagnostics: [{ code, severity, message, range, related, help, fix }] }`, lines and columns from 1, columns in
 * UTF-16 code units. `range`, `help` and `fix` are left out where there is none. All diagnostics, in the given order.
 */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  const redact = redactorFor(diagnostics);
  const list = diagnostics.map((each) => serialDiagnostic(each, redact));
  return `${JSON.stringify({ diagnostics: list }, undefined, 2)}\n`;
}
