// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Family } from '../metrics/family.js';
import { Announcer } from './announcer.js';
import type { CellMemory, FamilyNews } from './news.js';

/** What a process sends of its metrics: what is new in words, and all numbers in one piece. */
export interface Snapshot {
  /** Nothing that was said before holds: the sender starts anew. */
  readonly isFirst: boolean;
  readonly news: readonly FamilyNews[];
  /** By number of the family, how many rows it has in `cells`. */
  readonly rowCounts: readonly number[];
  /** The cells of all rows of all families, 8 bytes each, then one byte of state for each row. */
  readonly bytes: Uint8Array;
}

interface Slots {
  /** By row, its place in the snapshot, plus 1. */
  places: Int32Array;
  /** By place, the row. */
  readonly rows: number[];
}

/**
 * Makes snapshots. Only rows that were shown once have a place in them, so that a metric with many possible rows sends few; a row keeps
 * its place.
 */
export class SnapshotWriter {
  private readonly announcer = new Announcer();
  private readonly slots: Slots[] = [];
  private isFirst = true;

  /** Starts anew, for somebody who knows nothing. */
  forget(): void {
    this.announcer.forget();
    this.slots.length = 0;
    this.isFirst = true;
  }

  /** The next snapshot; the families have been refreshed. Starts anew where one that was named is no more. */
  write(families: readonly Family[]): Snapshot {
    const present = new Set(families);
    if (this.announcer.announced().some(({ family }) => !present.has(family))) this.forget();
    const news = this.announcer.news(families).map((each) => this.placed(each));
    const announced = this.announcer.announced();
    const rowCounts = announced.map(({ index }) => this.slotsOf(index).rows.length);
    const cellCount = announced.reduce(
      (sum, { family, index }) => sum + (rowCounts[index] ?? 0) * family.width,
      0,
    );
    const rowCount = rowCounts.reduce((sum, rows) => sum + rows, 0);
    const bytes = new Uint8Array(8 * cellCount + rowCount);
    const cells = new Float64Array(bytes.buffer, 0, cellCount);
    let [cell, stateByte] = [0, 8 * cellCount];
    for (const { family, index } of announced) {
      const { rows } = this.slotsOf(index);
      copyCells(family, rows, cells, cell);
      for (const row of rows) bytes[stateByte++] = family.state[row] ?? 0;
      cell += rows.length * family.width;
    }
    const { isFirst } = this;
    this.isFirst = false;
    return { isFirst, news, rowCounts, bytes };
  }

  private slotsOf(index: number): Slots {
    return (this.slots[index] ??= { places: new Int32Array(0), rows: [] });
  }

  /** The same with places instead of rows. */
  private placed(news: FamilyNews): FamilyNews {
    const { freed, rows, exemplars } = news;
    const slots = this.slotsOf(news.family);
    return {
      ...news,
      ...(freed === undefined ? {} : { freed: freed.map((row) => placeOf(slots, row)) }),
      ...(rows === undefined ? {} : { rows: rows.map((row) => placeOf(slots, row)) }),
      ...(exemplars === undefined
        ? {}
        : {
            exemplars: exemplars.map(([row, bucket, exemplar]) => [placeOf(slots, row), bucket, exemplar]),
          }),
    };
  }
}

function placeOf(slots: Slots, row: number): number {
  if (row >= slots.places.length) {
    const places = new Int32Array(Math.ceil((row + 1) * 1.25));
    places.set(slots.places);
    slots.places = places;
  }
  const known = slots.places[row] ?? 0;
  if (known > 0) return known - 1;
  const place = slots.rows.push(row);
  slots.places[row] = place;
  return place - 1;
}

function copyCells(family: Family, rows: readonly number[], to: Float64Array, first: number): void {
  const { cells, width } = family;
  let at = first;
  for (const row of rows) {
    const end = (row + 1) * width;
    for (let cell = row * width; cell < end; cell += 1) to[at++] = cells[cell] ?? 0;
  }
}

/** Where the numbers of each family are in a snapshot. Throws where the snapshot is not whole. */
export function memoriesOf(
  { rowCounts, bytes }: Pick<Snapshot, 'rowCounts' | 'bytes'>,
  widths: readonly number[],
): CellMemory[] {
  const cellCounts = rowCounts.map((rows, index) => rows * (widths[index] ?? NaN));
  const cellCount = cellCounts.reduce((sum, count) => sum + count, 0);
  const rowCount = rowCounts.reduce((sum, rows) => sum + rows, 0);
  if (8 * cellCount + rowCount !== bytes.length) throw new Error('the snapshot is not whole');
  // Views of numbers need an address that is a multiple of 8, which text that was decoded need not have.
  const { buffer, byteOffset } = byteAligned(bytes);
  let [cell, row] = [byteOffset, byteOffset + 8 * cellCount];
  return rowCounts.map((rows, index) => {
    const length = cellCounts[index] ?? 0;
    const memory = {
      rowCount: rows,
      cells: new Float64Array(buffer, cell, length),
      state: new Uint8Array(buffer, row, rows),
    };
    cell += 8 * length;
    row += rows;
    return memory;
  });
}

function byteAligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
}
