// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Exemplar } from './exemplar.js';
import type { Aggregate, Family } from './family.js';

/**
 * A metric under the name that it had before: the same rows in the same memory, so that both names always show the same, one record
 * writes both, and no label value takes a place twice.
 */
export class FormerFamily implements Family {
  readonly name: string;
  readonly help: string;
  readonly rowsOf: Family;

  constructor(family: Family, name: string) {
    this.name = name;
    this.help = family.help;
    this.rowsOf = family;
  }

  get type(): Family['type'] {
    return this.rowsOf.type;
  }

  get aggregate(): Aggregate {
    return this.rowsOf.aggregate;
  }

  get labelNames(): readonly string[] {
    return this.rowsOf.labelNames;
  }

  get caps(): readonly (number | undefined)[] {
    return this.rowsOf.caps;
  }

  get bounds(): Float64Array {
    return this.rowsOf.bounds;
  }

  get width(): number {
    return this.rowsOf.width;
  }

  get rowCount(): number {
    return this.rowsOf.rowCount;
  }

  get state(): Uint8Array {
    return this.rowsOf.state;
  }

  get cells(): Float64Array {
    return this.rowsOf.cells;
  }

  get generation(): number {
    return this.rowsOf.generation;
  }

  get hasExemplars(): boolean {
    return this.rowsOf.hasExemplars;
  }

  labelValues(row: number): readonly string[] {
    return this.rowsOf.labelValues(row);
  }

  exemplar(row: number, bucket: number): Exemplar | undefined {
    return this.rowsOf.exemplar(row, bucket);
  }

  refresh(): void {
    this.rowsOf.refresh();
  }

  reset(): void {
    this.rowsOf.reset();
  }
}
