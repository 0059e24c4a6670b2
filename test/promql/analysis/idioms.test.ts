import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/promql/analysis/analyse.js';
import { emptyEnvironment } from '../../../src/promql/analysis/environment.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { shop } from './environment.js';

/** Queries that somebody who knows what they do writes: silence is what they want. */
const alerts = [
  'sum(rate(requests_total{outcome="failed"}[5m])) / sum(rate(requests_total[5m])) > 0.05',
  'sum by (outcome) (rate(requests_total[5m])) / ignoring (outcome) group_left () sum(rate(requests_total[5m])) > 0.5',
  'sum(rate(request_seconds_sum[5m])) / sum(rate(request_seconds_count[5m])) > 0.5',
  'sum(rate(request_seconds_bucket{le="0.5"}[5m])) / sum(rate(request_seconds_count[5m])) < 0.9',
  'histogram_quantile(0.99, sum by (le, outcome) (rate(request_seconds_bucket[5m]))) > 1',
  'histogram_quantile(0.5, rate(request_seconds_bucket[5m])) > 0.3',
  'histogram_quantile(0.99, sum by (le) (rate(request_seconds_bucket[5m]))) >= 5',
  'max by (queue) (queue_depth) > 100 and max by (queue) (deriv(queue_depth[10m])) > 0',
  'queue_depth > 100 unless on () up{job="shop"} == 0',
  'queue_depth > 2 * avg_over_time(queue_depth[1d])',
  'abs(queue_depth - queue_depth offset 1w) > 3 * stddev_over_time(queue_depth[1w])',
  'predict_linear(memory_bytes[1h], 4 * 3600) > 8e9',
  'time() - built_timestamp_seconds > 6 * 3600',
  'time() - max(built_timestamp_seconds > 0) > 3600',
  'changes(queue_depth[15m]) > 10',
  'resets(requests_total[1h]) > 3',
  'increase(requests_total{outcome="failed"}[1h]) > 0',
  'requests_total{outcome="failed"} > 0',
  'sum(requests_total{outcome="failed"}) > 0',
  'requests_total - requests_total offset 5m > 100',
  'sum(increase(requests_total[1d])) > 1.5 * sum(increase(requests_total[1d] offset 1w))',
  'requests_total unless requests_total offset 1d',
  'count(up == 0) > 1',
  'count(queue_depth > 100) / count(queue_depth) > 0.5',
  'sum(up) < 3',
  'avg(up) < 0.5',
  'up == 0',
  'min by (job) (up) < 1',
  'absent(up{job="shop"}) == 1',
  'absent_over_time(requests_total[10m])',
  'hit_ratio < 0.5 and on () hour() > 8 and on () hour() < 18',
  'hit_ratio * 100 < 90',
  '1 - hit_ratio > 0.2',
  'drift_ratio > 2',
  'max_over_time(queue_depth[10m]) - min_over_time(queue_depth[10m]) > 50',
  'quantile(0.9, queue_depth) > 10',
  'sum(topk(3, queue_depth)) > 100',
  'label_replace(queue_depth, "team", "$1", "queue", "(.*)-.*") > 10',
  'sum by (team) (label_replace(queue_depth, "team", "$1", "queue", "(.*)-.*")) > 10',
  'queue_size / on (queue) group_left () max by (queue) (queue_depth) > 5',
  'max by (queue) (queue_size) / max by (queue) (queue_depth) > 5',
  'count by (instance) (up) > 1',
  'sum without (instance) (queue_depth) > 5',
  'max without (tool) (queue_size) > on (queue) queue_depth',
  'avg_over_time((sum(rate(requests_total{outcome="failed"}[5m])) / (sum(rate(requests_total[5m])) > 0))[1h:1m]) > 0.1',
  'max_over_time(sum(rate(requests_total[5m]))[1h:5m]) > 100',
  'vector(scalar(sum(queue_depth))) > 5',
  'vector(1)',
  'rate(other_total[5m]) > 1',
  'other_total > 5',
  'sum(other_total) by (x) / sum(other_total) > 5',
  'rate(nobody_knows_this[1s]) / nobody_knows_that > 90',
  'sum(rate(requests_total{outcome=~"$outcome"}[5m])) > 5',
  'sum(rate(calls_total{tool=~"a|b", outcome!="ok"}[5m])) > 5',
  'sum(rate(calls_total{tool=~".+", instance=~"shop-[0-9]+"}[5m])) > 5',
  'sum(rate(calls_total{outcome="ok"}[5m])) / (sum(rate(calls_total[5m])) > 0) > 0.9',
  '(sum(rate(calls_total{outcome="ok"}[5m])) or 0 * sum(rate(calls_total[5m]))) / (sum(rate(calls_total[5m])) > 0) < 0.9',
  'sum(rate(requests_total{outcome="ok"}[5m])) / (sum(rate(requests_total[5m])) > 0) < 0.9',
  '(max(queue_depth) or vector(0)) > 5',
  '(sum by (tool) (rate(calls_total[5m])) or on () vector(0)) > 5',
  'group by (queue) (queue_depth) unless on (queue) queue_size',
  'sum(rate(requests_total[5m])) == 0',
  'sum(rate(requests_total[5m])) < 0.1 and sum(rate(requests_total[5m] offset 1h)) > 1',
  'floor(hit_ratio * 10) > 9',
  'clamp_max(hit_ratio, 0.5) > 0.4',
  'sgn(deriv(queue_depth[5m])) > 0',
  'ALERTS{alertname="A", alertstate="firing"}',
  'memory_bytes / 1024 ^ 3 > 8',
  '(memory_bytes / 1e9) > 8',
  'memory_bytes > 0.9 * memory_bytes offset 1d',
  'timestamp(queue_depth) < time() - 60',
];

function found(query: string, environment = shop): readonly string[] {
  const { expr, errors } = parsePromql(query);
  if (expr === undefined) throw new Error(`no PromQL: ${query}: ${errors[0]?.message ?? ''}`);
  return analyse(expr, environment, 'alert').findings.map(({ code, message }) => `${code} ${message}`);
}

describe('what careful people write', () => {
  it.each(alerts)('%s', (query) => {
    expect(found(query)).toEqual([]);
  });
});

describe('where nothing is known of any metric', () => {
  it.each(alerts)('there is nothing to say of %s', (query) => {
    expect(found(query, emptyEnvironment)).toEqual([]);
  });
});
