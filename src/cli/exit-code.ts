import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { isIoFailure } from '../output/io-failure.js';

/** What the process says when it ends; the numbers are part of the interface. */
export const exitCodes = { fine: 0, findings: 1, usage: 2, bug: 70 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * The exit code that a list of diagnostics stands for. A fault of obs-gen outweighs a refusal of the system, which outweighs findings.
 * @param strict whether warnings count as errors do
 */
export function exitCodeOf(diagnostics: readonly Diagnostic[], strict: boolean): ExitCode {
  if (diagnostics.some((each) => each.code.startsWith('OBS9'))) return exitCodes.bug;
  if (diagnostics.some(isIoFailure)) return exitCodes.usage;
  const counts = (each: Diagnostic): boolean =>
    each.severity === 'error' || (strict && each.severity === 'warning');
  return diagnostics.some(counts) ? exitCodes.findings : exitCodes.fine;
}
