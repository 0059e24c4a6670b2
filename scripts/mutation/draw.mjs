/** A number of things by chance (Fisher and Yates), the same for the same seed; all of them where the number is 0. */
export function drawn(things, count, seed) {
  if (count === 0 || count >= things.length) return things;
  const random = generator(seed);
  const left = [...things];
  return Array.from({ length: count }, () => {
    const at = Math.floor(random() * left.length);
    const [one] = left.splice(at, 1);
    return one;
  });
}

/** Mulberry32: 32 bits of state, enough to draw with. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
