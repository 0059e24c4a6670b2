import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generated } from './generated.js';

const character = fc.constantFrom(
  'a',
  'b',
  'c',
  'A',
  '0',
  '1',
  '_',
  '-',
  ' ',
  '"',
  "'",
  '\\',
  '`',
  '$',
  '{',
  '}',
  '/',
  '*',
  'é',
  '😀',
  '👍🏽',
  '\u2028',
);
const names = ['toString', '__proto__', 'constructor', 'hasOwnProperty', 'valueOf', '__other__', 'length'];

const free = fc.string({ unit: character, minLength: 1, maxLength: 8 });
/** Values that share their beginning, their length, or both, so that few characters tell them apart. */
const alike = fc
  .record({
    head: fc.string({ unit: character, maxLength: 20 }),
    tail: fc.string({ unit: character, maxLength: 20 }),
  })
  .chain(({ head, tail }) =>
    fc
      .uniqueArray(fc.nat(9999), { minLength: 1, maxLength: 300 })
      .map((all) => all.map((number) => `${head}${String(number).padStart(4, '0')}${tail}`)),
  );
const values = fc.oneof(
  fc.uniqueArray(free, { minLength: 1, maxLength: 14 }),
  fc.uniqueArray(free, { minLength: 13, maxLength: 300, size: 'max' }),
  alike,
  fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
);

let made = 0;

function label(all: readonly string[]): (value: unknown) => number {
  const key = `set_${String((made += 1))}`;
  const yaml = `
version: 1
service: { name: ordinals, owner: team }
budgets: { seriesPerInstance: 400000, seriesPerMetric: 40000 }
labels: { ${key}: { description: Set., values: ${JSON.stringify(all)} } }
metrics: { ordinals_${String(made)}_total: { type: counter, help: Ordinals., labels: [${key}] } }
`;
  const [found] = Object.values(generated(yaml).labels);
  if (found === undefined) throw new Error('no label');
  return found.ordinal;
}

test('the number of each value is its place, and nothing else has a number', () => {
  fc.assert(
    fc.property(values, fc.array(free, { maxLength: 20 }), (all, others) => {
      const ordinal = label(all);
      expect(all.map((value) => ordinal(value))).toEqual(all.map((_, place) => place));
      const near = all.flatMap((value) => [
        value.slice(1),
        value.slice(0, -1),
        `${value} `,
        ` ${value}`,
        value.toUpperCase(),
        value.split('').reverse().join(''),
      ]);
      const known = new Set(all);
      const none = [...others, ...near, ...names, ''].filter((text) => !known.has(text));
      const found = none.filter((text) => ordinal(text) >= 0);
      expect(found).toEqual([]);
      for (const other of [
        undefined,
        null,
        0,
        1,
        NaN,
        true,
        1n,
        Symbol('a'),
        {},
        [],
        [all[0]],
        () => all[0],
        { toString: () => all[0] },
      ]) {
        expect(ordinal(other)).toBeLessThan(0);
      }
    }),
    { numRuns: 60 },
  );
});
