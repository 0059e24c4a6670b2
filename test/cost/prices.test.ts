import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPriceTable } from '../../src/runtime/cost/price-table.js';
import { createCost, type Usage } from '../../src/runtime/cost/index.js';

const million: Usage = { input: 1e6, cacheRead: 1e6, cacheWrite: 1e6, output: 1e6, reasoning: 1e6 };
const nothing: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

function costOf(models: object, more: object = {}): ReturnType<typeof createCost> {
  const cost = createCost({ currency: 'USD', metrics: {} });
  expect(
    cost.setPrices({ currency: 'USD', updated: '2026-09-01', perMillionTokens: models, ...more }),
  ).toEqual([]);
  return cost;
}

describe('prices', () => {
  test("the example's file is one", () => {
    const json: unknown = JSON.parse(
      readFileSync(new URL('../../examples/agent/prices.json', import.meta.url), 'utf8'),
    );
    const { table, notes } = readPriceTable(json);
    expect(notes).toEqual([]);
    expect(table).toMatchObject({ currency: 'USD', models: 2, updated: Date.UTC(2026, 8, 1) / 1000 });
  });

  test('cached tokens without a price cost what input costs, reasoning what output does', () => {
    expect(costOf({ m: { input: 2, output: 8 } }).of('m', million)).toEqual({
      amount: 3 * 2 + 2 * 8,
      currency: 'USD',
      priced: true,
    });
    expect(
      costOf({ m: { input: 2, output: 8, cacheRead: 0.5, cacheWrite: 3, reasoning: 9 } }).of('m', million)
        .amount,
    ).toBe(22.5);
    expect(
      costOf({ m: { input: 2, output: 8, cache_read: 0.5 } }).of('m', { ...nothing, cacheRead: 1e6 }).amount,
    ).toBe(0.5);
  });

  test('a free model has a price, an unknown one has none', () => {
    const cost = costOf({ free: { input: 0, output: 0 } });
    expect(cost.of('free', million)).toEqual({ amount: 0, currency: 'USD', priced: true });
    expect(cost.of('other', million)).toEqual({ amount: 0, currency: 'USD', priced: false });
    for (const name of ['__proto__', 'constructor', 'toString', '', 'x'.repeat(1e6)])
      expect(cost.of(name, million).priced).toBe(false);
  });

  test('names with dates, aliases, and prefixes of which the longest holds', () => {
    const cost = costOf(
      {
        sage: { input: 1, output: 1 },
        'sage-mini*': { input: 2, output: 2 },
        'sage-mini-fast*': { input: 3, output: 3 },
        'sage-2026-01-01': { input: 4, output: 4 },
      },
      { aliases: { 'provider/sage': 'sage' } },
    );
    const price = (model: string): number | undefined =>
      cost.of(model, million).priced ? cost.of(model, million).amount / 5 : undefined;
    expect(
      [
        'sage',
        'sage-2026-05-13',
        'sage-20260513',
        'sage@20260513',
        'sage-latest',
        'provider/sage',
        'provider/sage-2026-05-13',
      ].map(price),
    ).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(
      ['sage-mini', 'sage-mini-2026-05-13', 'sage-mini-fast-x', 'sage-2026-01-01', 'sage-large', 'sag'].map(
        price,
      ),
    ).toEqual([2, 2, 3, 4, undefined, undefined]);
  });

  test('tiers hold for the whole call, by all of its input', () => {
    const cost = costOf({
      m: {
        input: 1,
        output: 2,
        cacheRead: 0.5,
        tiers: [
          { above: 1000, input: 3, output: 6 },
          { above: 5000, input: 4 },
        ],
      },
    });
    const amount = (input: number, cacheRead = 0): number =>
      Math.round(cost.of('m', { ...nothing, input, cacheRead, output: 100 }).amount * 1e6);
    expect(amount(1000)).toBe(1000 + 200);
    expect(amount(1001)).toBe(3003 + 600);
    expect(amount(500, 501)).toBe(1500 + 501 / 2 + 600 + 0.5);
    expect(amount(5001)).toBe(20004 + 200);
  });

  test('a bad row is left out, and said; a bad file changes nothing', () => {
    const cost = costOf({ m: { input: 1, output: 1 } });
    const notes = cost.setPrices({
      perMillionTokens: {
        good: { input: 2, output: 2 },
        negative: { input: -1 },
        text: { input: '1' },
        huge: { input: 1e9 },
        tiny: { input: 1e-9 },
        typo: { input: 1, outptu: 2 },
        none: 7,
        bare: { output: 1 },
        tier: { input: 1, tiers: [{ input: 2 }] },
      },
      aliases: { a: 'good', b: 'nobody' },
    });
    expect(notes).toHaveLength(10);
    expect(notes.join('\n')).toContain('typo: `outptu` is none of');
    expect(cost.of('good', million).amount).toBe(10);
    for (const bad of [
      undefined,
      [],
      'x',
      {},
      { perMillionTokens: {} },
      { perMillionTokens: { m: {} } },
      { currency: 'dollars', perMillionTokens: { m: { input: 1 } } },
    ]) {
      expect(cost.setPrices(bad).length).toBeGreaterThan(0);
      expect(cost.of('good', million).amount).toBe(10);
    }
  });

  test('never throws, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.anything(), (json) => {
        expect(() => readPriceTable({ perMillionTokens: json, aliases: json })).not.toThrow();
      }),
    );
  });

  test('an amount is the exact product, rounded once', () => {
    const tokens = fc.nat({ max: 1e8 });
    const price = fc.nat({ max: 5e7 });
    fc.assert(
      fc.property(tokens, price, tokens, price, (input, micro, output, microOut) => {
        const pico = BigInt(input) * BigInt(micro) + BigInt(output) * BigInt(microOut);
        const { amount } = costOf({ m: { input: micro / 1e6, output: microOut / 1e6 } }).of('m', {
          ...nothing,
          input,
          output,
        });
        // One rounding of the quotient, and one of each product where they are beyond 2^53.
        expect(Math.abs(amount - Number(pico) / 1e12)).toBeLessThanOrEqual(
          (Number(pico) / 1e12) * 4 * Number.EPSILON,
        );
      }),
    );
  });
});
