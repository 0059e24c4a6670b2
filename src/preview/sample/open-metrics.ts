import type { Family, Row } from './row.js';
import type { Times } from './times.js';

/** Characters after which a piece of text is handed on. */
const pieceSize = 1 << 20;

function escaped(value: string): string {
  return value.replace(/[\\"\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`));
}

function nameOf({ name, labels }: Row): string {
  const pairs = labels.map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

/** The samples of a row, one line each. */
function linesOf(row: Row, times: readonly string[], values: Float64Array): string {
  const start = `${nameOf(row)} `;
  let text = '';
  for (let index = 0; index < times.length; index += 1) {
    const value = values[index] ?? NaN;
    // What is no number is no sample.
    if (value === value) text += `${start}${value}${times[index] ?? ''}`;
  }
  return text;
}

/**
 * Samples as OpenMetrics text, in pieces, for `promtool tsdb create-blocks-from openmetrics`.
 * @param picked the indices of the shared times that a row has samples at, ascending
 */
export function* openMetricsText(
  families: Iterable<Family>,
  times: Times,
  picked: (row: Row) => readonly number[],
): Iterable<string> {
  let text = '';
  const values = new Float64Array(times.at.length);
  const written = new Map<readonly number[], readonly string[]>();
  for (const { rows } of families) {
    for (const row of rows) {
      const indices = picked(row);
      let at = written.get(indices);
      if (at === undefined) {
        at = indices.map((index) => ` ${times.at[index] ?? 0}\n`);
        written.set(indices, at);
      }
      const from = indices[0] ?? 0;
      row.fill(values, from, (indices.at(-1) ?? from) + 1);
      const chosen = Float64Array.from(indices, (index) => values[index - from] ?? NaN);
      text += linesOf(row, at, chosen);
      if (text.length < pieceSize) continue;
      yield text;
      text = '';
    }
  }
  yield `${text}# EOF\n`;
}
