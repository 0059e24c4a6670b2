/** The lines of a text, each with its line end; a last line without one is a line too. A lone CR ends none, as for git. */
export function linesOf(text: string): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const next = end < 0 ? text.length : end + 1;
    lines.push(text.slice(start, next));
    start = next;
  }
  return lines;
}

/** A stretch of lines that gives way to another one; either may be empty. Lines count from 0, ends are exclusive. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Where more lines than this differ between two anchors, the stretch is replaced as a whole. */
const mostSteps = 400;

/**
 * What differs between two lists of lines, in order. Lines that occur once on both sides anchor the comparison, which keeps methods
 * together as people would; between anchors it is the shortest edit.
 */
export function changesOf(before: readonly string[], after: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  compare({ from: 0, to: before.length, newFrom: 0, newTo: after.length }, before, after, changes);
  return joined(changes);
}

function compare(
  stretch: Change,
  before: readonly string[],
  after: readonly string[],
  changes: Change[],
): void {
  let { from, to, newFrom, newTo } = stretch;
  while (from < to && newFrom < newTo && before[from] === after[newFrom]) {
    from += 1;
    newFrom += 1;
  }
  while (from < to && newFrom < newTo && before[to - 1] === after[newTo - 1]) {
    to -= 1;
    newTo -= 1;
  }
  const rest = { from, to, newFrom, newTo };
  if (from === to && newFrom === newTo) return;
  if (from === to || newFrom === newTo) {
    changes.push(rest);
    return;
  }
  const anchors = anchorsIn(rest, before, after);
  if (anchors.length === 0) {
    shortest(rest, before, after, changes);
    return;
  }
  let [at, newAt] = [from, newFrom];
  for (const [line, newLine] of anchors) {
    compare({ from: at, to: line, newFrom: newAt, newTo: newLine }, before, after, changes);
    [at, newAt] = [line + 1, newLine + 1];
  }
  compare({ from: at, to, newFrom: newAt, newTo }, before, after, changes);
}

/** Lines that occur once on either side, as many of them as stand in the same order on both. */
function anchorsIn(
  { from, to, newFrom, newTo }: Change,
  before: readonly string[],
  after: readonly string[],
): readonly (readonly [number, number])[] {
  const places = new Map<string, number>();
  for (let line = from; line < to; line += 1) {
    const text = before[line] ?? '';
    places.set(text, places.has(text) ? -1 : line);
  }
  const newPlaces = new Map<string, number>();
  for (let line = newFrom; line < newTo; line += 1) {
    const text = after[line] ?? '';
    if (places.has(text)) newPlaces.set(text, newPlaces.has(text) ? -1 : line);
  }
  const pairs: (readonly [number, number])[] = [];
  for (const [text, newLine] of newPlaces) {
    const line = places.get(text) ?? -1;
    if (line >= 0 && newLine >= 0) pairs.push([line, newLine]);
  }
  return increasing(pairs);
}

/** The longest run of pairs, in the order of the second, whose first increase too. */
function increasing(pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const tops: number[] = [];
  const previous: number[] = [];
  pairs.forEach(([line], index) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[0] ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (tops[low - 1] ?? -1);
    tops[low] = index;
  });
  const found: (readonly [number, number])[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) found.push(pair);
  }
  return found.reverse();
}

/** The greedy comparison of Myers: how far each diagonal reaches after each step is kept for the way back. */
function shortest(
  stretch: Change,
  before: readonly string[],
  after: readonly string[],
  changes: Change[],
): void {
  const { from, newFrom } = stretch;
  const [length, newLength] = [stretch.to - from, stretch.newTo - newFrom];
  const most = Math.min(length + newLength, mostSteps);
  const steps: Int32Array[] = [];
  const reach = new Int32Array(2 * most + 3);
  const middle = most + 1;
  for (let step = 0; step <= most; step += 1) {
    steps.push(reach.slice());
    for (let diagonal = -step; diagonal <= step; diagonal += 2) {
      let x = goesDown(reach, middle, diagonal, step)
        ? (reach[middle + diagonal + 1] ?? 0)
        : (reach[middle + diagonal - 1] ?? 0) + 1;
      while (x < length && x - diagonal < newLength && before[from + x] === after[newFrom + x - diagonal])
        x += 1;
      reach[middle + diagonal] = x;
      if (x >= length && x - diagonal >= newLength) {
        changes.push(...wayBack(steps, middle, stretch));
        return;
      }
    }
  }
  changes.push(stretch);
}

/** Whether the furthest way to a diagonal is by a new line, rather than by one that goes. */
function goesDown(reach: Int32Array, middle: number, diagonal: number, step: number): boolean {
  if (diagonal === -step) return true;
  if (diagonal === step) return false;
  return (reach[middle + diagonal - 1] ?? 0) < (reach[middle + diagonal + 1] ?? 0);
}

function wayBack(steps: readonly Int32Array[], middle: number, stretch: Change): readonly Change[] {
  const { from, newFrom } = stretch;
  let x = stretch.to - from;
  let y = stretch.newTo - newFrom;
  const found: Change[] = [];
  for (let step = steps.length - 1; step > 0; step -= 1) {
    const reach = steps[step] ?? new Int32Array();
    const diagonal = x - y;
    const down = goesDown(reach, middle, diagonal, step);
    const before = down ? diagonal + 1 : diagonal - 1;
    x = reach[middle + before] ?? 0;
    y = x - before;
    found.push({
      from: from + x,
      to: from + x + (down ? 0 : 1),
      newFrom: newFrom + y,
      newTo: newFrom + y + (down ? 1 : 0),
    });
  }
  return found.reverse();
}

/** Changes that touch are one. */
function joined(changes: readonly Change[]): readonly Change[] {
  const result: Change[] = [];
  for (const change of changes) {
    const last = result.at(-1);
    if (last !== undefined && last.to === change.from && last.newTo === change.newFrom) {
      result[result.length - 1] = { ...last, to: change.to, newTo: change.newTo };
    } else result.push(change);
  }
  return result;
}
