import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastCostOf } from './support.js';
import { editDistance, nearest } from '../../src/diagnostics/did-you-mean.js';
import { runs } from '../support/long.js';

describe('the distance of two words', () => {
  /** The textbook table, without the band. */
  function plain(a: string, b: string): number {
    const table = Array.from({ length: a.length + 1 }, (_, i) =>
      Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
    );
    const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
    for (let i = 1; i <= a.length; i += 1)
      for (let j = 1; j <= b.length; j += 1) {
        let cost = Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        );
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          cost = Math.min(cost, at(i - 2, j - 2) + 1);
        const row = table[i];
        if (row !== undefined) row[j] = cost;
      }
    return at(a.length, b.length);
  }

  const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 }).map((letters) => letters.join(''));

  it('is the textbook one, up to the limit', () => {
    fc.assert(
      fc.property(words, words, fc.integer({ min: 0, max: 8 }), (a, b, limit) => {
        const distance = plain(a, b);
        expect(Math.min(editDistance(a, b, limit), limit + 1)).toBe(Math.min(distance, limit + 1));
      }),
      { numRuns: runs(3000) },
    );
  });
});

describe('the word that was meant', () => {
  const keys = [
    'labels',
    'label',
    'metrics',
    'slis',
    'slos',
    'alerts',
    'by',
    'seriesPerMetric',
    'warn',
    'help',
    'type',
    'p50',
    'p95',
  ];

  it.each([
    ['lables', 'labels'],
    ['metrcs', 'metrics'],
    ['Alerts', 'alerts'],
    ['series_per_metric', 'seriesPerMetric'],
    ['hlep', 'help'],
    ['tpye', 'type'],
    ['warning', 'warn'],
    ['labelss', 'labels'],
    ['p51', 'p50'],
    ['zz', undefined],
    ['bi', undefined],
    ['completely', undefined],
    ['', undefined],
  ])('by %j is %j', (word, expected) => {
    expect(nearest(word, keys)).toBe(expected);
  });

  it('does not depend on the order of the candidates', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('slas', 'labl', 'metrix', 'p99', 'alarts'),
        fc.shuffledSubarray(keys, { minLength: keys.length }),
        (word, order) => {
          expect(nearest(word, order)).toBe(nearest(word, keys));
        },
      ),
    );
  });

  it('is found among many without delay', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `some_rather_long_metric_name_${index}_total`);
    const find = () => nearest('some_rather_long_metric_nmae_77_total', many);
    expect(find()).toBe('some_rather_long_metric_name_77_total');
    expect(leastCostOf(find)).toBeLessThan(1000);
  });
});
