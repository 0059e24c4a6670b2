/** Which labels stay of a set: those named, or all but those named. */
export class LabelFilter {
  readonly mode: 'keep' | 'drop';
  readonly names: ReadonlySet<string>;
  /** Tells filters apart. */
  readonly key: string;

  constructor(mode: 'keep' | 'drop', names: Iterable<string>) {
    this.mode = mode;
    this.names = new Set(names);
    this.key = `${mode} ${[...this.names].sort().join(',')}`;
  }

  passes(name: string): boolean {
    return this.names.has(name) === (this.mode === 'keep');
  }
}

/** Takes the metric's name away. */
export const nameless = new LabelFilter('drop', ['__name__']);

/** Labels and their values, the metric's name among them as __name__. Sets made by one `Labels` are equal exactly if they are the same. */
export class LabelSet {
  readonly map: ReadonlyMap<string, string>;
  readonly #all: Labels;
  readonly #filtered = new Map<string, LabelSet>();

  constructor(all: Labels, map: ReadonlyMap<string, string>) {
    this.map = map;
    this.#all = all;
  }

  /** The value of a label; empty where there is none, which is the same to Prometheus. */
  get(name: string): string {
    return this.map.get(name) ?? '';
  }

  filter(filter: LabelFilter): LabelSet {
    const known = this.#filtered.get(filter.key);
    if (known !== undefined) return known;
    const made = this.#all.of([...this.map].filter(([name]) => filter.passes(name)));
    this.#filtered.set(filter.key, made);
    return made;
  }

  /** With labels set, or removed where their value is empty. */
  with(changes: Iterable<readonly [name: string, value: string]>): LabelSet {
    return this.#all.of([...this.map, ...changes]);
  }
}

function compare([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Every set of labels that an evaluation has met, each once. */
export class Labels {
  readonly #known = new Map<string, LabelSet>();
  readonly none: LabelSet = this.of([]);

  /** The set of some labels: of a name that stands twice, the last value holds; empty values are left out. */
  of(pairs: Iterable<readonly [name: string, value: string]>): LabelSet {
    const sorted = [...new Map(pairs)].filter(([, value]) => value !== '').sort(compare);
    const key = sorted.map(([name, value]) => `${name}\u0000${value}`).join('\u0001');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = new LabelSet(this, new Map(sorted));
    this.#known.set(key, made);
    return made;
  }
}
