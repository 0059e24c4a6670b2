import { catalogueEntry, type DiagnosticCode } from './catalogue.js';
import type { Diagnostic, Fix, Outcome, Range, Related } from './diagnostic.js';

/** What a rule has to say beyond the code; the severity is the catalogue's. */
export interface Finding {
  readonly message: string;
  readonly range: Range | undefined;
  readonly related?: readonly Related[];
  readonly help?: string | undefined;
  readonly fix?: Fix | undefined;
}

/** Makes a diagnostic with the severity that the catalogue gives to its code. */
export function diagnostic(code: DiagnosticCode, finding: Finding): Diagnostic {
  return {
    code,
    severity: catalogueEntry(code).severity,
    message: finding.message,
    range: finding.range,
    related: finding.related ?? [],
    help: finding.help,
    fix: finding.fix,
  };
}

/** A value with the diagnostics that did not stop it. */
export function succeed<T>(value: T, diagnostics: readonly Diagnostic[] = []): Outcome<T> {
  return { value, diagnostics };
}

/** No value: the stages that follow cannot run. */
export function fail<T>(diagnostics: readonly [Diagnostic, ...Diagnostic[]]): Outcome<T> {
  return { value: undefined, diagnostics };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((each) => each.severity === 'error');
}
