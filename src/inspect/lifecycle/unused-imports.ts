import type { Model, Origin } from '../../model/model.js';
import type { LoadedSpec } from '../../spec/loaded.js';
import type { Located } from '../../spec/located.js';
import { readsOf } from '../diff/readers.js';
import type { Unused } from './unused.js';
import { spotOf } from './place.js';

/** Sections whose entries do nothing until another entry names them. */
const passive: ReadonlySet<string> = new Set(['labels', 'external', 'version']);

/** The sections of a file: what of the tree stands in it. */
function sectionsIn(root: LoadedSpec['root'], path: string): readonly string[] {
  const has = (node: Located): boolean =>
    node.range.source.path === path ||
    (node.kind === 'map'
      ? [...node.entries.values()].some(({ key, value }) => key.range.source.path === path || has(value))
      : node.kind === 'sequence' && node.items.some(has));
  return [...root.entries].flatMap(([name, { key, value }]) =>
    key.range.source.path === path || has(value) ? [name] : [],
  );
}

function usedPlaces(model: Model): ReadonlySet<string> {
  const used = new Set<string>();
  const use = ({ origin }: { readonly origin: Origin }): void => {
    used.add(origin.key.source.path);
  };
  for (const { labels } of model.metrics.values()) labels.forEach(use);
  for (const { attributes, outcome } of model.spans.values()) {
    for (const { label } of attributes) if (label !== undefined) use(label);
    if (outcome !== undefined) use(outcome.label);
  }
  const reads = readsOf(model);
  for (const external of model.external.values()) if (reads.has(external.name)) use(external);
  return used;
}

/** Files that a spec imports and that bring nothing: nothing stands in them, or labels and external metrics alone that nothing names. */
export function unusedImports(model: Model, loaded: LoadedSpec): readonly Omit<Unused, 'service'>[] {
  const item = loaded.root.entries.get('imports')?.value;
  if (item?.kind !== 'sequence') return [];
  const used = usedPlaces(model);
  return item.items.flatMap((named) => {
    if (named.kind !== 'scalar' || typeof named.value !== 'string') return [];
    const path = named.value.replace(/^(?:\.{1,2}\/)+/, '');
    const fits = loaded.files.filter((file) => file.path === path || file.path.endsWith(`/${path}`));
    const [file] = fits;
    // Two files that end alike cannot be told apart by what was written.
    if (file === undefined || fits.length > 1 || used.has(file.path)) return [];
    const sections = sectionsIn(loaded.root, file.path);
    if (sections.some((section) => !passive.has(section))) return [];
    const why = sections.length === 0 ? 'nothing stands in it' : 'nothing names what it declares';
    const { owner } = model.service;
    return [{ kind: 'import', name: named.value, why, owner, series: 0, ...spotOf(named.range) }];
  });
}
