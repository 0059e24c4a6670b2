import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HashedRows } from '../../src/runtime/metrics/hashed-rows.js';

/** Sizes of labels whose combinations can be numbered exactly, and mostly by numbers beyond 2^32. */
const sizes = fc
  .array(fc.constantFrom<number>(1, 2, 3, 8, 26, 61, 256, 1001, 4096, 65_536, 100_001), {
    minLength: 1,
    maxLength: 7,
  })
  .filter((all) => all.reduce((product, size) => product * size, 1) <= Number.MAX_SAFE_INTEGER);

const scenario = sizes.chain((all) =>
  fc.record({
    sizes: fc.constant(all),
    // Few distinct sets, and those at both ends, so that sets come again and share most of their digits.
    steps: fc.array(
      fc.record({
        ordinals: fc.tuple(
          ...all.map((size) =>
            fc.oneof(
              fc.nat(Math.min(size - 1, 5)),
              fc.integer({ min: Math.max(0, size - 3), max: size - 1 }),
            ),
          ),
        ),
        frees: fc.boolean(),
      }),
      { minLength: 1, maxLength: 200, size: 'max' },
    ),
  }),
);

test('lead each label set to a row of its own, whatever was freed before', () => {
  fc.assert(
    fc.property(scenario, ({ sizes: all, steps }) => {
      const rows = new HashedRows(all.map((size) => ({ size, isDynamic: true })));
      const model = new Map<string, number>();
      const used = new Set<number>();
      for (const { ordinals, frees } of steps) {
        const key = ordinals.join();
        const known = model.get(key);
        expect(rows.find(ordinals)).toBe(known ?? -1);
        const row = rows.rowOf(ordinals);
        if (known === undefined) expect([...model.values()]).not.toContain(row);
        else expect(row).toBe(known);
        model.set(key, row);
        used.add(row);
        expect(rows.ordinalsOf(row)).toEqual(ordinals);
        if (!frees) continue;
        rows.free(row);
        rows.free(row);
        model.delete(key);
      }
      for (const [key, row] of model) expect(rows.ordinalsOf(row).join()).toBe(key);
      // Freed rows are taken before new ones are made.
      expect(rows.size).toBe(used.size);
      expect(rows.size).toBeLessThanOrEqual(steps.length);
    }),
  );
});

test('keep apart the label sets with the greatest numbers that are exact', () => {
  const rows = new HashedRows([{ size: 2 ** 53, isDynamic: true }]);
  const keys = Array.from({ length: 5000 }, (_, index) => Number.MAX_SAFE_INTEGER - index);
  expect(new Set(keys.map((key) => rows.rowOf([key]))).size).toBe(keys.length);
  keys.forEach((key, row) => {
    expect(rows.ordinalsOf(row)).toEqual([key]);
    expect(rows.find([key])).toBe(row);
  });
});

test('grow, and shed the marks of what was freed, without losing a row', () => {
  const rows = new HashedRows([
    { size: 1000, isDynamic: true },
    { size: 65_536, isDynamic: true },
  ]);
  // The second digit has its low bits in common, as values of a cap that is a power of two may have.
  const set = (index: number): number[] => [index % 1000, 256 * (index % 256)];
  const kept = Array.from({ length: 2000 }, (_, index) => rows.rowOf(set(index)));
  expect(new Set(kept).size).toBe(2000);
  for (let round = 0; round < 20_000; round += 1) rows.free(rows.rowOf([round % 1000, 1 + 2 * round]));
  expect(rows.size).toBe(2001);
  kept.forEach((row, index) => {
    expect(rows.find(set(index))).toBe(row);
  });
});

test('are not made by looking for them', () => {
  const rows = new HashedRows([{ size: 100, isDynamic: true }]);
  for (let ordinal = 0; ordinal < 100; ordinal += 1) expect(rows.find([ordinal])).toBe(-1);
  expect(rows.size).toBe(0);
});
