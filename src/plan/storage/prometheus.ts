import type { SeriesSet } from '../series/series-set.js';
import { added, blockBytes } from './block-bytes.js';

const hour = 3600;
const day = 24 * hour;
/** The head becomes a block when it holds one and a half times as much. */
const headRange = 2 * hour;
/** Three blocks become one, at most so long and at most a tenth of the retention. https://prometheus.io/docs/prometheus/latest/storage/#compaction */
const merged = 3;
const longestBlock = 31 * day;
const shareOfRetention = 0.1;
/** The log and the chunks of the head reach back so far before they are cut. */
const longestHead = 1.5 * headRange;

/**
 * Of a sample in the write-ahead log: 4 for the series, 1 for the time and 8 for the value, halved by the compression that is on by itself.
 * https://www.robustperception.io/how-much-space-does-the-wal-take-up/
 */
const walSample = 13 / 2;

/**
 * Of a series in the head, with its samples, doubled by Go's garbage collector.
 * https://www.robustperception.io/why-does-prometheus-use-so-much-ram/
 */
export const memoryPerSeries = 3000;
/** Of a Prometheus that has nothing to do, as measured (2.42). */
const idleMemory = 55e6;

/** What one Prometheus needs. Bytes. */
export interface PrometheusSize {
  /** In the head. */
  readonly series: number;
  readonly samplesPerSecond: number;
  /** Of a compacted block, index and all. */
  readonly bytesPerSample: number;
  /** Seconds of the longest blocks. */
  readonly block: number;
  /** All of them, just before the oldest one is removed. */
  readonly blocks: number;
  /** Log and chunks of the head, just before they are cut. */
  readonly head: number;
  readonly memory: number;
}

/** How long the longest blocks are that Prometheus makes, in seconds. */
export function longestRange(retention: number): number {
  const most = Math.min(longestBlock, retention * shareOfRetention);
  let range = headRange;
  while (range * merged <= most) range *= merged;
  return range;
}

/** Of one server with these series. @param retention seconds */
export function prometheusSize(sets: readonly SeriesSet[], retention: number): PrometheusSize {
  const block = longestRange(retention);
  const long = added(sets.map((set) => blockBytes(set, { head: headRange, block })));
  const short = added(sets.map((set) => blockBytes(set, { head: headRange, block: headRange })));
  const series = sets.reduce((sum, { expected }) => sum + expected, 0);
  const samplesPerSecond = long.samples / block;
  const ofBlock = long.chunks + long.index;
  return {
    series,
    samplesPerSecond,
    bytesPerSample: long.samples === 0 ? 0 : ofBlock / long.samples,
    block,
    blocks: (ofBlock * (retention + block)) / block,
    head: longestHead * samplesPerSecond * walSample + (short.chunks * longestHead) / headRange,
    memory: idleMemory + series * memoryPerSeries,
  };
}

/**
 * The same for the worst case. Where there are more rows than expected, the same events are spread over them, and a series moves no more
 * than it is expected to: a sample costs as much.
 */
export function worstSize(sets: readonly SeriesSet[], retention: number): PrometheusSize {
  return prometheusSize(sets.map(atWorst), retention);
}

function atWorst(set: SeriesSet): SeriesSet {
  const { worst, expected, moving } = set;
  const factor = expected === 0 ? 0 : worst / expected;
  return {
    ...set,
    expected: worst,
    moving:
      expected === 0
        ? [{ motion: { kind: 'still' }, series: worst }]
        : moving.map(({ motion, series }) => ({ motion, series: series * factor })),
  };
}
