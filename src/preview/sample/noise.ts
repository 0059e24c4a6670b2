/** Mixes the bits of a whole number of 32 bits. */
function mixed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A number of 32 bits from a text, the same on every machine. */
export function hashOf(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) | 0;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return mixed(hash);
}

/** A share from 0 to 1 (exclusive) from a text. */
export function shareOf(text: string, seed: number): number {
  return hashOf(text, seed) / 2 ** 32;
}

/** Numbers from 0 to 1 (exclusive), one after the other. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return mixed(state) / 2 ** 32;
  };
}

function latticeValue(seed: number, index: number): number {
  return mixed(seed + Math.imul(index, 0x9e3779b1)) / 2 ** 31 - 1;
}

/** A curve between -1 and 1 that takes a new direction once a period. @param time and @param period seconds */
export function wave(seed: number, time: number, period: number): number {
  const place = time / period;
  const index = Math.floor(place);
  const share = place - index;
  const smooth = share * share * (3 - 2 * share);
  const [before, after] = [latticeValue(seed, index), latticeValue(seed, index + 1)];
  return before + (after - before) * smooth;
}

/** The same with a finer one on top: what load looks like. */
export function roughness(seed: number, time: number): number {
  return 0.6 * wave(seed, time, 1700) + 0.4 * wave(seed + 1, time, 140);
}
