import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arithmetic, geometric } from '../../src/model/progressions.js';

describe('geometric', () => {
  it('leaves no dust where doubles would', () => {
    expect(geometric(0.1, 2, 13)).toEqual([
      0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6,
    ]);
    expect(geometric(0.1, 3, 3)).toEqual([0.1, 0.3, 0.9]);
    expect(geometric(0.01, 10, 4)).toEqual([0.01, 0.1, 1, 10]);
    expect(geometric(1e-7, 10, 3)).toEqual([1e-7, 1e-6, 1e-5]);
  });

  it('rounds each number correctly, however long its digits get', () => {
    // 1.1 to the power of 20 is 6.72749994932560009201: the double nearest to it.
    expect(geometric(1, 1.1, 21).at(-1)).toBe(Number('6.72749994932560009201'));
  });

  it('grows by its factor', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }).map((mills) => mills / 1000),
        fc.integer({ min: 11, max: 100 }).map((tenths) => tenths / 10),
        (start, factor) => {
          const bounds = geometric(start, factor, 12);
          expect(bounds).toHaveLength(12);
          for (const [index, bound] of bounds.entries()) {
            if (index > 0) expect(bound / (bounds[index - 1] ?? 0)).toBeCloseTo(factor, 10);
          }
        },
      ),
    );
  });
});

describe('arithmetic', () => {
  it('leaves no dust where doubles would', () => {
    expect(arithmetic(0.1, 0.1, 10)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(arithmetic(-0.5, 0.25, 4)).toEqual([-0.5, -0.25, 0, 0.25]);
    expect(arithmetic(1e21, 1, 2)).toEqual([1e21, 1e21]);
  });
});
