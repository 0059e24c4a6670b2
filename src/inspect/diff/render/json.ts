import type { Difference } from '../diff.js';
import { brokenClasses, type Change } from '../change.js';
import { printJson } from '../../../encode/json.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';

/** The version of the form: it goes up when a key goes or means something else, not when one comes. */
const version = 1;

/** A change for programs. */
export function changeJson(change: Change) {
  const { at, kind, before, after, series, consequences, hits, renamedTo, preset, allowance } = change;
  return {
    ...{ at, kind, before, after },
    series: series === 0 ? undefined : Math.round(series),
    breaking: brokenClasses(change),
    consequences: consequences.map(({ class: of, breaking, text, help }) => ({
      class: of,
      breaking,
      text,
      help,
    })),
    hits: hits.map(({ kind: of, name }) => ({ kind: of, name })),
    renamedTo,
    preset: preset?.name,
    allowed: allowance && {
      at: allowance.at,
      allow: allowance.allow,
      reason: allowance.reason,
      until: allowance.until,
    },
  };
}

function diagnosticJson({ code, severity, message, help }: Diagnostic) {
  return { code, severity, message, help };
}

/** What changed, for programs. */
export function differenceJson({ changes, breaking, series, diagnostics }: Difference): string {
  return printJson({
    ...{ version, breaking },
    series: { ...series, change: series.after - series.before },
    changes: changes.map(changeJson),
    diagnostics: diagnostics.map(diagnosticJson),
  });
}
