import type { Range } from '../diagnostics/diagnostic.js';
import type { Text } from '../diagnostics/text.js';
import { locate, type Located, type LocatedEntry } from '../spec/located.js';

/** Where an entry was written. */
export interface Origin {
  /** The key that names the entry: where most diagnostics point. */
  readonly key: Range;
  /** The entry's value. */
  readonly value: Range;
  /** The preset that the entry came from; undefined for the user's own and imported ones. */
  readonly preset: string | undefined;
  /** The range of the value of one of the entry's keys, for diagnostics on it; the entry's key where there is none. */
  of(...path: (string | number)[]): Range;
  /** The text of a string below the entry; undefined where there is none. */
  text(...path: (string | number)[]): Text | undefined;
}

/**
 * The keys of an entry that the schema stage had to replace because they were invalid, or whose references lead nowhere: that has been
 * reported, and rules that depend on these keys stay silent.
 */
export type Repaired = ReadonlySet<string>;

/** Looks places up in the tree when they are asked for: most entries of a spec never have a finding. */
class LocatedOrigin implements Origin {
  readonly key: Range;
  readonly preset: string | undefined;
  readonly #value: Located;

  constructor(key: Range, value: Located, preset: string | undefined) {
    this.key = key;
    this.#value = value;
    this.preset = preset;
    Object.freeze(this);
  }

  get value(): Range {
    return this.#value.range;
  }

  of(...path: (string | number)[]): Range {
    return locate(this.#value, path)?.range ?? this.key;
  }

  text(...path: (string | number)[]): Text | undefined {
    const node = locate(this.#value, path);
    return node?.kind === 'scalar' && typeof node.value === 'string' ? node.text : undefined;
  }
}

/** The origin of an entry of a map: its key names it. */
export function originOfEntry(entry: LocatedEntry): Origin {
  return new LocatedOrigin(entry.key.range, entry.value, entry.preset);
}

/**
 * The origin of an item of a list, which has no key of its own: the value of the key that tells items apart stands for it, or else the
 * item's first key.
 */
export function originOfItem(item: Located, nameKey: string, preset?: string): Origin {
  const named = locate(item, [nameKey])?.range;
  const [first] = item.kind === 'map' ? item.entries.values() : [];
  return new LocatedOrigin(named ?? first?.key.range ?? item.range, item, preset);
}

/** A string that stands nowhere character by character: all of it is at one range. */
export function textAt(value: string, range: Range): Text {
  return { value, range, slice: () => range };
}
