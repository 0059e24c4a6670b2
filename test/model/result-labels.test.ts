import { describe, expect, it } from 'vitest';
import { resultLabels } from '../../src/model/analysis.js';
import { parsePromql } from '../../src/promql/parse.js';
import { analysed } from './spec.js';

const { model } = analysed(`version: 1
service: { name: shop }
labels:
  queue: { description: Queue., cap: 5 }
  tool: { description: Tool., cap: 5 }
metrics:
  depth: { type: gauge, help: Depth., labels: [queue] }
  size: { type: gauge, help: Size., labels: [queue, tool] }
  call_seconds: { type: histogram, help: Time of a call., labels: [tool] }
`);

describe('resultLabels', () => {
  it.each([
    ['max(depth) > 5', 'only '],
    ['max by (queue) (depth) > 5', 'only queue'],
    ['5 < max by (queue) (depth)', 'only queue'],
    ['depth > 5', 'some queue'],
    ['depth{pod="a"} > 5', 'some pod queue'],
    ['unknown_metric > 5', 'any'],
    ['sum without (queue) (size)', 'some tool'],
    ['topk(3, size)', 'some queue tool'],
    ['topk(3, sum by (tool) (size))', 'only tool'],
    ['sum by (queue) (sum by (tool) (size))', 'only '],
    ['histogram_quantile(0.9, sum by (le, tool) (rate(call_seconds_bucket[5m]))) > 1', 'only tool'],
    ['label_replace(sum(size), "team", "a", "", "")', 'only team'],
    ['label_replace(depth, "team", "a", "", "")', 'some queue team'],
    ['count_values("n", depth)', 'only n'],
    ['absent(depth{queue="a", pod=~"b"})', 'only queue'],
    ['sum by (queue) (size) / sum by (queue) (depth) > 0.5', 'only queue'],
    ['sum by (queue, tool) (size) / sum by (queue) (depth)', 'only queue'],
    ['size / on (queue) depth', 'only queue'],
    ['size / ignoring (tool) group_left (owner) depth', 'some owner queue tool'],
    ['size * ignoring (tool) sum by (queue) (depth)', 'some queue'],
    ['sum by (queue) (size) and on () unknown_metric', 'only queue'],
    ['sum by (queue) (size) or sum by (tool) (size)', 'only queue tool'],
    ['sum(size) or unknown_metric', 'any'],
    ['-max(depth)', 'only '],
    ['vector(1) > 0', 'only '],
    ['time() - depth > 5', 'some queue'],
    ['max_over_time(sum by (queue) (depth)[1h:1m])', 'only queue'],
  ])('%s: %s', (query, expected) => {
    const { expr } = parsePromql(query);
    if (expr === undefined) throw new Error('no PromQL');
    const found = resultLabels(model, expr);
    const text =
      found === undefined ? 'any' : `${found.closed ? 'only' : 'some'} ${[...found.labels].sort().join(' ')}`;
    expect(text).toBe(expected);
  });
});
