// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { isLive, rowState, updated } from '../metrics/family.js';

/** The numbers of a merged family, by row. All arrays grow together. */
export class MergedRows {
  /** What is shown. */
  state: Uint8Array = new Uint8Array(0);
  cells: Float64Array = new Float64Array(0);
  /** What is to be shown: the sum in the making. */
  next: Float64Array = new Float64Array(0);
  /** For gauges: how many members have given a value. */
  met: Uint32Array = new Uint32Array(0);
  /** How many rows of members are in a row. */
  uses: Int32Array = new Int32Array(0);
  private readonly width: number;
  /** The counts of members, or of their rows, that are gone. */
  private kept: Float64Array = new Float64Array(0);
  /** 1 where a member that has ended had the row, which is shown from then on. */
  private hasEnded: Uint8Array = new Uint8Array(0);

  constructor(width: number) {
    this.width = width;
  }

  /** Makes sure that there is memory for a row. */
  reserve(row: number): void {
    if (row < this.state.length) return;
    const rows = Math.max(8, Math.ceil((row + 1) * 1.25));
    this.state = grown(this.state, new Uint8Array(rows));
    this.cells = grown(this.cells, new Float64Array(rows * this.width));
    this.next = grown(this.next, new Float64Array(rows * this.width));
    this.met = grown(this.met, new Uint32Array(rows));
    this.uses = grown(this.uses, new Int32Array(rows));
    this.kept = grown(this.kept, new Float64Array(rows * this.width));
    this.hasEnded = grown(this.hasEnded, new Uint8Array(rows));
  }

  /** Keeps the count of a row of a member that is gone. */
  keep(row: number, total: Float64Array, hasEnded: boolean): void {
    const first = row * this.width;
    total.forEach((value, cell) => {
      this.kept[first + cell] = (this.kept[first + cell] ?? 0) + value;
    });
    if (hasEnded) this.hasEnded[row] = 1;
  }

  /** Has a row that is shown rendered anew. */
  mark(row: number): void {
    if (isLive(this, row)) this.state[row] = updated;
  }

  /** Forgets the counts of members that have ended. */
  forgetEnded(): void {
    this.kept.fill(0);
    this.hasEnded.fill(0);
  }

  isUnused(row: number): boolean {
    return this.uses[row] === 0 && this.hasEnded[row] === 0;
  }

  hasUnused(rowCount: number): boolean {
    for (let row = 0; row < rowCount; row += 1) if (this.isUnused(row)) return true;
    return false;
  }

  /** Takes a row over from others. */
  take(row: number, from: MergedRows, fromRow: number): void {
    this.reserve(row);
    const { width } = this;
    const [start, end] = [fromRow * width, (fromRow + 1) * width];
    this.cells.set(from.cells.subarray(start, end), row * width);
    this.kept.set(from.kept.subarray(start, end), row * width);
    this.state[row] = (from.state[fromRow] ?? 0) | rowState.dirty;
    this.uses[row] = from.uses[fromRow] ?? 0;
    this.hasEnded[row] = from.hasEnded[fromRow] ?? 0;
  }

  /** Starts a sum with what is kept. */
  begin(rowCount: number): void {
    this.next.set(this.kept.subarray(0, rowCount * this.width));
    this.met.fill(0, 0, rowCount);
  }

  /** Shows the sum: rows that are the same as before are left alone, so that what was rendered of them still holds. */
  finish(rowCount: number): void {
    const { width, cells, next, state, uses, hasEnded } = this;
    for (let row = 0; row < rowCount; row += 1) {
      if (uses[row] === 0 && hasEnded[row] === 0) {
        this.drop(row);
        continue;
      }
      let isChanged = !isLive(this, row);
      const end = (row + 1) * width;
      for (let cell = row * width; cell < end; cell += 1) {
        const value = next[cell] ?? 0;
        if (value === cells[cell]) continue;
        cells[cell] = value;
        isChanged = true;
      }
      if (isChanged) state[row] = updated;
    }
  }

  private drop(row: number): void {
    if (!isLive(this, row)) return;
    this.state[row] = rowState.dirty;
    this.cells.fill(0, row * this.width, (row + 1) * this.width);
    this.kept.fill(0, row * this.width, (row + 1) * this.width);
  }
}

function grown<A extends { readonly length: number; set(values: A): void }>(from: A, to: A): A {
  to.set(from);
  return to;
}
