import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DenseRows, isSparse } from '../../src/runtime/metrics/row-layout.js';
import type { Dimension } from '../../src/runtime/metrics/row-layout.js';

const dimensions = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
    fc.option(fc.integer({ min: 2, max: 40 })),
    fc.nat(4),
  )
  .map(([closed, cap, place]): Dimension[] => {
    const all: Dimension[] = closed.map((size) => ({ size, isDynamic: false }));
    if (cap !== null) all.splice(Math.min(place, all.length), 0, { size: cap, isDynamic: true });
    return all;
  });

/** All label sets there can be, the value of the open label changing last. */
function combinations(all: readonly Dimension[]): number[][] {
  let sets: number[][] = [[]];
  for (const { size } of all) {
    sets = sets.flatMap((set) => Array.from({ length: size }, (_, ordinal) => [...set, ordinal]));
  }
  const open = all.findIndex(({ isDynamic }) => isDynamic);
  return sets.sort((a, b) => (a[open] ?? 0) - (b[open] ?? 0));
}

test('number all combinations from 0, without a gap, in the order in which the open label admits values', () => {
  fc.assert(
    fc.property(dimensions, (all) => {
      const rows = new DenseRows(all);
      const sets = combinations(all);
      expect(sets.map((set) => rows.rowOf(set))).toEqual(sets.map((_, row) => row));
      expect(sets.map((_, row) => rows.ordinalsOf(row))).toEqual(sets);
    }),
  );
});

test('have room for the row that is asked for and for whole blocks of the open label, never beyond the last', () => {
  fc.assert(
    fc.property(dimensions, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (all, place) => {
      const rows = new DenseRows(all);
      const count = all.reduce((product, { size }) => product * size, 1);
      const row = Math.floor(place * count);
      const open = all.find(({ isDynamic }) => isDynamic);
      const room = rows.room(row);
      expect(room).toBeGreaterThan(row);
      expect(room).toBeLessThanOrEqual(count);
      expect(room % (count / (open?.size ?? 1))).toBe(0);
    }),
  );
});

test.each([
  [[8192, false], 1, false],
  [[8193, false], 1, true],
  [[1024, false], 8, false],
  [[1024, false], 9, true],
  [[100_001, true], 1, false],
] as const)(
  'give way beyond 8,192 cells for each value of the open label: %j of %i cells',
  ([size, isDynamic], width, sparse) => {
    expect(isSparse([{ size, isDynamic }], width)).toBe(sparse);
    expect(
      isSparse(
        [
          { size, isDynamic },
          { size: 2, isDynamic: true },
          { size: 2, isDynamic: true },
        ],
        width,
      ),
    ).toBe(true);
  },
);
