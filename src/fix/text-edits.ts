import type { Fix } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';

/** Edits of one file that do not overlap, in the order of the text: of several that do, the first one listed is kept. */
export function withoutOverlaps(edits: readonly Fix[]): readonly Fix[] {
  const kept: Fix[] = [];
  for (const edit of edits) {
    const { start, end } = edit.range;
    const clashes = kept.some(({ range }) =>
      // Two insertions at one place would stand in either order.
      start === end && range.start === range.end
        ? start === range.start
        : start < range.end && range.start < end,
    );
    if (!clashes) kept.push(edit);
  }
  return kept.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** Edits by the source that they are of. */
export function bySource(edits: readonly Fix[]): ReadonlyMap<SourceFile, readonly Fix[]> {
  const grouped = new Map<SourceFile, Fix[]>();
  for (const edit of edits) {
    const present = grouped.get(edit.range.source);
    if (present === undefined) grouped.set(edit.range.source, [edit]);
    else present.push(edit);
  }
  return grouped;
}

/** A text after edits of it, which may not overlap. All that they do not touch stays as it is. */
export function applied(text: string, edits: readonly Fix[]): string {
  let result = '';
  let at = 0;
  for (const { range, text: replacement } of withoutOverlaps(edits)) {
    result += text.slice(at, range.start) + replacement;
    at = range.end;
  }
  return result + text.slice(at);
}
