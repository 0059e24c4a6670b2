import type { Diagnostic } from '../diagnostic.js';
import type { Severity } from '../severity.js';
import { catalogueEntry } from '../catalogue.js';
import { checkoutPath, type Checkout } from './checkout-path.js';
import { redactorFor } from './masking.js';
import { serialDiagnostic } from './serialise.js';

const command: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Escapes the message of a workflow command, as GitHub's runner undoes it. */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Escapes a property of a workflow command. */
export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * Annotations of GitHub Actions, one workflow command a line: the file, the range and the code with its title, then message and help.
 */
export function renderGithub(diagnostics: readonly Diagnostic[], checkout: Checkout = {}): string {
  const redact = redactorFor(diagnostics);
  let shown = '';
  for (const each of diagnostics) {
    const { range, message, help } = serialDiagnostic(each, redact);
    const properties: [string, string][] = [];
    if (range !== undefined) {
      properties.push(
        ['file', checkoutPath(range.file, checkout)],
        ['line', String(range.start.line)],
        ['col', String(range.start.column)],
        ['endLine', String(range.end.line)],
        ['endColumn', String(range.end.column)],
      );
    }
    properties.push(['title', `${each.code}: ${catalogueEntry(each.code).title}`]);
    const list = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(',');
    const body = help === undefined ? message : `${message}\nhelp: ${help}`;
    shown += `::${command[each.severity]} ${list}::${escapeData(body)}\n`;
  }
  return shown;
}
