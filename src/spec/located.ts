import type { Range } from '../diagnostics/diagnostic.js';
import type { Text } from '../diagnostics/text.js';

/**
 * YAML as a tree in which every key and value knows its place. Presets, imports and the user's file are merged in this form, so that a
 * diagnostic on a merged value still points to the file that the value came from.
 */
export type Located = LocatedMap | LocatedSequence | LocatedScalar;

export interface LocatedMap {
  readonly kind: 'map';
  readonly range: Range;
  /** In the order of the file. Keys may be `__proto__` and the like: this is a Map, never an object. */
  readonly entries: ReadonlyMap<string, LocatedEntry>;
}

export interface LocatedEntry {
  readonly key: Text;
  readonly value: Located;
  /** The preset that this entry came from, where it did not come from a file of the user. */
  readonly preset?: string | undefined;
}

export interface LocatedSequence {
  readonly kind: 'sequence';
  readonly range: Range;
  readonly items: readonly Located[];
}

export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly range: Range;
  readonly value: string | number | boolean | null;
  /** The characters of a string and where they stand; for other scalars, the source text. */
  readonly text: Text;
}

/** Whether an alias stands here: it was refused, and nothing is known of the value that was meant. */
export function isAlias(node: Located): boolean {
  return node.kind === 'scalar' && node.value === null && node.text.value.startsWith('*');
}

/** Whether nothing stands here, or a written null. */
export function isNull(node: Located): boolean {
  return node.kind === 'scalar' && node.value === null && !isAlias(node);
}

/** A step into the tree: a key of a map or an index of a sequence. */
export type Path = readonly (string | number)[];

/** The value at a path, or undefined where the path leaves the tree. */
export function locate(root: Located, path: Path): Located | undefined {
  let node: Located | undefined = root;
  for (const step of path) {
    if (node?.kind === 'map') node = node.entries.get(String(step))?.value;
    else if (node?.kind === 'sequence') node = node.items[Number(step)];
    else return undefined;
  }
  return node;
}

/** The key that the last step of a path names; undefined for an item of a sequence and for the root. */
export function locateKey(root: Located, path: Path): Text | undefined {
  const parent = locate(root, path.slice(0, -1));
  return parent?.kind === 'map' ? parent.entries.get(String(path.at(-1)))?.key : undefined;
}
