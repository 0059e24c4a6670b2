import type { Located, LocatedEntry, LocatedMap, Path } from '../located.js';
import { renamedText } from '../yaml/scalar-text.js';

/** Where a preset names a label: paths of scalars, `*` for any key or index. */
const references: readonly (readonly string[])[] = [
  ['metrics', '*', 'labels', '*'],
  ['spans', '*', 'attributes', '*', 'label'],
  ['spans', '*', 'outcome', 'label'],
  ['slis', '*', '*', 'by', '*'],
  ['slos', '*', 'by', '*'],
  ['alerts', '*', '*', 'by', '*'],
  ['dashboards', '*', 'variables', '*'],
  ['dashboards', '*', 'rows', '*', 'panels', '*', 'by', '*'],
];

const leadsTo = (path: Path, pattern: readonly string[]): boolean =>
  path.length === pattern.length && pattern.every((step, index) => step === '*' || step === path[index]);

/**
 * A preset with its labels under names of their own, `agent.outcome` for `outcome`, together with everything in it that refers to them,
 * and with its name on every entry. On the wire the labels keep their names.
 */
export function asPreset(root: LocatedMap, preset: string): LocatedMap {
  const labels = root.entries.get('labels')?.value;
  const own: ReadonlySet<string> = new Set(labels?.kind === 'map' ? labels.entries.keys() : []);
  const visit = (node: Located, path: Path): Located => {
    if (node.kind === 'scalar') {
      if (typeof node.value !== 'string' || !own.has(node.value)) return node;
      if (!references.some((pattern) => leadsTo(path, pattern))) return node;
      const text = renamedText(node.text, `${preset}.${node.value}`);
      return { ...node, text, value: text.value };
    }
    if (node.kind === 'sequence')
      return { ...node, items: node.items.map((item, index) => visit(item, [...path, index])) };
    const entries = new Map<string, LocatedEntry>();
    for (const [key, entry] of node.entries) {
      const isLabel = path.length === 1 && path[0] === 'labels';
      const name = isLabel ? `${preset}.${key}` : key;
      const text = isLabel ? renamedText(entry.key, name) : entry.key;
      entries.set(name, { key: text, value: visit(entry.value, [...path, key]), preset });
    }
    return { ...node, entries };
  };
  return visit(root, []) as LocatedMap;
}
