import { describe, expect, test } from 'vitest';
import { chunkBytes } from '../../src/plan/storage/chunk-bytes.js';
import { blockBytes, chunksOfHead } from '../../src/plan/storage/block-bytes.js';
import { indexBytes } from '../../src/plan/storage/index-bytes.js';
import { longestRange, prometheusSize } from '../../src/plan/storage/prometheus.js';
import type { Motion } from '../../src/plan/storage/motion.js';
import type { SeriesSet } from '../../src/plan/series/series-set.js';
import {
  compareLabels,
  indexFile,
  type ChunkPlace,
  type IndexedSeries,
} from '../../src/preview/sample/blocks/index-file.js';

const day = 86_400;

describe('a chunk', () => {
  test('of a series that stands still takes two bits for a sample, and its first one whole', () => {
    // Number of samples 2, time 6, value 8, distance 2, a bit for it; two bits for each of the other 118.
    const expected = 2 + 6 + 8 + 2 + 0.125 + (118 * 2) / 8;
    expect(Math.abs(chunkBytes({ kind: 'still' }, 15, 120) - expected)).toBeLessThanOrEqual(1);
  });

  test('grows with what happens between two scrapes', () => {
    const motions: readonly Motion[] = [
      { kind: 'still' },
      { kind: 'events', perSecond: 0.001 },
      { kind: 'events', perSecond: 0.05 },
      { kind: 'events', perSecond: 5 },
      { kind: 'amounts', perSecond: 5 },
    ];
    const sizes = motions.map((motion) => chunkBytes(motion, 15, 120));
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    // Where every bit is new, a sample takes nearly as much as it has.
    expect(chunkBytes({ kind: 'real' }, 15, 120) / 120).toBeGreaterThan(6);
    expect(chunkBytes({ kind: 'real' }, 15, 120) / 120).toBeLessThan(9);
  });

  test.each([
    [480, 4],
    [240, 2],
    [120, 1],
    [60, 1],
    [8, 1],
    [7200, 62],
  ])('%i samples of a head become %i chunks', (samples, chunks) => {
    expect(chunksOfHead(samples)).toBe(chunks);
  });
});

describe('the index of a block', () => {
  /** As many series as an instance of a service has, over several instances. */
  function series(chunks: number): readonly IndexedSeries[] {
    let place = 8;
    const start = Date.UTC(2026, 0, 1);
    return Array.from({ length: 20_000 }, (_, index): IndexedSeries => {
      const places = Array.from({ length: chunks }, (__, chunk): ChunkPlace => {
        place += 140;
        return { first: start + chunk * 1_800_000, last: start + (chunk + 1) * 1_800_000 - 15_000, place };
      });
      const labels = [
        ['__name__', `metric_${index % 700}_total`],
        ['instance', `10.0.0.${Math.floor(index / 2000)}:9464`],
        ['job', 'shop'],
        ['row', `value-${index % 1500}`],
      ] as const;
      return { labels, chunks: places };
    }).toSorted((a, b) => compareLabels(a.labels, b.labels));
  }

  test.each([1, 4, 40])('with %i chunks a series takes as much as is worked out', (chunks) => {
    const found = indexFile(series(chunks)).length / 20_000;
    expect(indexBytes(4, chunks) / found).toBeGreaterThan(0.88);
    expect(indexBytes(4, chunks) / found).toBeLessThan(1.12);
  });
});

describe('a Prometheus', () => {
  const set: SeriesSet = {
    ...{ source: 'service', name: 'x', worst: 1000, expected: 1000, ofInstance: undefined },
    ...{ interval: 15, labels: 4, basis: '', moving: [{ motion: { kind: 'still' }, series: 1000 }] },
  };

  test('makes longer blocks the longer it keeps them', () => {
    const hours = (days: number): number => longestRange(days * day) / 3600;
    expect([1, 15, 45, 400].map(hours)).toEqual([2, 18, 54, 486]);
  });

  test('takes as many samples as there are series, each scrape', () => {
    expect(prometheusSize([set], 15 * day).samplesPerSecond).toBeCloseTo(1000 / 15);
  });

  test('keeps twice as much for twice the time, and less of a sample in longer blocks', () => {
    const [short, long] = [prometheusSize([set], 15 * day), prometheusSize([set], 45 * day)];
    expect(long.blocks / short.blocks).toBeGreaterThan(2.8);
    expect(long.blocks / short.blocks).toBeLessThan(3.05);
    expect(long.bytesPerSample).toBeLessThan(short.bytesPerSample);
  });

  test('spends less on a sample the more of them share a chunk', () => {
    const ofBlock = (head: number): number => {
      const { chunks, index, samples } = blockBytes(set, { head, block: head });
      return (chunks + index) / samples;
    };
    expect(ofBlock(60)).toBeGreaterThan(ofBlock(900));
    expect(ofBlock(900)).toBeGreaterThan(ofBlock(7200));
  });
});
