import fc from 'fast-check';
import { Counter, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { labelledCounter, labelledGauge, labelledHistogram, openLabel } from '../../src/runtime/index.js';
import { samplesOf } from '../runtime/scrape.js';
import { runs } from '../support/long.js';

/** Characters that separate, quote and escape in keys and on the page. */
const hostileCharacters = fc.constantFrom(
  ',',
  ':',
  '|',
  '=',
  '"',
  '\\',
  '{',
  '}',
  ';',
  'a',
  'b',
  ' ',
  'é',
  '😀',
);
const value = fc.string({ unit: hostileCharacters, maxLength: 6 });

const left = openLabel({ key: 'pair.left', cap: 100_000 });
const right = openLabel({ key: 'pair.right', cap: 100_000 });
const labels = { left, right };

test('the peer merges two label sets into one series, which is why rows are kept here', async () => {
  const registry = new Registry();
  const peer = new Counter({
    name: 'peer_total',
    help: 'Peer.',
    labelNames: ['a', 'b'],
    registers: [registry],
  });
  peer.inc({ a: 'x,b:y', b: 'z' });
  peer.inc({ a: 'x', b: 'y,b:z' });
  expect(await samplesOf('peer_total', registry)).toHaveLength(1);
});

test('distinct label sets are distinct series, and each has its own count', async () => {
  const pairs = labelledCounter({ name: 'pairs_total', help: 'Pairs.', labels });
  const expected = new Map<string, number>();
  fc.assert(
    fc.property(value, value, (one, two) => {
      pairs.inc({ left: one, right: two });
      const key = JSON.stringify([one, two]);
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }),
    { numRuns: runs(50_000) },
  );
  const found = new Map(
    (await samplesOf('pairs_total')).map((sample) => [
      JSON.stringify([sample.labels.get('left'), sample.labels.get('right')]),
      sample.value,
    ]),
  );
  expect(found.size).toBe(expected.size);
  expect(found).toEqual(expected);
});

test('gauges and histograms have the same rows', async () => {
  const gauge = labelledGauge({ name: 'pairs', help: 'Pairs.', labels });
  const histogram = labelledHistogram({ name: 'pairs_seconds', help: 'Pairs.', labels, buckets: [1, 2] });
  const sets = [
    { left: 'x,b:y', right: 'z' },
    { left: 'x', right: 'y,b:z' },
    { left: 'x|', right: 'y' },
    { left: 'x', right: '|y' },
    { left: '', right: 'xy' },
  ];
  sets.forEach((set, index) => {
    gauge.set(set, index);
    histogram.observe(set, index);
  });
  expect((await samplesOf('pairs')).map((sample) => sample.value)).toEqual([0, 1, 2, 3, 4]);
  expect((await samplesOf('pairs_seconds_sum')).map((sample) => sample.value)).toEqual([0, 1, 2, 3, 4]);
});
