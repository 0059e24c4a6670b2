// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/**
 * A function that gives each value of a closed label a slot of its own, found by the compiler: two characters and the length tell
 * the values apart. It costs the same for any number of values, and needs no table of the engine's own.
 */
export interface ValueHash {
  /** Place of a character, from the beginning. */
  readonly first: number;
  /** Place of a character, from the end. */
  readonly last: number;
  readonly factor: number;
  /** One less than the number of slots, which is a power of two. */
  readonly mask: number;
}

/** The slot of a text; of one that is too short for the places, 0. */
export function slotOf(text: string, { first, last, factor, mask }: ValueHash): number {
  const { length } = text;
  return (text.charCodeAt(first) * factor + text.charCodeAt(length - 1 - last) * 31 + length) & mask;
}

/** The place of a value among the values of a label; -1 where it is none of them. */
export function hashedOrdinal(values: readonly string[], hash: ValueHash): (value: unknown) => number {
  const texts = new Array<string>(hash.mask + 1).fill('');
  const ordinals = new Int32Array(hash.mask + 1).fill(-1);
  values.forEach((value, ordinal) => {
    const slot = slotOf(value, hash);
    texts[slot] = value;
    ordinals[slot] = ordinal;
  });
  return (value) => {
    if (typeof value !== 'string') return -1;
    const slot = slotOf(value, hash);
    return texts[slot] === value ? (ordinals[slot] ?? -1) : -1;
  };
}
