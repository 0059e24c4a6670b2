import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histogram } from '../../src/runtime/index.js';
import { rowsOf } from './family.js';

const edge = fc.constantFrom(-0, 0, 5e-324, -5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, 1);
const finite = fc.oneof(
  edge,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -50, max: 50 }),
);
const bounds = fc
  .uniqueArray(finite, { minLength: 1, maxLength: 40, comparator: (a, b) => a === b })
  .map((all) => all.sort((a, b) => a - b));

/** The text of a number right below or above another. */
function neighbours(value: number): number[] {
  const cell = new DataView(new ArrayBuffer(8));
  cell.setFloat64(0, value);
  const bits = cell.getBigInt64(0);
  return [bits - 1n, bits + 1n].map((each) => {
    cell.setBigInt64(0, each);
    return cell.getFloat64(0);
  });
}

let made = 0;

test('a value falls into the first bucket whose bound it does not exceed', () => {
  fc.assert(
    fc.property(bounds, fc.array(finite, { maxLength: 20 }), (buckets, free) => {
      const name = `search_${String((made += 1))}_bytes`;
      const size = histogram({ name, help: 'Size.', buckets });
      const values = [...free, ...buckets, ...buckets.flatMap(neighbours)].filter(
        (value) => Number.isFinite(value) && (value >= 0 || (buckets[0] ?? 0) < 0),
      );
      const counts = buckets.map(() => 0).concat(0);
      let sum = 0;
      for (const value of values) {
        size.observe(value);
        const bucket = buckets.findIndex((bound) => value <= bound);
        const place = bucket < 0 ? buckets.length : bucket;
        counts[place] = (counts[place] ?? 0) + 1;
        sum += value;
      }
      expect(rowsOf(name).get('')).toEqual([...counts, sum]);
    }),
  );
});
