// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { rowState } from '../metrics/family.js';
import type { Family } from '../metrics/family.js';

/** What of a row's state is looked at. */
const seen = rowState.live | rowState.dirty;

/** The same for four rows at once. */
const seenInWord = seen * 0x0101_0101;

/** No state of a row: after it every row counts as changed. */
const unknown = 0xff;

/** Rows that have changed since their reader last looked. */
export class ChangedRows {
  /** By row: 1 where it has changed. */
  flags: Uint8Array = new Uint8Array(0);
  /** The flags of four rows at once. */
  words: Uint32Array = new Uint32Array(0);

  /** Makes room for so many rows, all of them changed. */
  grow(count: number): void {
    if (count <= this.flags.length) return;
    const flags = new Uint8Array(count).fill(1);
    flags.set(this.flags);
    this.flags = flags;
    this.words = new Uint32Array(flags.buffer);
  }
}

/**
 * Finds out which rows of a metric have changed. A row has one mark for that, which whoever reads it clears, so all pages of a metric
 * learn of it together.
 */
export class RowChanges {
  private generation = -1;
  /** By row, its state when it was last read, not as changed. */
  private known = new Uint8Array(0);
  private readonly readers = new Set<ChangedRows>();
  /** The first `count`: rows that the reading of now finds changed. */
  private found = new Int32Array(0);
  private count = 0;

  /** Rows that change from now on; at first all. */
  subscribe(): ChangedRows {
    const changed = new ChangedRows();
    changed.grow(this.known.length);
    this.readers.add(changed);
    return changed;
  }

  unsubscribe(changed: ChangedRows): void {
    this.readers.delete(changed);
  }

  /** Tells all readers which rows have changed since the last call. */
  collect(family: Family): void {
    const { rowCount, state } = family;
    this.grow(rowCount);
    const { known } = this;
    if (this.generation !== family.generation) {
      this.generation = family.generation;
      known.fill(unknown);
    }
    this.count = 0;
    let row = 0;
    if (state.byteOffset % 4 === 0) {
      const words = new Uint32Array(state.buffer, state.byteOffset, rowCount >> 2);
      const knownWords = new Uint32Array(known.buffer);
      for (; row + 4 <= rowCount; row += 4)
        if (((words[row >> 2] ?? 0) & seenInWord) !== knownWords[row >> 2])
          this.collectRows(state, row, row + 4);
    }
    this.collectRows(state, row, rowCount);
    for (const { flags } of this.readers)
      for (let index = 0; index < this.count; index += 1) flags[this.found[index] ?? 0] = 1;
  }

  private collectRows(state: Uint8Array, first: number, end: number): void {
    const { known } = this;
    for (let row = first; row < end; row += 1) {
      const marks = state[row] ?? 0;
      if ((marks & seen) === known[row]) continue;
      // The mark is cleared before any value is read: an update in between, by another thread, leaves it set for the next reading.
      if ((marks & rowState.dirty) !== 0) state[row] = marks & ~rowState.dirty;
      known[row] = marks & rowState.live;
      this.found[this.count++] = row;
    }
  }

  private grow(rowCount: number): void {
    if (rowCount <= this.known.length) return;
    // Whole words.
    const length = (rowCount + 3) & ~3;
    const known = new Uint8Array(length);
    known.set(this.known);
    this.known = known;
    this.found = new Int32Array(length);
    for (const changed of this.readers) changed.grow(length);
  }
}
