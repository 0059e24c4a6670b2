import { DiagnosticSeverity, DiagnosticTag, type Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';
import type { Severity } from '../diagnostics/severity.js';
import type { Documents } from './documents.js';
import { lspRange } from './positions.js';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** What stands there to no purpose: editors show it faded. */
const unnecessary: ReadonlySet<string> = new Set([
  'OBS2102', // a key without a value
  'OBS3018', // a label that no metric has
  'OBS3050', // a suppression of nothing
  'OBS3072', // keys that do nothing
  'OBS3505', // a variable that no panel uses
  'OBS3507', // a key without effect
]);
/** What is on its way out: editors strike it through. */
const deprecated: ReadonlySet<string> = new Set(['OBS3041', 'OBS3042']);

/** A finding as the protocol has it: `help` stands below the message. */
export function toLsp(documents: Documents, finding: Diagnostic): LspDiagnostic {
  const { code, severity, message, range, related, help } = finding;
  const tags = [
    ...(unnecessary.has(code) ? [DiagnosticTag.Unnecessary] : []),
    ...(deprecated.has(code) ? [DiagnosticTag.Deprecated] : []),
  ];
  const start = { line: 0, character: 0 };
  return {
    source: 'obs-gen',
    code,
    severity: severities[severity],
    message: help === undefined ? message : `${message}\nhelp: ${help}`,
    range: range === undefined ? { start, end: start } : lspRange(range),
    ...(tags.length > 0 ? { tags } : {}),
    ...(related.length > 0
      ? {
          relatedInformation: related.map((each) => ({
            message: each.message,
            location: { uri: documents.uriOf(each.range.source), range: lspRange(each.range) },
          })),
        }
      : {}),
  };
}

/**
 * Findings by the file that they stand in, as URIs. What stands nowhere is shown at the beginning of the main file; what stands in a preset
 * is shown there too, since nobody opens that.
 */
export function byFile(
  documents: Documents,
  mainUri: string,
  findings: readonly Diagnostic[],
): ReadonlyMap<string, readonly LspDiagnostic[]> {
  const grouped = new Map<string, LspDiagnostic[]>();
  const uris = new Map<SourceFile, string>();
  for (const finding of findings) {
    const { range } = finding;
    const isElsewhere = range === undefined || !documents.isOwn(range.source);
    let uri = mainUri;
    if (!isElsewhere) {
      uri = uris.get(range.source) ?? documents.uriOf(range.source);
      uris.set(range.source, uri);
    }
    const made = toLsp(documents, finding);
    const placed = isElsewhere
      ? { ...made, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } }
      : made;
    const list = grouped.get(uri);
    if (list === undefined) grouped.set(uri, [placed]);
    else list.push(placed);
  }
  return grouped;
}
