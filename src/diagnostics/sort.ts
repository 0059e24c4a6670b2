import type { Diagnostic } from './diagnostic.js';

/** Code-unit order: the same on every machine, whatever its locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Offsets order as lines and columns do, and need no line table. */
function compare(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.range?.source.path ?? '', b.range?.source.path ?? '') ||
    (a.range?.start ?? 0) - (b.range?.start ?? 0) ||
    compareText(a.code, b.code) ||
    (a.range?.end ?? 0) - (b.range?.end ?? 0) ||
    compareText(a.message, b.message)
  );
}

function identity(each: Diagnostic): string {
  return JSON.stringify([
    each.code,
    each.range?.source.path,
    each.range?.start,
    each.range?.end,
    each.message,
  ]);
}

/**
 * Orders diagnostics by file, line, column and code, and drops those that say the same of the same place. Diagnostics without a place
 * come first. Does not change its argument.
 */
export function sortDiagnostics(list: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  const distinct = list.filter((each) => {
    const key = identity(each);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return distinct.sort(compare);
}
