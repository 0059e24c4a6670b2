import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { type Located, type LocatedEntry, type LocatedMap, type Path, isAlias } from '../located.js';
import { plainValue } from '../plain.js';
import { quoted } from '../quote.js';
import { type SchemaNode, exclusiveKeys, isExclusion, schemaAt } from '../schema/schema.js';

/**
 * Takes out the keys whose value is null and that no preset has anything to say about, with a warning for each. A null that stands for a
 * required or an unknown key stays: the schema has more to say about it.
 */
export function withoutNulls(root: LocatedMap): {
  readonly root: LocatedMap;
  readonly diagnostics: readonly Diagnostic[];
} {
  const nulls = nullPaths(root);
  if (nulls.length === 0) return { root, diagnostics: [] };
  const plain = plainValue(root);
  const diagnostics: Diagnostic[] = [];
  const removed = new Set<LocatedEntry>();
  for (const { path, entry } of nulls) {
    const key = entry.key.value;
    const parent = schemaAt(plain, path.slice(0, -1));
    const isKnown = schemaAt(plain, path) !== undefined;
    if (parent === undefined || !isKnown || isNeeded(parent, key)) continue;
    // An alias was reported; where the schema would take a null for it, it has to go.
    if (isAlias(entry.value)) {
      if ([schemaAt(plain, path)?.type].flat().includes('null')) removed.add(entry);
      continue;
    }
    removed.add(entry);
    diagnostics.push(
      diagnostic('OBS2102', {
        message: `${quoted(key)} has no value and removes nothing`,
        range: entry.key.range,
        help: 'give it a value or remove it; null takes out what a preset defines, and no preset in use defines this',
      }),
    );
  }
  return { root: without(root, removed) as LocatedMap, diagnostics };
}

/** Whether a key is required, or one of those of which one has to stand. */
const isNeeded = (schema: SchemaNode, key: string): boolean =>
  (schema.required ?? []).includes(key) || (isExclusion(schema) && exclusiveKeys(schema).includes(key));

function nullPaths(root: LocatedMap): { readonly path: Path; readonly entry: LocatedEntry }[] {
  const found: { readonly path: Path; readonly entry: LocatedEntry }[] = [];
  const path: (string | number)[] = [];
  const visit = (node: Located): void => {
    if (node.kind === 'scalar') return;
    if (node.kind === 'sequence') {
      node.items.forEach((item, index) => {
        path.push(index);
        visit(item);
        path.pop();
      });
      return;
    }
    for (const entry of node.entries.values()) {
      path.push(entry.key.value);
      if (entry.value.kind === 'scalar' && entry.value.value === null) found.push({ path: [...path], entry });
      else visit(entry.value);
      path.pop();
    }
  };
  visit(root);
  return found;
}

function without(node: Located, removed: ReadonlySet<LocatedEntry>): Located {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'sequence') return { ...node, items: node.items.map((item) => without(item, removed)) };
  const entries = new Map<string, LocatedEntry>();
  for (const [key, entry] of node.entries) {
    if (!removed.has(entry)) entries.set(key, { ...entry, value: without(entry.value, removed) });
  }
  return { ...node, entries };
}
