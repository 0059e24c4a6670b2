import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteText } from '../../src/runtime/exposition/byte-text.js';
import { canonicalBound, maxNumberBytes } from '../../src/runtime/exposition/number-text.js';

function written(value: number): string {
  const out = new ByteText();
  out.number(value);
  return new TextDecoder().decode(out.toBytes());
}

describe('a number', () => {
  test('is written as prom-client writes it, NaN rightly', () => {
    const values = [0, -0, 1, 9, 10, 99, 100, 12_345, 999_999_999, 1e9, 2 ** 53, 1e21, -1, -1.5, 0.1, 5e-324];
    for (const value of values) expect(written(value)).toBe(String(value));
    expect(written(Infinity)).toBe('+Inf');
    expect(written(-Infinity)).toBe('-Inf');
    expect(written(NaN)).toBe('NaN');
  });

  test('reads as what it was, whatever it is', () => {
    const any = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.nat({ max: 2_000_000_000 }));
    fc.assert(
      fc.property(any, (value) => {
        const text = written(value);
        expect(text.length).toBeLessThanOrEqual(maxNumberBytes);
        expect(Number(text.replace('Inf', 'Infinity'))).toBe(value === 0 ? 0 : value);
      }),
      { numRuns: 2000 },
    );
  });
});

test('bounds are written as in the examples of the OpenMetrics standard', () => {
  const thousandths = '0.0 0.001 0.002 0.01 0.1 0.9 0.95 0.99 0.999 1.0 1.7 10.0';
  const powers = '1e-10 1e-09 1e-05 0.0001 0.1 1.0 100000.0 1e+06 1e+10';
  for (const text of `${thousandths} ${powers}`.split(' ')) expect(canonicalBound(Number(text))).toBe(text);
  expect(canonicalBound(Infinity)).toBe('+Inf');
});

describe('a text', () => {
  const hostile = fc.constantFrom('"', '\\', '\n', 'a', 'é', '€', '😀', '\ud83d', '\ude00', '\u0000');
  const text = fc.string({ unit: hostile, maxLength: 40 });

  test('becomes the same UTF-8 as elsewhere', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(new ByteText(1).text(value).toBytes()).toEqual(new TextEncoder().encode(value));
      }),
    );
  });

  test('is escaped so that it can be read back', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (value, quotes) => {
        const escaped = new TextDecoder().decode(new ByteText(1).escaped(value, quotes).toBytes());
        expect(escaped).not.toContain('\n');
        if (quotes) expect(escaped).not.toMatch(/(?<!\\)(?:\\\\)*"/);
        const back = escaped.replace(/\\(.)/g, (_, of: string) => (of === 'n' ? '\n' : of));
        expect(back).toBe(new TextDecoder().decode(new TextEncoder().encode(value)));
      }),
    );
  });
});
