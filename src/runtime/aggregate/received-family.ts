import type { Exemplar } from '../metrics/exemplar.js';
import { sameValues } from './announcer.js';
import { noMemory } from './news.js';
import type { CellMemory, FamilyNews } from './news.js';
import { widthOf } from './shape.js';
import type { FamilyShape } from './shape.js';

/** What is known of a family of a member: its shape, the labels of its rows, and where its numbers are. */
export class ReceivedFamily {
  readonly shape: FamilyShape;
  readonly width: number;
  /** The numbers: a snapshot, memory of another thread, or the family itself where it is of this thread. */
  memory: CellMemory = noMemory;
  /** By row; undefined where they have not been told yet. */
  private readonly labels: (readonly string[] | undefined)[] = [];
  private readonly exemplars = new Map<number, Exemplar>();
  private renamed: number[] = [];
  private exemplified: number[] = [];

  constructor(shape: FamilyShape) {
    this.shape = shape;
    this.width = widthOf(shape);
  }

  /** Notes what a member has said. */
  note({ freed = [], rows = [], values = [], exemplars = [], memory }: FamilyNews): void {
    const { length } = this.shape.labelNames;
    for (const row of freed) {
      this.rename(row);
      this.labels[row] = undefined;
    }
    rows.forEach((row, index) => {
      const labels = values.slice(index * length, (index + 1) * length);
      const before = this.labels[row];
      if (before !== undefined && sameValues(before, labels)) return;
      if (before !== undefined) this.rename(row);
      this.labels[row] = labels;
    });
    for (const [row, bucket, exemplar] of exemplars) {
      this.exemplars.set(row * this.width + bucket, exemplar);
      this.exemplified.push(row);
    }
    if (memory !== undefined) this.memory = memory;
  }

  labelsOf(row: number): readonly string[] | undefined {
    return this.labels[row];
  }

  exemplar(row: number, bucket: number): Exemplar | undefined {
    return this.exemplars.get(row * this.width + bucket);
  }

  /** Rows that have other labels since the last call. */
  takeRenamed(): readonly number[] {
    const { renamed } = this;
    if (renamed.length > 0) this.renamed = [];
    return renamed;
  }

  /** Rows that have a new exemplar since the last call. */
  takeExemplified(): readonly number[] {
    const { exemplified } = this;
    if (exemplified.length > 0) this.exemplified = [];
    return exemplified;
  }

  private rename(row: number): void {
    this.renamed.push(row);
    for (let bucket = 0; bucket < this.width; bucket += 1) this.exemplars.delete(row * this.width + bucket);
  }
}
