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
 * A row of a benchmark with its medians; `spread` is the lowest and the highest of ours. `times` are taken round by round, since both
 * sides of a round had the same to suffer from the rest of the machine: how many times ours a peer's value is, and how many times the
 * floor ours is.
 */
export function measuredRow(row, figures) {
  const middle = (reference) => rounded(median(valuesOf(reference, figures)));
  const ofPeers = (value) => Object.fromEntries(Object.entries(row.peers ?? {}).map(value));
  const all = valuesOf(row.ours, figures);
  const ours = middle(row.ours);
  const times = {
    ...(row.floor === undefined ? {} : { floor: middle([row.ours, row.floor]) }),
    ...ofPeers(([peer, reference]) => [peer, middle([reference, row.ours])]),
  };
  return {
    name: row.name,
    unit: row.unit,
    ours,
    peers: ofPeers(([peer, reference]) => [peer, middle(reference)]),
    ...(row.floor === undefined ? {} : { floor: middle(row.floor) }),
    ratios: ofPeers(([peer, reference]) => [peer, middle([row.ours, reference])]),
    ...(row.goal === undefined
      ? {}
      : { goal: row.goal, ok: row.atLeast === true ? ours >= row.goal : ours <= row.goal }),
    spread: [rounded(Math.min(...all)), rounded(Math.max(...all))],
    times,
    comparisons: Object.entries(row.goals ?? {}).map(([against, goal]) => ({
      against,
      goal,
      ok: against === 'floor' ? times.floor <= goal : times[against] >= goal,
    })),
  };
}

/** The row for a file: each goal against a peer or the floor is a row of its own. */
export function writtenRows({ times, comparisons, ...row }) {
  const rows = comparisons.map(({ against, goal, ok }) => ({
    bench: row.bench,
    name: `${row.name}: ${against === 'floor' ? 'ours / floor' : `${against} / ours`}`,
    unit: 'x',
    ours: times[against],
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
