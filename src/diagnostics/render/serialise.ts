import type { Diagnostic, Fix, Range } from '../diagnostic.js';
import type { Severity } from '../severity.js';
import type { Position } from '../source-file.js';
import type { Redactor } from './masking.js';

/** A range as other programs read it: lines and columns from 1, columns in UTF-16 code units, `end` exclusive. */
export interface SerialRange {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** A diagnostic as data, secrets masked. */
export interface SerialDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range?: SerialRange | undefined;
  readonly related: readonly { readonly range: SerialRange; readonly message: string }[];
  readonly help?: string | undefined;
  readonly fix?: { readonly range: SerialRange; readonly text: string } | undefined;
}

/** Works out the lines and columns of a range. */
export function serialRange(range: Range): SerialRange {
  return {
    file: range.source.path,
    start: range.source.position(range.start),
    end: range.source.position(Math.max(range.start, range.end)),
  };
}

/** A fix that would write a secret is no fix that a program may apply with the secret masked: it is left out. */
function serialFix(fix: Fix | undefined, redact: Redactor): SerialDiagnostic['fix'] {
  if (fix === undefined || redact(fix.text) !== fix.text) return undefined;
  return { range: serialRange(fix.range), text: fix.text };
}

/** A diagnostic as the formats for programs carry it. */
export function serialDiagnostic(each: Diagnostic, redact: Redactor): SerialDiagnostic {
  return {
    code: each.code,
    severity: each.severity,
    message: redact(each.message),
    range: each.range === undefined ? undefined : serialRange(each.range),
    related: each.related.map((related) => ({
      range: serialRange(related.range),
      message: redact(related.message),
    })),
    help: each.help === undefined ? undefined : redact(each.help),
    fix: serialFix(each.fix, redact),
  };
}
