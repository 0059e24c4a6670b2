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

/** The values of 'CASE.FIGURE' in each round; of a pair, the ratios, round by round. */
function valuesOf(reference, figures) {
  if (Array.isArray(reference)) {
    const [above, below] = reference.map((each) => valuesOf(each, figures));
    return above.map((value, round) => value / below[round]);
  }
  const dot = reference.lastIndexOf('.');
  const results = figures.get(reference.slice(0, dot));
  const values = results?.map((result) => result[reference.slice(dot + 1)]);
  if (values === undefined || !values.every(Number.isFinite)) throw new Error(`no figure ${reference}`);
  return values;
}

/** A row of a benchmark with its medians; `spread` is the lowest and the highest of ours. */
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
  };
}
