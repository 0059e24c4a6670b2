import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arithmetic,
  hull,
  mirrored,
  outcome,
  passing,
  type Comparison,
  type Interval,
} from '../../../src/promql/analysis/interval.js';
import '../../support/seed.js';

const number = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
const around = fc.tuple(number, number, number).map((drawn) => {
  const [low = 0, value = 0, high = 0] = [...drawn].sort((a, b) => a - b);
  return { range: { low, high }, value };
});

const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '%': (a, b) => a % b,
};
const comparisons: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};

function holds({ low, high }: Interval, value: number): boolean {
  return Number.isNaN(value) || (value >= low && value <= high);
}

describe('intervals hold', () => {
  it.each(Object.keys(operators))('whatever %s yields', (op) => {
    fc.assert(
      fc.property(around, around, (a, b) => {
        const value = operators[op]?.(a.value, b.value) ?? NaN;
        expect(holds(arithmetic(op, a.range, b.range), value)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('either side of an or', () => {
    fc.assert(
      fc.property(around, around, (a, b) => {
        const both = hull(a.range, b.range);
        expect(holds(both, a.value) && holds(both, b.value)).toBe(true);
      }),
    );
  });
});

describe('a comparison', () => {
  it.each(Object.keys(comparisons) as Comparison[])('%s that always or never holds does so', (op) => {
    fc.assert(
      fc.property(around, number, ({ range, value }, limit) => {
        const isTrue = comparisons[op](value, limit);
        const found = outcome(range, op, limit);
        if (found === 'always') expect(isTrue).toBe(true);
        if (found === 'never') expect(isTrue).toBe(false);
        if (isTrue) expect(holds(passing(range, op, limit), value)).toBe(true);
        expect(comparisons[mirrored(op)](limit, value)).toBe(isTrue);
      }),
      { numRuns: 2000 },
    );
  });
});
