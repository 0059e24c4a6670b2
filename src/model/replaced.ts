import type { Diagnostic, Range } from '../diagnostics/diagnostic.js';
import type { LoadedSpec } from '../spec/loaded.js';
import { locate, type Located } from '../spec/located.js';

/** The ranges of the values that the schema stage replaced: there the spec says something else than the author wrote. */
function replacedRanges({ spec, root, repaired }: LoadedSpec): readonly Range[] {
  const ranges: Range[] = [];
  for (const [pointer, keys] of repaired) {
    const entry = pointer === '' ? [] : pointer.split('/').slice(1);
    for (const key of keys) {
      const path = [...entry, key];
      const located = locate(root, path);
      if (located !== undefined) collect(located, valueAt(spec, path), ranges);
    }
  }
  return ranges;
}

function valueAt(spec: unknown, path: readonly string[]): unknown {
  let value = spec;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}

function collect(located: Located, value: unknown, ranges: Range[]): void {
  if (located.kind === 'scalar') {
    if (value !== located.value) ranges.push(located.range);
  } else if (typeof value !== 'object' || value === null) {
    ranges.push(located.range);
  } else if (located.kind === 'map') {
    for (const [key, entry] of located.entries) {
      if (Object.hasOwn(value, key))
        collect(entry.value, (value as Readonly<Record<string, unknown>>)[key], ranges);
    }
  } else if (!Array.isArray(value) || value.length !== located.items.length) {
    ranges.push(located.range);
  } else {
    for (const [index, item] of located.items.entries()) collect(item, value[index], ranges);
  }
}

/**
 * Findings less those that point at a value which the schema stage replaced: that value has been reported, and what would be said of
 * the replacement is nothing that the author wrote.
 */
export function withoutReplaced(findings: readonly Diagnostic[], loaded: LoadedSpec): readonly Diagnostic[] {
  if (loaded.repaired.size === 0) return findings;
  const replaced = replacedRanges(loaded);
  return findings.filter(
    ({ range }) =>
      range === undefined ||
      !replaced.some(
        (each) => each.source === range.source && each.start <= range.start && range.end <= each.end,
      ),
  );
}
