// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { overflowAccount } from '../account.js';
import type { DropReason } from '../account.js';
import { monotonicSeconds } from '../host.js';
import type { Exemplar } from './exemplar.js';
import { updated } from './family.js';
import type { Aggregate, Family } from './family.js';
import { HashedRows } from './hashed-rows.js';
import { IdleRows } from './idle-rows.js';
import { lookupFailure } from './label-table.js';
import type { LabelTable, LabelUser } from './label-table.js';
import { DenseRows, isSparse } from './row-layout.js';
import type { RowLayout } from './row-layout.js';
import { noRow, Slab } from './slab.js';
import type { SlabDefinition } from './slab.js';

/** What a store has to know of its metric. */
export interface StoreDefinition extends SlabDefinition {
  readonly help: string;
  readonly aggregate: Aggregate;
  /** Name on the wire and table of each label. */
  readonly labels: readonly (readonly [name: string, table: LabelTable])[];
  /** Whether rows that are known beforehand are made before their first event. */
  readonly initialised: boolean;
  /** A row that nobody touched for so long is freed; undefined: never. */
  readonly expireAfterSeconds: number | undefined;
  /** Called before the first row is made. */
  readonly beforeFirst: (family: Family) => void;
  /** Called after a reset. */
  readonly afterReset?: () => void;
}

/** The values of one metric: its memory, and how label sets lead to rows of it. */
export class MetricStore extends Slab implements Family, LabelUser {
  // Declared only, as in the slab.
  declare readonly help: string;
  declare readonly aggregate: Aggregate;
  declare readonly labelNames: readonly string[];
  declare readonly caps: readonly (number | undefined)[];
  /** Where rows are made as label sets occur. */
  declare readonly hashed: HashedRows | undefined;
  /** Whether the last `locate` met a value beyond its label's cap. */
  declare overflowed: boolean;
  declare private readonly definition: StoreDefinition;
  declare private readonly layout: RowLayout;
  declare private readonly idle: IdleRows | undefined;
  /** Rows that were taken off the page since the last reading, where rows are freed. */
  declare private readonly removed: Set<number>;
  declare private readonly readers: Set<() => void>;
  declare private begun: boolean;

  constructor(definition: StoreDefinition) {
    super(definition);
    const { labels, expireAfterSeconds } = definition;
    const shown = labels.filter(([, table]) => !table.isDropped);
    const dimensions = labels.map(([, table]) => ({
      size: table.dimension,
      isDynamic: table.kind !== 'closed',
    }));
    this.help = definition.help;
    this.aggregate = definition.aggregate;
    this.labelNames = shown.map(([name]) => name);
    this.caps = shown.map(([, { kind, cap }]) => (kind === 'closed' ? undefined : cap));
    this.hashed = isSparse(dimensions, this.width) ? new HashedRows(dimensions) : undefined;
    this.overflowed = false;
    this.definition = definition;
    this.layout = this.hashed ?? new DenseRows(dimensions);
    this.idle = expireAfterSeconds === undefined ? undefined : new IdleRows(expireAfterSeconds);
    this.removed = new Set();
    this.readers = new Set();
    this.begun = false;
    for (const [, table] of labels) table.usedBy(this);
    this.initialise();
  }

  get rowCount(): number {
    return Math.min(this.hashed?.size ?? Infinity, this.state.length);
  }

  /** The table of a label by its name on the wire, also of one that the operator has dropped. */
  tableOf(label: string): LabelTable | undefined {
    return this.definition.labels.find(([name]) => name === label)?.[1];
  }

  /**
   * The row of a label set, values in the order of the labels, on the slow way: admits new values, counts those beyond a cap, and
   * counts what is wrong. `noRow` where the update is to be dropped. Never throws.
   */
  locate(values: readonly unknown[]): number {
    const { labels } = this.definition;
    this.overflowed = false;
    const ordinals = new Array<number>(labels.length).fill(0);
    let index = 0;
    for (const [, table] of labels) {
      const ordinal = table.lookup(values[index]);
      if (ordinal < 0 && ordinal !== lookupFailure.unknown) return this.drop(failureReason(ordinal));
      ordinals[index++] = ordinal;
    }
    // Nothing is wrong: only now may a new value take a place under its cap.
    index = 0;
    for (const [name, table] of labels) {
      const value = values[index];
      const known = ordinals[index] ?? 0;
      const ordinal = known < 0 ? table.admit(value) : known;
      ordinals[index++] = ordinal;
      if (!table.isOverflow(ordinal, value)) continue;
      this.overflowed = true;
      overflowAccount.add(this.name, name);
    }
    return this.layout.rowOf(ordinals);
  }

  /** The row of a label set that may not exist; `noRow` where it does not. Admits nothing, counts nothing. */
  find(values: readonly unknown[]): number {
    const ordinals = this.definition.labels.map(([, table], index) => table.lookup(values[index]));
    if (ordinals.some((ordinal) => ordinal < 0)) return noRow;
    const row = this.layout.find(ordinals);
    return this.isLive(row) ? row : noRow;
  }

  labelValues(row: number): readonly string[] {
    const ordinals = this.layout.ordinalsOf(row);
    const values: string[] = [];
    this.definition.labels.forEach(([, table], index) => {
      if (!table.isDropped) values.push(table.text(ordinals[index] ?? 0));
    });
    return values;
  }

  get hasExemplars(): boolean {
    return this.exemplars !== undefined;
  }

  exemplar(row: number, bucket: number): Exemplar | undefined {
    return this.exemplars?.of(row, bucket);
  }

  refresh(): void {
    for (const read of this.readers) {
      try {
        read();
      } catch {
        this.drop('internal_error');
      }
    }
    this.exemplars?.nextReading();
    if (this.idle !== undefined) {
      const removed = [...this.removed].filter((row) => !this.isLive(row));
      this.removed.clear();
      this.freeRows([...removed, ...this.idle.collect(this, monotonicSeconds())]);
    }
  }

  /** Runs a function before each reading; returns a function that ends this. */
  beforeReading(read: () => void): () => void {
    this.begin();
    this.readers.add(read);
    return () => {
      this.readers.delete(read);
    };
  }

  override remove(row: number): void {
    if (this.idle !== undefined && this.isLive(row)) this.removed.add(row);
    super.remove(row);
  }

  reset(): void {
    for (let row = 0; row < this.rowCount; row += 1) this.remove(row);
    this.definition.afterReset?.();
    this.initialise();
  }

  registered(): void {
    this.initialise();
  }

  keepUsed(table: LabelTable, ordinals: Set<number>): void {
    const places = this.definition.labels.flatMap(([, each], index) => (each === table ? [index] : []));
    for (let row = 0; row < this.rowCount && ordinals.size > 0; row += 1) {
      if (!this.isLive(row)) continue;
      const used = this.layout.ordinalsOf(row);
      for (const place of places) ordinals.delete(used[place] ?? 0);
    }
  }

  released(): void {
    this.generation += 1;
  }

  /** Frees rows, and the label values that no row has any more. */
  private freeRows(rows: readonly number[]): void {
    if (rows.length === 0) return;
    const { labels } = this.definition;
    const ordinals = labels.map(() => new Set<number>());
    for (const row of rows) {
      this.layout.ordinalsOf(row).forEach((ordinal, index) => ordinals[index]?.add(ordinal));
      super.remove(row);
      this.layout.free(row);
    }
    this.generation += 1;
    labels.forEach(([, table], index) => {
      table.release(ordinals[index] ?? []);
    });
  }

  /** Says that rows are to be expected. */
  protected begin(): void {
    if (this.begun) return;
    this.begun = true;
    this.definition.beforeFirst(this);
  }

  protected room(row: number): number {
    return this.layout.room(row);
  }

  /** Makes the rows that are known beforehand: of each combination where all labels are closed or registered. */
  private initialise(): void {
    const { initialised, labels } = this.definition;
    if (!initialised || !labels.every(([, table]) => table.isSettled)) return;
    let sets: number[][] = [[]];
    for (const [, table] of labels) {
      sets = sets.flatMap((set) => table.admitted().map((ordinal) => [...set, ordinal]));
    }
    for (const set of sets) {
      const row = this.layout.rowOf(set);
      if (this.reserve(row) && !this.isLive(row)) this.state[row] = updated;
    }
  }
}

function failureReason(ordinal: number): DropReason {
  if (ordinal === lookupFailure.missing) return 'missing_label';
  return ordinal === lookupFailure.undeclared ? 'undeclared_value' : 'wrong_type';
}
