// Tables of random labels and values. A loop that reads them cannot be folded into a constant, and they are small enough to stay in the
// processor's cache, so that what is measured is the library and not the harness.

/** Entries of a table: a power of two, so that `index & mask` walks round it. */
export const size = 512;
export const mask = size - 1;

/** Numbers in [0, 1), the same for the same seed: xorshift of 32 bits. */
export function randomNumbers(seed) {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}

/** A table of ordinals below `count`; with `skew`, that share of them is 0. */
export function ordinals(seed, count, skew = 0) {
  const random = randomNumbers(seed);
  return Uint16Array.from({ length: size }, () => (random() < skew ? 0 : Math.floor(random() * count)));
}

/** A table of label values. */
export function texts(seed, values, skew = 0) {
  return Array.from(ordinals(seed, values.length, skew), (ordinal) => values[ordinal]);
}

/** A table of durations from 2.5 ms to 400 s; with `skew`, that share of them is around 200 ms. */
export function durations(seed, skew = 0) {
  const random = randomNumbers(seed);
  return boxed(
    Array.from({ length: size }, () =>
      random() < skew ? 0.15 + 0.09 * random() : Math.exp(random() * 12 - 6),
    ),
  );
}

/**
 * The same numbers, each an object on the heap already: from an array of nothing but numbers, the engine makes such an object whenever
 * one is handed to a function that it does not inline, and the bytes would be counted against that function.
 */
function boxed(numbers) {
  const mixed = ['', ...numbers];
  mixed.shift();
  return mixed;
}
