/** One row of a scraped page. */
export interface Row {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

const rowForm = /^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)/;
const labelForm = /(?<name>[a-zA-Z_]\w*)="(?<value>(?:[^"\\]|\\.)*)"/g;

/** The rows of the service's page of metrics. */
export async function scrape(address: string): Promise<Page> {
  const response = await fetch(`${address}/metrics`);
  const rows: Row[] = [];
  for (const line of (await response.text()).split('\n')) {
    if (line.startsWith('#')) continue;
    const groups = rowForm.exec(line)?.groups;
    if (groups === undefined) continue;
    const labels = new Map<string, string>();
    for (const match of (groups['labels'] ?? '').matchAll(labelForm)) {
      labels.set(match.groups?.['name'] ?? '', match.groups?.['value'] ?? '');
    }
    rows.push({ name: groups['name'] ?? '', labels, value: parseValue(groups['value'] ?? '') });
  }
  return new Page(rows);
}

function parseValue(text: string): number {
  return text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text);
}

/** Questions that the summary asks of a page. */
export class Page {
  readonly #rows: readonly Row[];

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
  }

  sum(name: string): number {
    return this.#named(name).reduce((sum, row) => sum + row.value, 0);
  }

  /** Sums by the values of labels, largest first, zeros left out. */
  sumsBy(name: string, ...labels: readonly string[]): readonly (readonly [string, number])[] {
    const sums = new Map<string, number>();
    for (const row of this.#named(name)) {
      const key = labels.map((label) => row.labels.get(label) ?? '').join(' ');
      sums.set(key, (sums.get(key) ?? 0) + row.value);
    }
    return [...sums].filter(([, value]) => value > 0).sort((left, right) => right[1] - left[1]);
  }

  /** A quantile of a histogram over all its labels, linear within a bucket, as histogram_quantile works it out. */
  quantile(name: string, q: number): number | undefined {
    const counts = new Map<number, number>();
    for (const row of this.#named(`${name}_bucket`)) {
      const bound = parseValue(row.labels.get('le') ?? '');
      counts.set(bound, (counts.get(bound) ?? 0) + row.value);
    }
    const buckets = [...counts].sort((left, right) => left[0] - right[0]);
    const rank = (buckets.at(-1)?.[1] ?? 0) * q;
    if (rank === 0) return undefined;
    let [lower, below] = [0, 0];
    for (const [bound, count] of buckets) {
      if (count >= rank) {
        return bound === Number.POSITIVE_INFINITY
          ? lower
          : lower + ((bound - lower) * (rank - below)) / (count - below);
      }
      [lower, below] = [bound, count];
    }
    return undefined;
  }

  #named(name: string): readonly Row[] {
    return this.#rows.filter((row) => row.name === name);
  }
}
