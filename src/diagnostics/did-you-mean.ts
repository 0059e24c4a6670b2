/**
 * How many slips a word may hold and still be meant as another: none in a word of two letters, one up to five, then a third of its
 * length. More would offer words that have nothing to do with what was typed.
 */
function tolerance(length: number): number {
  if (length <= 2) return 0;
  return length <= 5 ? 1 : Math.min(4, Math.floor(length / 3));
}

/**
 * Distance of two words in insertions, deletions, replacements and swaps of neighbours (optimal string alignment), or `limit + 1`
 * where it is larger than `limit`: only the band that can stay within the limit is computed.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const beyond = limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = Array.from({ length: b.length + 1 }, () => beyond);
    current[0] = row;
    let least = beyond;
    const last = Math.min(b.length, row + limit);
    for (let column = Math.max(1, row - limit); column <= last; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column] ?? beyond) + 1,
        (current[column - 1] ?? beyond) + 1,
        (previous[column - 1] ?? beyond) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (beforePrevious[column - 2] ?? beyond) + 1);
      current[column] = cost;
      least = Math.min(least, cost);
    }
    if (least > limit && row > limit) return beyond;
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(previous[b.length] ?? beyond, beyond);
}

/** Whether one word is the beginning of the other, and most of it: `warning` for `warn`, `runs` for `runs_total`. */
function isBeginning(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && short.length * 2 >= long.length && long.startsWith(short);
}

/** Words that differ in case and separators only are the same word in another spelling. */
const folded = (word: string): string => word.toLowerCase().replaceAll(/[-_. ]/g, '');

/**
 * The candidate that a person most likely meant by `word`; undefined where none is close. The answer does not depend on the order of
 * the candidates: of two at the same distance, the one with the longer common beginning wins, then the lesser in code-unit order.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = tolerance(word.length);
  const wanted = folded(word);
  let best: { readonly name: string; readonly distance: number; readonly prefix: number } | undefined;
  for (const name of candidates) {
    if (name === word || name === '') continue;
    const distance = distanceOf(word, name, Math.min(limit, best?.distance ?? limit), wanted);
    if (distance === undefined || distance > (best?.distance ?? Infinity)) continue;
    const prefix = commonPrefix(word, name);
    const isBetter =
      best === undefined ||
      distance < best.distance ||
      (distance === best.distance && (prefix > best.prefix || (prefix === best.prefix && name < best.name)));
    if (isBetter) best = { name, distance, prefix };
  }
  return best?.name;
}

/**
 * Whether names of several words differ by a whole word: `llm_duration_seconds` is no slip for `run_duration_seconds`, however few its
 * letters are.
 */
function hasOtherWord(a: string, b: string): boolean {
  const [ours, theirs] = [a.split(/[-_.]/), b.split(/[-_.]/)];
  if (ours.length === 1 || ours.length !== theirs.length) return false;
  return ours.some((word, index) => {
    const other = theirs[index] ?? '';
    const limit = Math.max(1, Math.floor(Math.max(word.length, other.length) / 2));
    return editDistance(word, other, limit) > limit;
  });
}

/** Less than any slip where only case and separators differ, more than any where one word is the beginning of the other. */
function distanceOf(word: string, name: string, bound: number, wanted: string): number | undefined {
  if (wanted !== '' && folded(name) === wanted) return 0.5;
  const distance = editDistance(word, name, Math.floor(bound));
  if (distance <= bound && !hasOtherWord(word, name)) return distance;
  return isBeginning(word, name) ? 10 : undefined;
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
