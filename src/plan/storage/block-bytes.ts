import type { SeriesSet } from '../series/series-set.js';
import { chunkBytes } from './chunk-bytes.js';
import { indexBytes } from './index-bytes.js';

/** Samples after which the head begins a new chunk, at the latest. */
const fullChunk = 120;
/** Samples after which it decides how many chunks the rest of its range is cut into. */
const decision = fullChunk / 4;
/** Of a chunk in its file: length (1 to 2), encoding (1) and checksum (4). */
const chunkFrame = 6.2;

/** A part of the time that a store keeps together. */
export interface BlockRange {
  /** Seconds that the head collects before they become a block: two hours, unless somebody says otherwise. */
  readonly head: number;
  /** Seconds of the block, a multiple of that. */
  readonly block: number;
}

/**
 * Chunks that a series has in the head's range. A quarter into a chunk its end is set so that the rest of the range is cut evenly.
 * https://github.com/prometheus/prometheus/blob/v2.42.0/tsdb/head_append.go (computeChunkEndTime)
 */
export function chunksOfHead(samples: number): number {
  if (samples <= decision) return 1;
  return Math.max(1, Math.floor(samples / (4 * (decision - 1))), Math.ceil(samples / (2 * fullChunk)));
}

export interface BlockBytes {
  readonly chunks: number;
  readonly index: number;
  readonly samples: number;
}

/** Bytes of what is expected of a set, in one block. */
export function blockBytes({ moving, labels, interval }: SeriesSet, { head, block }: BlockRange): BlockBytes {
  const inHead = head / interval;
  const perHead = chunksOfHead(inHead);
  const samplesOfChunk = Math.max(1, Math.round(inHead / perHead));
  const chunks = (perHead * block) / head;
  const series = moving.reduce((sum, each) => sum + each.series, 0);
  const bytes = moving.reduce(
    (sum, { motion, series: count }) =>
      sum + count * (chunkBytes(motion, interval, samplesOfChunk) + chunkFrame),
    0,
  );
  return {
    chunks: bytes * chunks,
    index: series * indexBytes(labels, chunks),
    samples: (series * block) / interval,
  };
}

export function added(parts: readonly BlockBytes[]): BlockBytes {
  return parts.reduce(
    (sum, each) => ({
      chunks: sum.chunks + each.chunks,
      index: sum.index + each.index,
      samples: sum.samples + each.samples,
    }),
    { chunks: 0, index: 0, samples: 0 },
  );
}
