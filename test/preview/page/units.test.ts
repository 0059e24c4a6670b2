import { describe, expect, it } from 'vitest';
import { axisTexts, formattedText, formatValue } from '../../../src/preview/page/format/units.js';

function text(value: number, unit: string, decimals?: number): string {
  return formattedText(formatValue(value, unit, decimals));
}

describe('units', () => {
  it.each([
    [0, 's', undefined, '0 s'],
    [0.0015, 's', undefined, '1.50 ms'],
    [0.0000004, 's', undefined, '400 ns'],
    [12.5, 's', undefined, '12.5 s'],
    [60, 's', undefined, '1 min'],
    [120, 's', 0, '2 mins'],
    [5400, 's', 2, '1.50 hours'],
    [86_400, 's', 0, '1 day'],
    [1500, 'ms', undefined, '1.50 s'],
    [1234, 'short', 1, '1.2 K'],
    [2_500_000, 'short', undefined, '2.50 Mil'],
    [1000, 'short', 0, '1 K'],
    [999, 'short', 0, '999'],
    [1536, 'bytes', 1, '1.5 KiB'],
    [1024 ** 3, 'bytes', 0, '1 GiB'],
    [2048, 'binBps', 1, '2.0 KiB/s'],
    [1500, 'decbytes', 1, '1.5 kB'],
    [0.4567, 'percentunit', 1, '45.7%'],
    [45.67, 'percent', 0, '46%'],
    [1234, 'currencyUSD', 2, '$1.23K'],
    [0.5, 'currencyEUR', 2, '€0.50'],
    [3.2, 'cps', 2, '3.20 c/s'],
    [12_000, 'reqps', 1, '12.0K req/s'],
    [61, 'celsius', 0, '61 °C'],
    [1250, 'watt', 2, '1.25 kW'],
    [0.002, 'joule', 0, '2 mJ'],
    [2_400_000_000, 'hertz', 1, '2.4 GHz'],
    [7325, 'dtdurations', undefined, '2 hours, 2 minutes'],
    [-0.00001, 'short', 2, '0.00'],
    [Number.NaN, 's', 2, 'NaN'],
    [Infinity, 'short', 2, '+Inf'],
    [12, 'suffix:tok/s', 0, '12 tok/s'],
  ])('writes %d as %s with %s decimals: %s', (value, unit, decimals, expected) => {
    expect(text(value, unit, decimals)).toBe(expected);
  });

  it('gives an axis the digits that tell its marks apart, and no more', () => {
    expect(axisTexts([0, 0.5, 1, 1.5], 'short', undefined)).toEqual(['0.0', '0.5', '1.0', '1.5']);
    expect(axisTexts([0, 0.25, 0.5], 'percentunit', 1)).toEqual(['0%', '25%', '50%']);
    expect(axisTexts([0, 1, 2], 'cps', 2)).toEqual(['0 c/s', '1 c/s', '2 c/s']);
  });
});
