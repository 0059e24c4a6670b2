import type { Range } from '../diagnostics/diagnostic.js';
import type { Text } from '../diagnostics/text.js';
import { locate, type Located, type LocatedEntry } from '../spec/located.js';
import type { Origin } from './model.js';

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
