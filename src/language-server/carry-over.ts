import type { Diagnostic, Range } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';

/** What of a text stayed the same: so many characters at its beginning, and so many at its end. */
export interface Kept {
  readonly before: number;
  readonly after: number;
}

export function keptOf(old: string, now: string): Kept {
  const most = Math.min(old.length, now.length);
  let before = 0;
  while (before < most && old.charCodeAt(before) === now.charCodeAt(before)) before += 1;
  let after = 0;
  while (
    after < most - before &&
    old.charCodeAt(old.length - 1 - after) === now.charCodeAt(now.length - 1 - after)
  )
    after += 1;
  return { before, after };
}

/** A range of an old text in a new one; undefined where it lay in what was changed. */
function moved({ source, start, end }: Range, now: SourceFile, kept: Kept): Range | undefined {
  if (end <= kept.before) return { source: now, start, end };
  const shift = now.text.length - source.text.length;
  if (start >= source.text.length - kept.after)
    return { source: now, start: start + shift, end: end + shift };
  return undefined;
}

/**
 * Findings of an earlier text in the present one; those whose place was changed are left out, and so are their fixes, which may no longer
 * fit.
 * @param present the source that took the place of an earlier one
 */
export function carriedOver(
  findings: readonly Diagnostic[],
  present: (source: SourceFile) => SourceFile | undefined,
): readonly Diagnostic[] {
  const known = new Map<SourceFile, { readonly now: SourceFile; readonly kept: Kept } | undefined>();
  const place = (range: Range): Range | undefined => {
    const { source } = range;
    if (!known.has(source)) {
      const now = present(source);
      known.set(source, now && { now, kept: keptOf(source.text, now.text) });
    }
    const found = known.get(source);
    if (found === undefined) return undefined;
    return found.now === source ? range : moved(range, found.now, found.kept);
  };
  return findings.flatMap((finding) => {
    if (finding.range === undefined) return [finding];
    const range = place(finding.range);
    if (range === undefined) return [];
    const related = finding.related.flatMap((each) => {
      const at = place(each.range);
      return at === undefined ? [] : [{ ...each, range: at }];
    });
    return [{ ...finding, range, related, fix: range === finding.range ? finding.fix : undefined }];
  });
}
