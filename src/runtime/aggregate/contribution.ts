import type { Exemplar } from '../metrics/exemplar.js';
import { rowState } from '../metrics/family.js';
import type { Aggregate } from '../metrics/family.js';
import { addRows, combineRows, readRows } from './accumulate.js';
import type { Addend } from './accumulate.js';
import type { ReceivedFamily } from './received-family.js';

const none = -1;

/** What a contribution needs of the family that it adds to. */
export interface MergeTarget {
  /** Something of a row has changed besides its numbers. */
  marked(mergedRow: number): void;
  /** The merged row of a label set. */
  admit(labels: readonly string[]): number;
  /** A row of a member is in a merged row from now on. */
  entered(mergedRow: number): void;
  /**
   * It is there no more.
   * @param total what it had counted, where that is to be kept
   * @param hasEnded whether the member has ended, and did not only drop the row
   */
  left(mergedRow: number, total: Float64Array | undefined, hasEnded: boolean): void;
}

/**
 * One member's part of a merged family. Where each of its rows goes is worked out once: a merge in the steady state only adds. A row
 * that went to `__other__` stays there while the member has it, since moving a count would look like a restart.
 */
export class Contribution {
  readonly source: ReceivedFamily;
  private readonly target: MergeTarget;
  private readonly isAdded: boolean;
  private targets = new Int32Array(0);
  /** The cells as they were last added; empty for gauges. */
  private last = new Float64Array(0);
  /** By merged row, one row of the member: for exemplars. */
  private readonly origins = new Map<number, number>();

  constructor(source: ReceivedFamily, target: MergeTarget) {
    this.source = source;
    this.target = target;
    this.isAdded = source.shape.type !== 'gauge';
  }

  /** Finds out where each row goes; returns the number of rows whose labels have not been told. */
  settle(): number {
    for (const row of this.source.takeRenamed()) this.leave(row, this.isAdded);
    const { rowCount, state } = this.source.memory;
    this.reserve(rowCount);
    const { targets } = this;
    let untold = 0;
    for (let row = 0; row < rowCount; row += 1) {
      const isLive = ((state[row] ?? 0) & rowState.live) !== 0;
      if (isLive === (targets[row] ?? none) >= 0) continue;
      if (!isLive) this.leave(row, this.isAdded);
      else if (!this.enter(row)) untold += 1;
    }
    // Between threads, an exemplar may come later than the value.
    for (const row of this.source.takeExemplified()) this.target.marked(targets[row] ?? none);
    return untold;
  }

  /** Adds a counter or histogram to what other members have counted. */
  addTo(sums: Float64Array): void {
    addRows(this.addend(), this.source.width, sums, this.last);
  }

  /** Puts a gauge together with what other members gave. */
  combineInto(values: Float64Array, met: Uint32Array, aggregate: Aggregate): void {
    combineRows(this.addend(), aggregate, values, met);
  }

  /** Takes all rows out, because the member has ended: what it counted last is kept. */
  end(): void {
    this.settle();
    if (this.isAdded) readRows(this.addend(), this.source.width, this.last);
    for (let row = 0; row < this.targets.length; row += 1) this.leave(row, this.isAdded, true);
  }

  /** Takes all rows out, because the member will say everything anew: nothing is kept. */
  discard(): void {
    for (let row = 0; row < this.targets.length; row += 1) this.leave(row, false);
  }

  /** Follows merged rows that were given other numbers. */
  move(moved: Int32Array): void {
    for (let row = 0; row < this.targets.length; row += 1) {
      const target = this.targets[row] ?? none;
      if (target >= 0) this.targets[row] = moved[target] ?? none;
    }
    const origins = [...this.origins];
    this.origins.clear();
    for (const [mergedRow, row] of origins) this.origins.set(moved[mergedRow] ?? none, row);
  }

  exemplar(mergedRow: number, bucket: number): Exemplar | undefined {
    const row = this.origins.get(mergedRow);
    return row === undefined ? undefined : this.source.exemplar(row, bucket);
  }

  private addend(): Addend {
    const { rowCount, cells } = this.source.memory;
    return { targets: this.targets, rowCount: Math.min(rowCount, this.targets.length), cells };
  }

  private enter(row: number): boolean {
    const labels = this.source.labelsOf(row);
    if (labels === undefined) return false;
    const mergedRow = this.target.admit(labels);
    this.targets[row] = mergedRow;
    if (this.source.shape.hasExemplars) this.origins.set(mergedRow, row);
    this.target.entered(mergedRow);
    return true;
  }

  private leave(row: number, isKept: boolean, hasEnded = false): void {
    const mergedRow = this.targets[row] ?? none;
    if (mergedRow < 0) return;
    this.targets[row] = none;
    if (this.origins.get(mergedRow) === row) this.origins.delete(mergedRow);
    const { width } = this.source;
    const total = isKept ? this.last.slice(row * width, (row + 1) * width) : undefined;
    this.target.left(mergedRow, total, hasEnded);
    this.last.fill(0, row * width, (row + 1) * width);
  }

  private reserve(rowCount: number): void {
    const before = this.targets.length;
    if (before >= rowCount) return;
    const targets = new Int32Array(Math.max(rowCount, Math.ceil(before * 1.25))).fill(none);
    targets.set(this.targets);
    this.targets = targets;
    if (!this.isAdded) return;
    const last = new Float64Array(targets.length * this.source.width);
    last.set(this.last);
    this.last = last;
  }
}
