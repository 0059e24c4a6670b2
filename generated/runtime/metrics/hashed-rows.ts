// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { spare } from './row-layout.js';
import type { Dimension, RowLayout } from './row-layout.js';

const empty = -1;
const deleted = -2;

/**
 * Rows for the label sets that occurred, where a row for each possible one would be too many. A label set is one number: its
 * ordinals in mixed radix. That number is exact below 2^53, which is more label sets than any budget admits; the compiler refuses a
 * metric beyond it. Open addressing over flat arrays: a look-up allocates nothing.
 */
export class HashedRows implements RowLayout {
  /** Rows from here on were never used. */
  size = 0;
  private readonly dimensions: readonly Dimension[];
  /** By row: the label set that has it; -1 where the row is free. */
  private keys = new Float64Array(16).fill(empty);
  /** By slot: a row, `empty`, or `deleted`. */
  private slots = new Int32Array(32).fill(empty);
  private usedSlots = 0;
  private readonly freeRows: number[] = [];

  constructor(dimensions: readonly Dimension[]) {
    this.dimensions = dimensions;
  }

  rowOf(ordinals: readonly number[]): number {
    return this.rowOfKey(this.keyOf(ordinals));
  }

  find(ordinals: readonly number[]): number {
    const key = this.keyOf(ordinals);
    const mask = this.slots.length - 1;
    let slot = hash(key) & mask;
    for (;;) {
      const row = this.slots[slot] ?? empty;
      if (row === empty || (row >= 0 && this.keys[row] === key)) return row;
      slot = (slot + 1) & mask;
    }
  }

  /** The row of a label set by its number, made where it is new; the first label is the most significant digit. */
  rowOfKey(key: number): number {
    const { slots, keys } = this;
    const mask = slots.length - 1;
    let slot = hash(key) & mask;
    for (;;) {
      const row = slots[slot] ?? empty;
      if (row === empty) return this.add(key);
      if (row >= 0 && keys[row] === key) return row;
      slot = (slot + 1) & mask;
    }
  }

  ordinalsOf(row: number): number[] {
    let key = this.keys[row] ?? 0;
    const ordinals = this.dimensions.map(() => 0);
    for (let index = ordinals.length - 1; index >= 0; index -= 1) {
      const size = this.dimensions[index]?.size ?? 1;
      const rest = Math.floor(key / size);
      ordinals[index] = key - rest * size;
      key = rest;
    }
    return ordinals;
  }

  room(row: number): number {
    return Math.max(8, spare(row));
  }

  free(row: number): void {
    const key = this.keys[row] ?? empty;
    if (key < 0) return;
    const mask = this.slots.length - 1;
    let slot = hash(key) & mask;
    while (this.slots[slot] !== row) slot = (slot + 1) & mask;
    this.slots[slot] = deleted;
    this.keys[row] = empty;
    this.freeRows.push(row);
  }

  private keyOf(ordinals: readonly number[]): number {
    let key = 0;
    let index = 0;
    for (const { size } of this.dimensions) key = key * size + (ordinals[index++] ?? 0);
    return key;
  }

  private add(key: number): number {
    if ((this.usedSlots + 1) * 2 > this.slots.length) this.rehash();
    const row = this.freeRows.pop() ?? this.size++;
    if (row >= this.keys.length) {
      const larger = new Float64Array(this.keys.length * 2).fill(empty);
      larger.set(this.keys);
      this.keys = larger;
    }
    this.keys[row] = key;
    this.place(key, row);
    return row;
  }

  private place(key: number, row: number): void {
    const mask = this.slots.length - 1;
    let slot = hash(key) & mask;
    while ((this.slots[slot] ?? empty) >= 0) slot = (slot + 1) & mask;
    if (this.slots[slot] === empty) this.usedSlots += 1;
    this.slots[slot] = row;
  }

  /** Makes room: twice as many slots where half are rows, else the same number without those of freed rows. */
  private rehash(): void {
    const rows = this.size - this.freeRows.length;
    const length = rows * 4 > this.slots.length ? this.slots.length * 2 : this.slots.length;
    this.slots = new Int32Array(length).fill(empty);
    this.usedSlots = 0;
    for (let row = 0; row < this.size; row += 1) {
      const key = this.keys[row] ?? empty;
      if (key >= 0) this.place(key, row);
    }
  }
}

/** Spreads a whole number below 2^53 over 32 bits: its two halves, multiplied by the golden ratio. */
function hash(key: number): number {
  const mixed = Math.imul((key / 0x1_0000_0000) ^ key, 0x9e37_79b1);
  return mixed ^ (mixed >>> 15);
}
