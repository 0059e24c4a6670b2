import { families } from '../../src/runtime/exposition/registry.js';
import type { Family } from '../../src/runtime/index.js';
import { rowState } from '../../src/runtime/metrics/family.js';

/** A metric as its readers see it. */
export function familyOf(name: string): Family {
  const found = families().find((family) => family.name === name);
  if (found === undefined) throw new Error(`no metric ${name}`);
  return found;
}

/** The cells of each row that is shown, by its labels joined with commas. Throws where two rows have the same labels. */
export function rowsOf(name: string): ReadonlyMap<string, readonly number[]> {
  const family = familyOf(name);
  const { cells, state, rowCount, width } = family;
  const rows = new Map<string, readonly number[]>();
  for (let row = 0; row < rowCount; row += 1) {
    if (((state[row] ?? 0) & rowState.live) === 0) continue;
    const labels = family.labelValues(row).join(',');
    if (rows.has(labels)) throw new Error(`two rows of ${name} are ${labels}`);
    rows.set(labels, [...cells.subarray(row * width, (row + 1) * width)]);
  }
  return rows;
}

/** The same of a metric whose rows have one cell. */
export function valuesOf(name: string): Record<string, number> {
  return Object.fromEntries([...rowsOf(name)].map(([labels, [value = NaN]]) => [labels, value]));
}
