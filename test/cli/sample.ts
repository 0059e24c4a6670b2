import type { DiagnosticCode } from '../../src/diagnostics/catalogue.js';
import type { Diagnostic, Range } from '../../src/diagnostics/diagnostic.js';
import type { Severity } from '../../src/diagnostics/severity.js';
import { SourceFile } from '../../src/diagnostics/source-file.js';

/** The range of the first occurrence of a piece of text; throws where it does not occur, so that no test points at nothing. */
export function rangeOf(source: SourceFile, piece: string): Range {
  const start = source.text.indexOf(piece);
  if (start < 0) throw new Error(`${JSON.stringify(piece)} is not in the source`);
  return { source, start, end: start + piece.length };
}

/** A diagnostic made by hand. */
export function finding(parts: Partial<Diagnostic> & { readonly message: string }): Diagnostic {
  return {
    code: parts.code ?? ('OBS2001' satisfies DiagnosticCode),
    severity: parts.severity ?? ('error' satisfies Severity),
    message: parts.message,
    range: parts.range,
    related: parts.related ?? [],
    help: parts.help,
    fix: parts.fix,
  };
}

export const spec = new SourceFile(
  'observability.yaml',
  `version: 1
service: { name: shop, owner: team }

metrics:
  orders_total:
    typ: counter
    help: Orders.
    labels: [outcome]
  orders_total:
    type: counter
`,
);
