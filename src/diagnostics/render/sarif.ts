import { catalogue, catalogueEntry, type DiagnosticCode } from '../catalogue.js';
import type { Diagnostic } from '../diagnostic.js';
import type { Severity } from '../severity.js';
import { checkoutPath, type Checkout } from './checkout-path.js';
import { redactorFor } from './masking.js';
import { serialDiagnostic, type SerialDiagnostic, type SerialRange } from './serialise.js';

/** What a SARIF log says of the tool. */
export interface SarifOptions extends Checkout {
  readonly version: string;
  /** The spec's path: where findings are shown that have no place in a file, such as stale output. */
  readonly spec?: string | undefined;
}

const level: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** A file's path as a URI reference: a colon in its first segment would read as a scheme. */
function fileUri(path: string): string {
  const encoded = path
    .replaceAll('\\', '/')
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/');
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}

function artifactLocation(file: string, checkout: Checkout): object {
  const uri = fileUri(checkoutPath(file, checkout));
  return uri.startsWith('file:') ? { uri } : { uri, uriBaseId: '%SRCROOT%' };
}

function region(range: SerialRange): object {
  return {
    startLine: range.start.line,
    startColumn: range.start.column,
    endLine: range.end.line,
    endColumn: range.end.column,
  };
}

function location(range: SerialRange, checkout: Checkout): object {
  return {
    physicalLocation: { artifactLocation: artifactLocation(range.file, checkout), region: region(range) },
  };
}

/** GitHub's code scanning refuses a whole log for one result without a location, so the start of the spec has to do. */
function startOf(file: string): SerialRange {
  const start = { line: 1, column: 1 };
  return { file, start, end: start };
}

/**
 * A message that no consumer can take for more than text: `{0}` would be a placeholder and `[a](b)` a link (sections 3.11.5 and 3.11.6).
 * Other braces stay as they are, against the letter of 3.11.5: consumers show messages without arguments as they stand, and PromQL is
 * full of them.
 */
function plainText(text: string): string {
  return text.replaceAll(/\{(\d+)\}/g, '{{$1}}').replaceAll('](', '] (');
}

function firstParagraph(text: string): string {
  return (text.split(/\n\s*\n/, 1)[0] ?? '').replaceAll(/\s*\n\s*/g, ' ');
}

function rule(code: DiagnosticCode): object {
  const { severity, title, explanation } = catalogueEntry(code);
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: firstParagraph(explanation) },
    help: { text: explanation },
    defaultConfiguration: { level: level[severity] },
  };
}

function fixes(fix: NonNullable<SerialDiagnostic['fix']>, description: string, checkout: Checkout): object[] {
  const replacement = { deletedRegion: region(fix.range), insertedContent: { text: fix.text } };
  return [
    {
      description: { text: plainText(description) },
      artifactChanges: [
        { artifactLocation: artifactLocation(fix.range.file, checkout), replacements: [replacement] },
      ],
    },
  ];
}

function result(each: SerialDiagnostic, ruleIndex: number, options: SarifOptions): object {
  const range = each.range ?? (options.spec === undefined ? undefined : startOf(options.spec));
  const text = each.help === undefined ? each.message : `${each.message}\n\n${each.help}`;
  return {
    ruleId: each.code,
    ruleIndex,
    level: level[each.severity],
    message: { text: plainText(text) },
    ...(range === undefined ? {} : { locations: [location(range, options)] }),
    ...(each.related.length === 0
      ? {}
      : {
          relatedLocations: each.related.map((related, id) => ({
            id,
            ...location(related.range, options),
            message: { text: plainText(related.message) },
          })),
        }),
    ...(each.fix === undefined ? {} : { fixes: fixes(each.fix, each.help ?? each.message, options) }),
  };
}

/** A SARIF 2.1.0 log with one run: every code of the catalogue as a rule, every diagnostic as a result. */
export function renderSarif(diagnostics: readonly Diagnostic[], options: SarifOptions): string {
  const redact = redactorFor(diagnostics);
  const codes = Object.keys(catalogue) as DiagnosticCode[];
  const indexOf = new Map(codes.map((code, index) => [code, index]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'obs-gen', version: options.version, rules: codes.map(rule) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((each) =>
          result(serialDiagnostic(each, redact), indexOf.get(each.code) ?? -1, options),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
