// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { countDrop } from '../account.js';
import type { DropReason } from '../account.js';
import { Exemplars } from './exemplar.js';
import { isLive, rowState, updated } from './family.js';
import type { Family } from './family.js';
import { allocate, ownsMemory, relocated } from './memory.js';
import type { Relocatable } from './memory.js';

/** No row: what was wrong has been counted. */
export const noRow = -1;

/** What a slab has to know of its metric. */
export interface SlabDefinition {
  readonly name: string;
  readonly type: Family['type'];
  /** Upper bounds of a histogram's buckets, ascending, without +Inf. */
  readonly bounds: readonly number[];
  readonly exemplars: boolean;
}

// What is read of an array below is within it: saying so by `as number` keeps the code short enough to be inlined, as `?? 0` would not.

/** Bounds are looked for among so many at once. */
const stride = 8;

/**
 * The flat memory of a metric, and its updates. One class for all kinds, whose updates are short enough for the engine to put them
 * into the code that calls them: then the labels of an update are never allocated.
 */
export abstract class Slab implements Relocatable {
  // Declared only: the constructor makes them, in this order, so that the engine knows their types and that what an update needs lies
  // together, whatever the compiler of the service makes of class fields.
  declare cells: Float64Array;
  /** One byte for each row that there is memory for. */
  declare state: Uint8Array;
  /** Another number after a row has changed its labels. */
  declare generation: number;
  declare readonly exemplars: Exemplars | undefined;
  declare readonly width: number;
  /** The buckets' bounds, +Inf included, filled up with +Inf to a multiple of the stride. */
  declare private readonly limits: Float64Array;
  declare readonly name: string;
  declare readonly type: Family['type'];
  declare readonly bounds: Float64Array;

  constructor({ name, type, bounds, exemplars }: SlabDefinition) {
    const width = type === 'histogram' ? bounds.length + 2 : 1;
    this.cells = new Float64Array(0);
    this.state = new Uint8Array(0);
    this.generation = 0;
    this.exemplars = exemplars ? new Exemplars(Math.max(1, width - 1)) : undefined;
    this.width = width;
    this.limits = new Float64Array(stride * Math.ceil((bounds.length + 1) / stride)).fill(Infinity);
    this.limits.set(bounds);
    this.name = name;
    this.type = type;
    this.bounds = Float64Array.from(bounds);
    ownsMemory(this);
  }

  /** Whether a counter or a histogram can take an amount; counts it where it cannot. */
  isStep(amount: number): boolean {
    return (typeof amount === 'number' && amount >= 0 && amount < Infinity) || this.isUnusualStep(amount);
  }

  /** Whether a gauge can take a value; counts it where it cannot. */
  isValue(value: number): boolean {
    return (typeof value === 'number' && value - value === 0) || this.drop(faultOf(value)) !== noRow;
  }

  // Without its sign, `noRow` is beyond all memory: one comparison finds that and a row that is new.

  /** Adds to the value of a row; `noRow` is left out. */
  add(row: number, amount: number): void {
    const { cells, state } = this;
    if (row >>> 0 >= state.length) {
      if (this.reserve(row)) this.add(row, amount);
      return;
    }
    cells[row] = (cells[row] as number) + amount;
    state[row] = updated;
  }

  /** The same, and takes the caller's trace as an exemplar where the metric has some. */
  addTraced(row: number, amount: number): void {
    this.add(row, amount);
    if (row >= 0) this.exemplars?.offer(row, 0, amount);
  }

  /** Sets the value of a row; `noRow` is left out. */
  put(row: number, value: number): void {
    const { cells, state } = this;
    if (row >>> 0 >= state.length) {
      if (this.reserve(row)) this.put(row, value);
      return;
    }
    cells[row] = value;
    state[row] = updated;
  }

  /** Counts a value in its bucket, and adds it to the sum; `noRow` is left out. Answers the bucket. */
  record(row: number, value: number): number {
    const { cells, state, limits, width } = this;
    if (row >>> 0 >= state.length) return this.reserve(row) ? this.record(row, value) : 0;
    // Eight bounds at a time, then halving: few comparisons, and hardly one whose outcome the processor has to guess.
    let bucket = 0;
    while (value > (limits[bucket + 7] as number)) bucket += stride;
    if (value > (limits[bucket + 3] as number)) bucket += 4;
    if (value > (limits[bucket + 1] as number)) bucket += 2;
    if (value > (limits[bucket] as number)) bucket += 1;
    const first = row * width;
    const last = first + width - 1;
    cells[first + bucket] = (cells[first + bucket] as number) + 1;
    cells[last] = (cells[last] as number) + value;
    state[row] = updated;
    return bucket;
  }

  /** The same, and takes the caller's trace as an exemplar where the metric has some. */
  recordTraced(row: number, value: number): void {
    const bucket = this.record(row, value);
    if (row >= 0) this.exemplars?.offer(row, bucket, value);
  }

  /** Counts an update that cannot be recorded; answers `noRow`. */
  drop(reason: DropReason): number {
    countDrop(this.name, reason);
    return noRow;
  }

  /** Makes sure that there is memory for a row; false for `noRow`, and where there is none to be had, which is counted. */
  reserve(row: number): boolean {
    if (row < 0) return false;
    this.begin();
    if (row < this.state.length) return true;
    try {
      this.resize(this.room(row));
      return true;
    } catch {
      this.drop('internal_error');
      return false;
    }
  }

  isLive(row: number): boolean {
    return isLive(this, row);
  }

  /** Takes a row off the page, as if it had never been. */
  remove(row: number): void {
    if (!this.isLive(row)) return;
    this.cells.fill(0, row * this.width, (row + 1) * this.width);
    this.state[row] = rowState.dirty;
    this.exemplars?.clear(row);
  }

  relocate(): void {
    if (this.state.length > 0) this.resize(this.state.length);
  }

  /** Called before a row is made. */
  protected abstract begin(): void;

  /** For how many rows there should be memory, once there has to be some for this one. */
  protected abstract room(row: number): number;

  private resize(rows: number): void {
    // One piece of memory, so that the value and the state of a row of a small metric lie together.
    const length = rows * this.width;
    const memory = allocate(8 * length + rows);
    const cells = new Float64Array(memory, 0, length);
    const state = new Uint8Array(memory, 8 * length, rows);
    cells.set(this.cells);
    state.set(this.state);
    this.cells = cells;
    this.state = state;
    relocated(this);
  }

  /**
   * Whether an amount that no counter takes is one for this metric. A negative value would make a histogram's sum go down, which
   * Prometheus takes for a restart; where its buckets are negative it is meant.
   */
  private isUnusualStep(amount: number): boolean {
    const isMeant = (this.bounds[0] ?? 0) < 0 && Number.isFinite(amount);
    return isMeant || this.drop(faultOf(amount)) !== noRow;
  }
}

function faultOf(amount: unknown): DropReason {
  return typeof amount === 'number' ? 'invalid_value' : 'wrong_type';
}
