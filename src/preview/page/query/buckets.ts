import { numberOf, type Series } from './series.js';

/** Cells of a heatmap. */
export interface Cells {
  /** Milliseconds since 1970, the end of each column. */
  readonly times: readonly number[];
  /** Upper ends of the rows, from low to high; the last may be infinite. */
  readonly tops: readonly number[];
  /** How many observations: by row, then by column. */
  readonly counts: readonly (readonly (number | null)[])[];
}

/** The `le` of a bucket; its legend where it has no such label. */
function topOf({ labels, name }: Series): number {
  return numberOf(labels['le'] ?? name);
}

/**
 * A histogram's buckets each count all that is below them; what is in a row is what it has more than the row below. Rounding may make
 * less than nothing of that, which becomes nothing.
 */
export function bucketCells(series: readonly Series[]): Cells {
  const sorted = [...series].filter((each) => !Number.isNaN(topOf(each))).sort((a, b) => topOf(a) - topOf(b));
  const counts = sorted.map(({ values }, row) =>
    values.map((value, column) => {
      if (value === null || Number.isNaN(value)) return null;
      const below = sorted[row - 1]?.values[column] ?? 0;
      return Math.max(0, value - below);
    }),
  );
  return { times: sorted[0]?.times ?? [], tops: sorted.map(topOf), counts };
}

/** Rows of equal height that people can read off an axis: 1, 2 or 5 times a power of ten. */
function rowHeight(range: number): number {
  const rough = range / 16;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
}

/** Numbers of several series, counted by how large they are. */
export function countedCells(series: readonly Series[]): Cells {
  const numbers = series.flatMap(({ values }) =>
    values.filter((each): each is number => each !== null && Number.isFinite(each)),
  );
  const times = series[0]?.times ?? [];
  if (numbers.length === 0) return { times, tops: [], counts: [] };
  const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
  const height = rowHeight(max - min || Math.abs(max) || 1);
  const bottom = Math.floor(min / height);
  const rows = Math.floor(max / height) - bottom + 1;
  const counts = Array.from({ length: rows }, () => new Array<number | null>(times.length).fill(0));
  for (const { values } of series) {
    values.forEach((value, column) => {
      const row =
        value === null || !Number.isFinite(value) ? undefined : counts[Math.floor(value / height) - bottom];
      if (row !== undefined) row[column] = (row[column] ?? 0) + 1;
    });
  }
  return { times, tops: counts.map((_, row) => (bottom + row + 1) * height), counts };
}
