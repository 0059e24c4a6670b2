import { randomFrom } from '../random-from.mjs';

/** A number of things by chance (Fisher and Yates), the same for the same seed; all of them where the number is 0. */
export function drawn(things, count, seed) {
  if (count === 0 || count >= things.length) return things;
  const random = randomFrom(seed);
  const left = [...things];
  return Array.from({ length: count }, () => {
    const at = Math.floor(random() * left.length);
    const [one] = left.splice(at, 1);
    return one;
  });
}
