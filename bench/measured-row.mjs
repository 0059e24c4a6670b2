/** The middle of a list of numbers; of an even number of them, the mean of the two in the middle. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Three significant digits and no more than three places: what a measurement can carry. */
export function rounded(number) {
  return Number(number.toPrecision(Math.max(3, Math.ceil(Math.log10(Math.abs(number) + 1)))));
}

/** The cases that a row's values come from. */
export function casesOf({ ours, floor, peers = {} }) {
  return [ours, floor ?? [], Object.values(peers)].flat(2).map((reference) => splitReference(reference)[0]);
}

/**
 * A row of a benchmark with its medians; `spread` is the lowest and the highest of ours.
 * `comparisons` are the goals against the floor and the peers: how many times ours the peer's value is, and how many times the floor
 * ours is; both round by round.
 */
export function measuredRow(row, figures) {
  const middle = (reference) => rounded(median(valuesOf(reference, figures)));
  const all = valuesOf(row.ours, figures);
  const ours = rounded(median(all));
  const peers = Object.fromEntries(
    Object.entries(row.peers ?? {}).map(([peer, reference]) => [peer, middle(reference)]),
  );
  return {
    name: row.name,
    unit: row.unit,
    ours,
    peers,
    ...(row.floor === undefined ? {} : { floor: middle(row.floor) }),
    ratios: Object.fromEntries(Object.entries(peers).map(([peer, value]) => [peer, rounded(ours / value)])),
    ...(row.goal === undefined
      ? {}
      : { goal: row.goal, ok: row.atLeast === true ? ours >= row.goal : ours <= row.goal }),
    spread: [rounded(Math.min(...all)), rounded(Math.max(...all))],
    comparisons: Object.entries(row.goals ?? {}).map(([against, goal]) => {
      const isFloor = against === 'floor';
      const pair = isFloor ? [row.ours, row.floor] : [row.peers[against], row.ours];
      const times = middle(pair);
      return { against, times, goal, ok: isFloor ? times <= goal : times >= goal };
    }),
  };
}

/** The row as it is written to a file: each goal is a row of its own. */
export function writtenRows({ comparisons, ...row }) {
  const rows = comparisons.map(({ against, times, goal, ok }) => ({
    bench: row.bench,
    name: `${row.name}: ${against === 'floor' ? 'ours / floor' : `${against} / ours`}`,
    unit: 'x',
    ours: times,
    peers: {},
    ratios: {},
    goal,
    ok,
  }));
  return [row, ...rows];
}

/** The values of 'CASE.FIGURE' in each round; of a pair, the ratios, round by round. */
function valuesOf(reference, figures) {
  if (Array.isArray(reference)) {
    const [above, below] = reference.map((each) => valuesOf(each, figures));
    return above.map((value, round) => value / below[round]);
  }
  const [name, figure] = splitReference(reference);
  const values = figures.get(name)?.map((result) => result[figure]);
  if (values === undefined || !values.every(Number.isFinite)) throw new Error(`no figure ${reference}`);
  return values;
}

function splitReference(reference) {
  const dot = reference.lastIndexOf('.');
  return [reference.slice(0, dot), reference.slice(dot + 1)];
}
