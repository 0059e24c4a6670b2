import { describe, expect, it } from 'vitest';
import { durationOf, parseDuration } from '../../src/model/duration.js';
import { parseDuration as secondsOf } from '../../src/promql/duration.js';

describe('parseDuration', () => {
  it.each([
    ['500ms', 0.5, '500ms'],
    ['5m', 300, '5m'],
    ['90m', 5400, '1h30m'],
    ['1h30m', 5400, '1h30m'],
    ['30d', 2_592_000, '30d'],
    ['4w', 2_419_200, '28d'],
    ['1y', 31_536_000, '365d'],
    ['51.2s', 51.2, '51s200ms'],
    ['0s', 0, '0s'],
  ])('reads %s', (text, seconds, shortest) => {
    expect(parseDuration(text)).toEqual({ seconds, text: shortest });
  });
});

describe('what PromQL and the spec read differently', () => {
  it('is the fraction of a second alone', () => {
    expect(secondsOf('51.2s')).toBeUndefined();
    expect(secondsOf('51.2s', { fractions: true })).toBe(51.2);
    expect(secondsOf('1.5m', { fractions: true })).toBeUndefined();
    expect(secondsOf('1h0.1s', { fractions: true })).toBe(3600.1);
    expect(secondsOf('1h30m')).toBe(parseDuration('1h30m').seconds);
  });
});

describe('durationOf', () => {
  it('prints what parseDuration reads', () => {
    for (const seconds of [0.001, 0.25, 1, 61, 3600, 86_400, 90_061.001]) {
      expect(parseDuration(durationOf(seconds).text).seconds).toBe(seconds);
    }
  });
});
