/** One series of the sample. */
export interface Row {
  readonly name: string;
  /** Labels with the scrape's own, sorted by name, without __name__. */
  readonly labels: readonly (readonly [name: string, value: string])[];
  /** Whether its values only grow: between coarse samples nothing is lost of those. */
  readonly cumulative: boolean;
  /** Writes its values at the shared times from one index to another (exclusive) to the start of `values`. */
  fill(values: Float64Array, from: number, to: number): void;
  /** The indices of the shared times at which it ends, until it goes on. */
  readonly ends?: ReadonlySet<number> | undefined;
}

/** A family of series on the scraped page. */
export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'unknown';
  readonly help: string;
  readonly rows: readonly Row[];
}

type Pair = readonly [name: string, value: string];

/** Labels in the order of their names. */
export function sortedLabels(pairs: readonly Pair[]): readonly Pair[] {
  return pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
