import { describe, expect, it } from 'vitest';
import { scaledUnitOf, unitOf, withBaseUnit } from '../../src/model/units.js';

describe('unitOf', () => {
  it.each([
    ['request_duration_seconds', 'seconds'],
    ['cpu_seconds_total', 'seconds'],
    ['agent_cost_usd_total', 'usd'],
    ['index_built_timestamp_seconds', 'seconds'],
    ['seconds', 'seconds'],
    ['requests_total', undefined],
    ['queue_depth', undefined],
    ['seconds_left', undefined],
  ])('%s is in %s', (name, unit) => {
    expect(unitOf(name)).toBe(unit);
  });
});

describe('scaledUnitOf', () => {
  it('knows multiples of base units, by their last word', () => {
    expect(scaledUnitOf('request_ms')).toEqual({ word: 'ms', unit: { base: 'seconds', factor: 0.001 } });
    expect(scaledUnitOf('read_kib_total')).toEqual({ word: 'kib', unit: { base: 'bytes', factor: 1024 } });
    expect(scaledUnitOf('request_seconds')).toBeUndefined();
    expect(scaledUnitOf('forms')).toBeUndefined();
    expect(scaledUnitOf('ms')).toBeUndefined();
  });

  it('replaces the word alone', () => {
    expect(withBaseUnit('ms_spent_ms_total', 'ms', 'seconds')).toBe('ms_spent_seconds_total');
  });
});
