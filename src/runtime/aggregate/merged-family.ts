import type { Exemplar } from '../metrics/exemplar.js';
import type { Aggregate, Family } from '../metrics/family.js';
import { Contribution } from './contribution.js';
import type { MergeTarget } from './contribution.js';
import { LabelRows } from './label-rows.js';
import { MergedRows } from './merged-rows.js';
import type { ReceivedFamily } from './received-family.js';
import { widthOf } from './shape.js';
import type { FamilyShape } from './shape.js';

/** The families of one shape of several members as one. */
export class MergedFamily implements Family, MergeTarget {
  readonly name: string;
  readonly help: string;
  readonly type: Family['type'];
  readonly aggregate: Aggregate;
  readonly labelNames: readonly string[];
  readonly bounds: Float64Array;
  readonly width: number;
  readonly hasExemplars: boolean;
  readonly shape: FamilyShape;
  generation = 0;
  private labels: LabelRows;
  private rows: MergedRows;
  private readonly parts = new Set<Contribution>();
  /** Of tables before this one. */
  private folded: readonly number[] = [];

  constructor(shape: FamilyShape) {
    this.shape = shape;
    this.name = shape.name;
    this.help = shape.help;
    this.type = shape.type;
    this.aggregate = shape.aggregate;
    this.labelNames = shape.labelNames;
    this.bounds = Float64Array.from(shape.bounds);
    this.width = widthOf(shape);
    this.hasExemplars = shape.hasExemplars;
    this.labels = new LabelRows(shape.labelNames.length);
    this.labels.caps = shape.caps;
    this.rows = new MergedRows(this.width);
  }

  get caps(): readonly (number | undefined)[] {
    return this.labels.caps.map((cap) => cap ?? undefined);
  }

  get rowCount(): number {
    return this.labels.size;
  }

  get state(): Uint8Array {
    return this.rows.state;
  }

  get cells(): Float64Array {
    return this.rows.cells;
  }

  /** How many members have a part in it now. */
  get memberCount(): number {
    return this.parts.size;
  }

  /** By label, how many rows of members went to `__other__` in the merge. */
  get foldedRows(): readonly number[] {
    return this.labels.folded.map((count, index) => count + (this.folded[index] ?? 0));
  }

  labelValues(row: number): readonly string[] {
    return this.labels.labelsOf(row);
  }

  exemplar(row: number, bucket: number): Exemplar | undefined {
    let newest: Exemplar | undefined;
    for (const part of this.parts) {
      const exemplar = part.exemplar(row, bucket);
      if (exemplar !== undefined && exemplar.timestamp > (newest?.timestamp ?? -Infinity)) newest = exemplar;
    }
    return newest;
  }

  /** Nothing to do: the members were asked before the merge. */
  refresh(): void {
    // See `merge`.
  }

  /** Forgets the counts of members that have ended; those of the others are theirs. */
  reset(): void {
    this.rows.forgetEnded();
  }

  /** Adds a member. */
  add(source: ReceivedFamily): Contribution {
    const part = new Contribution(source, this);
    this.parts.add(part);
    this.labels.caps = this.widestCaps();
    return part;
  }

  /** Takes a member out; to be called after its part has ended or was discarded. */
  delete(part: Contribution): void {
    this.parts.delete(part);
    if (this.parts.size > 0) this.labels.caps = this.widestCaps();
  }

  /** Brings all rows up to date, and marks those that have changed. */
  merge(): void {
    for (const part of this.parts) part.settle();
    this.rows.begin(this.rowCount);
    for (const part of this.parts) {
      if (this.type === 'gauge') part.combineInto(this.rows.next, this.rows.met, this.aggregate);
      else part.addTo(this.rows.next);
    }
    this.rows.finish(this.rowCount);
  }

  admit(labels: readonly string[]): number {
    if (this.labels.overflows(labels) && this.rows.hasUnused(this.rowCount)) this.compact();
    const row = this.labels.rowOf(labels);
    this.rows.reserve(row);
    return row;
  }

  marked(mergedRow: number): void {
    this.rows.mark(mergedRow);
  }

  entered(mergedRow: number): void {
    this.rows.uses[mergedRow] = (this.rows.uses[mergedRow] ?? 0) + 1;
  }

  left(mergedRow: number, total: Float64Array | undefined, hasEnded: boolean): void {
    this.rows.uses[mergedRow] = (this.rows.uses[mergedRow] ?? 0) - 1;
    if (total !== undefined) this.rows.keep(mergedRow, total, hasEnded);
  }

  /** Gives the places of rows that nobody has any more to new label values. */
  private compact(): void {
    const labels = new LabelRows(this.labelNames.length);
    const rows = new MergedRows(this.width);
    const moved = new Int32Array(this.rowCount).fill(-1);
    for (let row = 0; row < this.rowCount; row += 1) {
      if (this.rows.isUnused(row)) continue;
      // Without caps: what is shown was admitted under them.
      const to = labels.rowOf(this.labels.labelsOf(row));
      rows.take(to, this.rows, row);
      moved[row] = to;
    }
    for (const part of this.parts) part.move(moved);
    this.folded = this.foldedRows;
    labels.caps = this.labels.caps;
    this.labels = labels;
    this.rows = rows;
    this.generation += 1;
  }

  /** While members differ, as after a change of the spec, the widest bound holds. */
  private widestCaps(): (number | null)[] {
    return this.labelNames.map((_, index) => {
      const caps = Array.from(this.parts, ({ source }) => source.shape.caps[index] ?? null);
      return caps.reduce((widest, cap) => (widest === null || cap === null ? null : Math.max(widest, cap)));
    });
  }
}
