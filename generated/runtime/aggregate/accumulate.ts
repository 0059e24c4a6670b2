// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { combined } from '../metrics/combined.js';
import type { Aggregate } from '../metrics/family.js';

/** What a member adds to a merged family: rows, cells, and where each row goes. */
export interface Addend {
  /** By row of the member, the merged row; negative: none. */
  readonly targets: Int32Array;
  readonly rowCount: number;
  readonly cells: Float64Array;
}

/**
 * Adds the rows of a counter or histogram. The cells may be another thread's, which counts on meanwhile: each is read once, and what
 * was read is kept in `last`, so that it can be found again when the row is gone.
 */
export function addRows(
  { targets, rowCount, cells }: Addend,
  width: number,
  sums: Float64Array,
  last: Float64Array,
): void {
  if (width === 1) {
    for (let row = 0; row < rowCount; row += 1) {
      const target = targets[row] ?? -1;
      if (target < 0) continue;
      const value = cells[row] ?? 0;
      last[row] = value;
      sums[target] = (sums[target] ?? 0) + value;
    }
    return;
  }
  for (let row = 0; row < rowCount; row += 1) {
    const target = targets[row] ?? -1;
    if (target < 0) continue;
    const end = (row + 1) * width;
    let to = target * width;
    for (let from = row * width; from < end; from += 1, to += 1) {
      const value = cells[from] ?? 0;
      last[from] = value;
      sums[to] = (sums[to] ?? 0) + value;
    }
  }
}

/** Notes the cells of a counter or histogram as they are, without adding them. */
export function readRows({ targets, rowCount, cells }: Addend, width: number, last: Float64Array): void {
  for (let row = 0; row < rowCount; row += 1) {
    if ((targets[row] ?? -1) >= 0) last.set(cells.subarray(row * width, (row + 1) * width), row * width);
  }
}

/** Puts the rows of a gauge together with what other members gave. `met` counts by merged row how many have been there. */
export function combineRows(
  { targets, rowCount, cells }: Addend,
  aggregate: Aggregate,
  values: Float64Array,
  met: Uint32Array,
): void {
  for (let row = 0; row < rowCount; row += 1) {
    const target = targets[row] ?? -1;
    if (target < 0) continue;
    const value = cells[row] ?? 0;
    const before = values[target] ?? 0;
    const count = (met[target] ?? 0) + 1;
    met[target] = count;
    values[target] = count === 1 ? value : combined(aggregate, before, value, count);
  }
}
