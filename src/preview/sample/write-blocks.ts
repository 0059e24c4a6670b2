import { BlockWriter } from './blocks/block.js';
import type { Breath } from './breath.js';
import { sortedLabels, type Family, type Row } from './row.js';
import type { Times } from './times.js';

/**
 * Samples as one block of Prometheus's storage. The text for promtool takes ten times as long: it is printed, read twice, and parsed.
 * @param folder the server's folder for data
 * @param picked the indices of the shared times that a row has samples at, ascending
 */
export async function writeBlock(
  folder: string,
  families: Iterable<Family>,
  times: Times,
  picked: (row: Row) => readonly number[],
  breath: Breath,
): Promise<void> {
  const writer = new BlockWriter();
  const filled = new Float64Array(times.at.length);
  const values = new Float64Array(times.at.length);
  const at = new Float64Array(times.at.length);
  for (const { rows } of families) {
    await breath();
    for (const row of rows) {
      const indices = picked(row);
      const first = indices[0];
      if (first === undefined) continue;
      row.fill(filled, first, (indices.at(-1) ?? first) + 1);
      let count = 0;
      for (const index of indices) {
        const value = filled[index - first] ?? NaN;
        // What is no number is no sample, or the marker of an end.
        if (Number.isNaN(value) && row.ends?.has(index) !== true) continue;
        values[count] = value;
        at[count] = Math.round((times.at[index] ?? 0) * 1000);
        count += 1;
      }
      writer.add(sortedLabels([['__name__', row.name], ...row.labels]), at, values, count);
    }
  }
  writer.finish(folder);
}
