// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Attributes } from '@opentelemetry/api';
import { isLive } from '../metrics/family.js';
import type { Family } from '../metrics/family.js';

/**
 * What was last reported of the rows of one metric, so that a report can say since when it counts and what has been added. As large as the
 * metric's own store, and filled for the rows that it shows.
 */
export class ReportedRows {
  private readonly family: Family;
  private generation: number;
  /** By row; undefined for a row that was not shown. */
  private readonly attributes: (Attributes | undefined)[] = [];
  /** By row, milliseconds since 1970. */
  private starts = new Float64Array(0);
  /** As the metric's cells were. */
  private cells = new Float64Array(0);

  constructor(family: Family) {
    this.family = family;
    this.generation = family.generation;
  }

  /**
   * Brings itself in line with the metric: forgets rows that are gone or have other labels now. What comes after this call takes rows that
   * are shown.
   * @param since milliseconds since 1970: when a row that is new now may have begun
   */
  follow(since: number): void {
    const { family } = this;
    this.grow(family.rowCount);
    const moved = family.generation !== this.generation;
    this.generation = family.generation;
    for (let row = 0; row < family.rowCount; row += 1) {
      if (!isLive(family, row)) this.attributes[row] = undefined;
      else if (this.attributes[row] === undefined || (moved && this.isRenamed(row))) this.begin(row, since);
      else if (family.type !== 'gauge' && this.isRestarted(row)) this.restart(row, since);
    }
  }

  attributesOf(row: number): Attributes {
    return this.attributes[row] ?? {};
  }

  /** When a row began to count, in milliseconds since 1970. */
  startOf(row: number): number {
    return this.starts[row] ?? 0;
  }

  /** What has been added to a cell since the last report. */
  added(cell: number): number {
    return (this.family.cells[cell] ?? 0) - (this.cells[cell] ?? 0);
  }

  /** Notes that a row has been reported as it is. */
  record(row: number): void {
    const { cells, width } = this.family;
    const from = row * width;
    for (let cell = from; cell < from + width; cell += 1) this.cells[cell] = cells[cell] ?? 0;
  }

  private grow(rowCount: number): void {
    if (this.starts.length >= rowCount) return;
    const starts = new Float64Array(rowCount);
    const cells = new Float64Array(rowCount * this.family.width);
    starts.set(this.starts);
    cells.set(this.cells);
    this.starts = starts;
    this.cells = cells;
  }

  private begin(row: number, since: number): void {
    const { labelNames } = this.family;
    const values = this.family.labelValues(row);
    this.attributes[row] = Object.fromEntries(labelNames.map((name, index) => [name, values[index] ?? '']));
    this.restart(row, since);
  }

  private restart(row: number, since: number): void {
    const { width } = this.family;
    this.starts[row] = since;
    this.cells.fill(0, row * width, (row + 1) * width);
  }

  private isRenamed(row: number): boolean {
    const { labelNames } = this.family;
    const values = this.family.labelValues(row);
    return labelNames.some((name, index) => this.attributes[row]?.[name] !== values[index]);
  }

  /**
   * Whether a row counts anew, because it was reset: a count is below what it was. Cells hold nothing else by which to tell, and Prometheus
   * tells it so too.
   */
  private isRestarted(row: number): boolean {
    const { cells, width, type } = this.family;
    const counts = type === 'histogram' ? width - 1 : width;
    const from = row * width;
    for (let cell = from; cell < from + counts; cell += 1) {
      if ((cells[cell] ?? 0) < (this.cells[cell] ?? 0)) return true;
    }
    return false;
  }
}
