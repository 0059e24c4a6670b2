import { describe, expect, it } from 'vitest';
import {
  spanMetricBounds,
  spanMetricDimensions,
  spanMetricRows,
} from '../../../../src/emit/stack/collector/index.js';
import { spanMetrics } from '../../../../src/emit/stack/collector/span-metrics.js';
import { given } from './spec.js';

describe('span metrics', () => {
  const { model, stack } = given('{ sampling: { tail: { slowerThan: 45s, rest: 0.1 } } }');

  it('are told apart by what is bounded and no secret', () => {
    const dimensions = spanMetricDimensions(model);
    expect(dimensions).toContain('channel');
    expect(dimensions).toContain('gen_ai.agent.name');
    // An open label has whatever values occur.
    expect(dimensions).not.toContain('place');
    for (const sensitive of ['shop.card', 'shop.address', 'note', 'gen_ai.input.messages'])
      expect(dimensions).not.toContain(sensitive);
    expect(new Set(dimensions).size).toBe(dimensions.length);
  });

  it('have an end, whatever names spans have', () => {
    expect(spanMetricRows(model)).toBeGreaterThanOrEqual(500);
    expect(spanMetricRows(model)).toBeLessThanOrEqual(5000);
    expect(spanMetrics(model, stack)).toMatchObject({ aggregation_cardinality_limit: spanMetricRows(model) });
  });

  it('have a bucket that ends where slow begins', () => {
    const bounds = spanMetricBounds(stack);
    expect(bounds).toContain(45);
    expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
    expect(spanMetrics(model, stack)).toMatchObject({
      histogram: { unit: 's' },
      exemplars: { enabled: true },
    });
  });
});
