import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/promql/analysis/analyse.js';
import type { Value } from '../../../src/promql/analysis/value.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { shop } from './environment.js';

function valueOf(query: string): Value {
  const { expr } = parsePromql(query);
  if (expr === undefined) throw new Error(`no PromQL: ${query}`);
  return analyse(expr, shop).value;
}

const range = ({ range: { low, high } }: Value): string => `${low} to ${high}`;

describe('the nature of a value', () => {
  it.each([
    ['requests_total', 'counter'],
    ['queue_depth', 'gauge'],
    ['rate(requests_total[5m])', 'rate'],
    ['sum(rate(requests_total[5m])) * 60', 'rate'],
    ['increase(requests_total[5m])', 'increase'],
    ['max_over_time(requests_total[1h])', 'counter'],
    ['requests_total - requests_total offset 1h', 'unknown'],
    ['histogram_quantile(0.9, sum by (le) (rate(request_seconds_bucket[5m])))', 'quantile'],
    ['count(queue_depth)', 'count'],
    ['deriv(queue_depth[5m])', 'gauge'],
    ['something_else', 'unknown'],
    ['requests_total or something_else', 'unknown'],
  ])('%s: %s', (query, expected) => {
    expect(valueOf(query).nature).toBe(expected);
  });
});

describe('the unit of a value', () => {
  it.each([
    ['request_seconds_sum', 'seconds'],
    ['request_seconds_bucket', 'count'],
    ['rate(request_seconds_sum[5m])', 'seconds/s'],
    ['rate(request_seconds_sum[5m]) / rate(request_seconds_count[5m])', 'seconds'],
    ['sum(rate(requests_total{outcome="ok"}[5m])) / sum(rate(requests_total[5m]))', 'ratio'],
    ['100 * hit_ratio', 'percent'],
    ['hit_ratio * 2', undefined],
    ['memory_bytes / memory_bytes offset 1h', 'ratio'],
    ['memory_bytes / hit_ratio', undefined],
    ['time() - built_timestamp_seconds', 'seconds'],
    ['max_over_time(memory_bytes[1h])', 'bytes'],
    ['deriv(memory_bytes[1h])', 'bytes/s'],
    ['histogram_quantile(0.9, rate(request_seconds_bucket[5m]))', 'seconds'],
    ['hit_ratio + 1', 'ratio'],
    ['memory_bytes > 5', 'bytes'],
    ['queue_depth', undefined],
  ])('%s: %s', (query, expected) => {
    expect(valueOf(query).unit).toBe(expected);
  });
});

describe('the range of a value', () => {
  it.each([
    ['hit_ratio', '0 to 1'],
    ['sum(hit_ratio)', '0 to Infinity'],
    ['max(hit_ratio) * 100', '0 to 100'],
    ['1 - hit_ratio', '0 to 1'],
    ['-hit_ratio', '-1 to 0'],
    ['abs(hit_ratio - 1)', '0 to 1'],
    ['rate(requests_total[5m])', '0 to Infinity'],
    ['count(queue_depth)', '1 to Infinity'],
    ['vector(0.5)', '0.5 to 0.5'],
    ['hour()', '0 to 23'],
    ['histogram_quantile(0.9, rate(request_seconds_bucket[5m]))', '0 to 5'],
    ['sum(rate(requests_total{outcome="ok"}[5m])) / sum(rate(requests_total[5m]))', '0 to 1'],
    ['sum(rate(requests_total{outcome="ok"}[5m])) / sum(rate(requests_total[1h]))', '0 to Infinity'],
    ['hit_ratio > 0.5', '0.5 to 1'],
    ['hit_ratio > bool 0.5', '0 to 1'],
    ['clamp_max(queue_depth, 7)', '-Infinity to 7'],
    ['queue_depth ^ 2', '-Infinity to Infinity'],
    ['hit_ratio / 0', '0 to Infinity'],
    ['(hit_ratio - 2) / 0', '-Infinity to Infinity'],
  ])('%s: %s', (query, expected) => {
    expect(range(valueOf(query))).toBe(expected);
  });

  it('follows signs through products and quotients', () => {
    expect(range(valueOf('hit_ratio * (hit_ratio - 2)'))).toBe('-2 to 0');
    expect(range(valueOf('(hit_ratio - 2) * (hit_ratio - 2)'))).toBe('1 to 4');
    expect(range(valueOf('1 / (hit_ratio + 1)'))).toBe('0.5 to 1');
  });
});

describe('what alerts ask of a value', () => {
  it.each([
    ['queue_depth', false],
    ['queue_depth > 5', true],
    ['queue_depth > bool 5', false],
    ['absent(queue_depth)', true],
    ['queue_depth unless queue_depth offset 1h', true],
    ['queue_depth > 5 or hit_ratio', false],
    ['something_else', true],
    ['sum(queue_depth > 5)', true],
  ])('%s filters: %s', (query, expected) => {
    expect(valueOf(query).filtered).toBe(expected);
  });

  it.each([
    ['rate(requests_total[5m])', true],
    ['sum(rate(requests_total[5m])) * 60', true],
    ['rate(requests_total[5m]) > 0', false],
    ['rate(requests_total[5m]) != 0', false],
    ['rate(requests_total[5m]) >= 0', true],
    ['queue_depth', false],
    ['clamp_min(rate(requests_total[5m]), 1)', false],
  ])('%s is 0 while nothing happens: %s', (query, expected) => {
    expect(valueOf(query).idle).toBe(expected);
  });
});
