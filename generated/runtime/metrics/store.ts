// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { countDrop, overflowAccount } from '../account.js';
import type { DropReason } from '../account.js';
import { monotonicSeconds } from '../host.js';
import { Exemplars } from './exemplar.js';
import type { Exemplar } from './exemplar.js';
import { rowState, updated } from './family.js';
import type { Aggregate, Family } from './family.js';
import { HashedRows } from './hashed-rows.js';
import { IdleRows } from './idle-rows.js';
import { lookupFailure } from './label-table.js';
import type { LabelTable, LabelUser } from './label-table.js';
import { allocate, ownsMemory, relocated } from './memory.js';
import type { Relocatable } from './memory.js';
import { DenseRows, isSparse } from './row-layout.js';
import type { RowLayout } from './row-layout.js';

/** What a store has to know of its metric. */
export interface StoreDefinition {
  readonly name: string;
  readonly help: string;
  readonly type: Family['type'];
  readonly aggregate: Aggregate;
  /** Name on the wire and table of each label. */
  readonly labels: readonly (readonly [name: string, table: LabelTable])[];
  /** Upper bounds, ascending, without +Inf. */
  readonly bounds: readonly number[];
  readonly exemplars: boolean;
  /** Whether rows that are known beforehand are made before their first event. */
  readonly initialised: boolean;
  /** A row that nobody touched for so long is freed; undefined: never. */
  readonly expireAfterSeconds: number | undefined;
  /** Called before the first row is made. */
  readonly beforeFirst: (family: Family) => void;
  /** Called after a reset. */
  readonly afterReset?: () => void;
}

/** No row: what was wrong has been counted. */
export const noRow = -1;

/**
 * The values of one metric, in flat memory that grows with the label values it meets. One class for all kinds, so that the code of an
 * update, which all metrics share, sees one shape only.
 */
export class MetricStore implements Family, LabelUser, Relocatable {
  // Declared only: the constructor makes them, in this order, so that the engine knows their types and that what an update needs lies
  // together, whatever the compiler of the service makes of class fields.
  declare cells: Float64Array;
  declare state: Uint8Array;
  /** Rows that there is memory for. */
  declare capacity: number;
  declare generation: number;
  declare readonly exemplars: Exemplars | undefined;
  declare readonly width: number;
  /** `bounds`, and +Inf. */
  declare readonly limits: Float64Array;
  declare readonly name: string;
  declare readonly help: string;
  declare readonly type: Family['type'];
  declare readonly aggregate: Aggregate;
  declare readonly labelNames: readonly string[];
  declare readonly caps: readonly (number | undefined)[];
  declare readonly bounds: Float64Array;
  /** Where rows are made as label sets occur. */
  declare readonly hashed: HashedRows | undefined;
  /** Whether the last `locate` met a value beyond its label's cap. */
  declare overflowed: boolean;
  declare private readonly definition: StoreDefinition;
  declare private readonly layout: RowLayout;
  declare private readonly idle: IdleRows | undefined;
  declare private readonly readers: Set<() => void>;
  declare private begun: boolean;

  constructor(definition: StoreDefinition) {
    const { labels, bounds, type } = definition;
    const shown = labels.filter(([, table]) => !table.isDropped);
    const dimensions = labels.map(([, table]) => ({
      size: table.dimension,
      isDynamic: table.kind !== 'closed',
    }));
    const width = type === 'histogram' ? bounds.length + 2 : 1;
    this.cells = new Float64Array(0);
    this.state = new Uint8Array(0);
    this.capacity = 0;
    this.generation = 0;
    this.exemplars = definition.exemplars ? new Exemplars(Math.max(1, width - 1)) : undefined;
    this.width = width;
    this.limits = Float64Array.from([...bounds, Infinity]);
    this.name = definition.name;
    this.help = definition.help;
    this.type = type;
    this.aggregate = definition.aggregate;
    this.labelNames = shown.map(([name]) => name);
    this.caps = shown.map(([, { kind, cap }]) => (kind === 'closed' ? undefined : cap));
    this.bounds = Float64Array.from(bounds);
    this.hashed = isSparse(dimensions, width) ? new HashedRows(dimensions) : undefined;
    this.overflowed = false;
    this.definition = definition;
    this.layout = this.hashed ?? new DenseRows(dimensions);
    const { expireAfterSeconds } = definition;
    this.idle = expireAfterSeconds === undefined ? undefined : new IdleRows(expireAfterSeconds);
    this.readers = new Set();
    this.begun = false;
    for (const [, table] of labels) table.usedBy(this);
    ownsMemory(this);
    this.initialise();
  }

  get rowCount(): number {
    return this.hashed === undefined ? this.capacity : Math.min(this.hashed.size, this.capacity);
  }

  /**
   * The row of a label set, values in the order of the labels, on the slow way: admits new values, counts those beyond a cap, and
   * counts what is wrong. `noRow` where the update is to be dropped. Never throws.
   */
  locate(values: readonly unknown[]): number {
    const { labels } = this.definition;
    this.overflowed = false;
    const ordinals = labels.map(([, table], index) => table.lookup(values[index]));
    for (const ordinal of ordinals) {
      if (ordinal < 0 && ordinal !== lookupFailure.unknown) return this.drop(failureReason(ordinal));
    }
    // Nothing is wrong: only now may a new value take a place under its cap.
    labels.forEach(([name, table], index) => {
      const value = values[index];
      const known = ordinals[index] ?? 0;
      const ordinal = known < 0 ? table.admit(value) : known;
      ordinals[index] = ordinal;
      if (!table.isOverflow(ordinal, value)) return;
      this.overflowed = true;
      overflowAccount.add(this.name, name);
    });
    return this.layout.rowOf(ordinals);
  }

  /** The row of a label set that may not exist; `noRow` where it does not. Admits nothing, counts nothing. */
  find(values: readonly unknown[]): number {
    const ordinals = this.definition.labels.map(([, table], index) => table.lookup(values[index]));
    if (ordinals.some((ordinal) => ordinal < 0)) return noRow;
    const row = this.layout.rowOf(ordinals);
    return this.isLive(row) ? row : noRow;
  }

  /** Counts an update that cannot be recorded; answers `noRow`. */
  drop(reason: DropReason): number {
    countDrop(this.name, reason);
    return noRow;
  }

  /** Makes sure that there is memory for a row; false where there is none to be had. */
  reserve(row: number): boolean {
    this.begin();
    if (row < this.capacity) return true;
    try {
      this.resize(this.layout.room(row));
      return true;
    } catch {
      this.drop('internal_error');
      return false;
    }
  }

  isLive(row: number): boolean {
    return ((this.state[row] ?? 0) & rowState.live) !== 0;
  }

  /** Takes a row off the page, as if it had never been. */
  remove(row: number): void {
    if (!this.isLive(row)) return;
    this.cells.fill(0, row * this.width, (row + 1) * this.width);
    this.state[row] = rowState.dirty;
    this.exemplars?.clear(row);
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
    const freed = this.idle?.collect(this, monotonicSeconds()) ?? [];
    for (const row of freed) this.freeRow(row);
  }

  /** Runs a function before each reading; returns a function that ends this. */
  beforeReading(read: () => void): () => void {
    this.begin();
    this.readers.add(read);
    return () => {
      this.readers.delete(read);
    };
  }

  reset(): void {
    for (let row = 0; row < this.rowCount; row += 1) this.remove(row);
    this.definition.afterReset?.();
    this.initialise();
  }

  registered(): void {
    this.initialise();
  }

  uses(table: LabelTable, ordinal: number): boolean {
    const places = this.definition.labels.flatMap(([, each], index) => (each === table ? [index] : []));
    for (let row = 0; row < this.rowCount; row += 1) {
      if (!this.isLive(row)) continue;
      const ordinals = this.layout.ordinalsOf(row);
      if (places.some((place) => ordinals[place] === ordinal)) return true;
    }
    return false;
  }

  released(): void {
    this.generation += 1;
  }

  relocate(): void {
    if (this.capacity > 0) this.resize(this.capacity);
  }

  /** Frees a row, and the label values that no row has any more. */
  private freeRow(row: number): void {
    const ordinals = this.layout.ordinalsOf(row);
    this.remove(row);
    this.layout.free(row);
    this.generation += 1;
    this.definition.labels.forEach(([, table], index) => {
      table.release(ordinals[index] ?? 0);
    });
  }

  private resize(capacity: number): void {
    // One piece of memory, so that the value and the state of a row of a small metric lie together.
    const length = capacity * this.width;
    const memory = allocate(8 * length + capacity);
    const cells = new Float64Array(memory, 0, length);
    const state = new Uint8Array(memory, 8 * length, capacity);
    cells.set(this.cells);
    state.set(this.state);
    this.cells = cells;
    this.state = state;
    this.capacity = capacity;
    relocated(this);
  }

  /** Says that rows are to be expected. */
  private begin(): void {
    if (this.begun) return;
    this.begun = true;
    this.definition.beforeFirst(this);
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
