/** Symbols are numbered: two bytes hold 16,384 of them, and the first 128 take one. */
const symbolReference = 1.9;
/** The first chunk's time (6), length in time (3) and place (4, and 5 beyond 256 MB). */
const firstChunk = 13.3;
/** Of each further chunk: distance in time (2), length in time (3), distance in place (2). */
const furtherChunk = 7;
/** Length (1), number of labels (1) and of chunks (1), checksum (4). */
const frame = 7;
/** Series stand at multiples of this. */
const seriesUnit = 16;
/** A reference in a list of postings. */
const posting = 4;

/**
 * Bytes of a series in the index of a block: its own entry, and one in the list of each of its labels' values and in that of all series.
 * Texts are written once and are left out: they are few next to series.
 * https://github.com/prometheus/prometheus/blob/main/tsdb/docs/format/index.md
 * @param labels of the series, __name__ among them
 * @param chunks of the series in the block
 */
export function indexBytes(labels: number, chunks: number): number {
  const entry = frame + 2 * symbolReference * labels + firstChunk + furtherChunk * (chunks - 1);
  // Entries differ by a few bytes, so that any end is as likely as any other.
  return entry + (seriesUnit - 1) / 2 + posting * (labels + 1);
}
