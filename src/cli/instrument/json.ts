import { redactorFor } from '../../diagnostics/render/masking.js';
import { serialDiagnostic } from '../../diagnostics/render/serialise.js';
import { bytesOf } from '../../instrument/apply/draft.js';
import { hunksOf } from '../../instrument/apply/unified-diff.js';
import { sha256 } from '../../output/hash.js';
import { shownPath } from '../../output/paths.js';
import type { InstrumentOutcome } from './report.js';

/** The run for programs. Lines count from 1, and `before` and `after` are SHA-256 of the bytes of a file. */
export function instrumentJson({
  place,
  rules,
  tree,
  files,
  drafts,
  diagnostics,
  formatted,
  notes,
  written,
}: InstrumentOutcome): string {
  const redact = redactorFor(diagnostics);
  const label = (rule: number): string => rules.rules[rule]?.label ?? String(rule);
  const byPath = new Map(drafts.map((draft) => [draft.path, draft]));
  const value = {
    diagnostics: diagnostics.map((each) => serialDiagnostic(each, redact)),
    written: written ?? false,
    files: files.map((plan) => {
      const draft = byPath.get(plan.path);
      return {
        path: shownPath(place.shown, plan.path),
        changed: draft !== undefined,
        before: draft?.hash,
        after: draft === undefined ? undefined : sha256(bytesOf(draft.after)),
        functions: plan.functions,
        hunks: draft === undefined ? [] : hunksOf(draft.before, draft.after),
        placed: plan.placed.map(({ place: name, line, rule, form, isKept }) => ({
          place: name,
          line,
          rule: label(rule),
          form,
          kept: isKept,
        })),
        skipped: plan.skipped.map(({ code, message, rule }) => ({ code, message, rule: label(rule) })),
      };
    }),
    summary: {
      files: tree.looked,
      functions: tree.functions,
      changed: drafts.length,
      placed: files.reduce((sum, { placed }) => sum + placed.length, 0),
      skipped: files.reduce((sum, { skipped }) => sum + skipped.length, 0),
      rules: rules.rules.map(({ label: name }, rule) => ({
        rule: name,
        placed: files.reduce(
          (sum, { placed }) => sum + placed.filter((each) => each.rule === rule).length,
          0,
        ),
        skipped: files.reduce(
          (sum, { skipped }) => sum + skipped.filter((each) => each.rule === rule).length,
          0,
        ),
      })),
      formatted: Object.fromEntries(formatted),
      notes,
    },
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
