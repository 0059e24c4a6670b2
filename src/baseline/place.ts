import type { Range } from '../diagnostics/diagnostic.js';
import type { Located } from '../spec/located.js';

function contains(outer: Range, inner: Range): boolean {
  return outer.source === inner.source && outer.start <= inner.start && inner.end <= outer.end;
}

/** Keys by which people tell the items of a list apart, the best first. */
const telling = ['name', 'title', 'at', 'code', 'label'];

/** An item of a list by what it is rather than by where it stands: another item before it changes nothing then. */
function itemName(item: Located, index: number): string {
  if (item.kind === 'scalar') return `[${String(item.value)}]`;
  if (item.kind === 'map') {
    for (const key of telling) {
      const value = item.entries.get(key)?.value;
      if (value?.kind === 'scalar' && value.value !== null) return `[${String(value.value)}]`;
    }
  }
  return `[${index}]`;
}

function find(node: Located, range: Range): readonly string[] | undefined {
  if (node.kind === 'map') {
    for (const [key, entry] of node.entries) {
      if (contains(entry.key.range, range)) return [key];
      const below = find(entry.value, range);
      if (below !== undefined) return [key, ...below];
    }
  } else if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) {
      const below = find(item, range);
      if (below !== undefined) return [itemName(item, index), ...below];
    }
  }
  return contains(node.range, range) ? [] : undefined;
}

/**
 * The path of the innermost entry that holds a range, `alerts.QueueGrowing.expr`: it stays when lines are added before it, or the entry
 * moves to an imported file. Empty where the range lies in no entry.
 */
export function placeOf(root: Located, range: Range): string {
  return (find(root, range) ?? []).join('.').replaceAll('.[', '[');
}
