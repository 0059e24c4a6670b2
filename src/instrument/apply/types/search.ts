/** Asks whether some of the items, all others left out, go wrong; the answer comes from outside. */
export type Search<T> = Generator<readonly T[], readonly T[], boolean>;

/**
 * Finds items to leave out so that the others together do not go wrong, by halves: few questions where few are to blame. Where only a
 * combination goes wrong, the later of its items is left out.
 * @param items together with `fixed` they go wrong
 * @param fixed do not go wrong by themselves
 */
export function* culpritsIn<T>(items: readonly T[], fixed: readonly T[] = []): Search<T> {
  if (items.length <= 1) return items;
  const middle = items.length >> 1;
  const [left, right] = [items.slice(0, middle), items.slice(middle)];
  if (!(yield [...fixed, ...left])) return yield* culpritsIn(right, [...fixed, ...left]);
  const ofLeft = yield* culpritsIn(left, fixed);
  const kept = [...fixed, ...left.filter((each) => !ofLeft.includes(each))];
  if (!(yield [...kept, ...right])) return ofLeft;
  return [...ofLeft, ...(yield* culpritsIn(right, kept))];
}
