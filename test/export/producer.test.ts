import { metrics } from '@opentelemetry/sdk-node';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { families } from '../../src/runtime/exposition/registry.js';
import type { MetricData } from '../../src/runtime/export/metric-data.js';
import { createMetricProducer } from '../../src/runtime/export/producer.js';
import {
  closedLabel,
  counter,
  gauge,
  labelledCounter,
  labelledGauge,
  labelledHistogram,
  openLabel,
} from '../../src/runtime/index.js';

const kind = closedLabel({ key: 'p.kind', values: ['a', 'b'] });

afterEach(() => {
  vi.useRealTimers();
});

/** A producer of which a test reads single metrics. */
function reading(temporality?: 'cumulative' | 'delta') {
  const producer = createMetricProducer('service', { temporality });
  return async (name: string): Promise<MetricData | undefined> => {
    const { resourceMetrics, errors } = await producer.collect();
    expect(errors).toEqual([]);
    return resourceMetrics.scopeMetrics[0]?.metrics.find(({ descriptor }) => descriptor.name === name);
  };
}

/** Value by the value of the only label. */
function byLabel(metric: MetricData | undefined): Record<string, unknown> {
  return Object.fromEntries(
    (metric?.dataPoints ?? []).map(({ attributes, value }) => [Object.values(attributes).join(), value]),
  );
}

function family(name: string) {
  const found = families().find((each) => each.name === name);
  if (found === undefined) throw new Error(`no metric ${name}`);
  return found;
}

describe('a producer', () => {
  test('is what the SDK takes for one, and says what the SDK would', async () => {
    const ours: metrics.MetricProducer = createMetricProducer('service');
    counter({ name: 'p_steps_total', help: 'Steps.' }).inc(2);
    const { resourceMetrics } = await ours.collect();
    const found = resourceMetrics.scopeMetrics[0]?.metrics.find(
      ({ descriptor }) => descriptor.name === 'p_steps_total',
    );
    expect(found).toMatchObject({
      dataPointType: metrics.DataPointType.SUM,
      aggregationTemporality: metrics.AggregationTemporality.CUMULATIVE,
      isMonotonic: true,
      dataPoints: [{ attributes: {}, value: 2 }],
    });
    expect(resourceMetrics.resource.attributes).toEqual({});
    const delta: metrics.MetricProducer = createMetricProducer('service', { temporality: 'delta' });
    const { resourceMetrics: deltas } = await delta.collect();
    const types = new Map(
      deltas.scopeMetrics[0]?.metrics.map((metric) => [metric.descriptor.name, metric]) ?? [],
    );
    expect(types.get('p_steps_total')?.aggregationTemporality).toBe(metrics.AggregationTemporality.DELTA);
  });

  test('begins at the start of the process, and shows rows at 0 that are known beforehand', async () => {
    labelledCounter({ name: 'p_known_total', help: 'Known.', labels: { kind }, initialised: true });
    const metric = await reading()('p_known_total');
    expect(byLabel(metric)).toEqual({ a: 0, b: 0 });
    const [seconds = NaN] = metric?.dataPoints[0]?.startTime ?? [];
    expect(Math.abs(seconds - performance.timeOrigin / 1000)).toBeLessThan(2);
    expect(await reading('delta')('p_known_total')).toBeUndefined();
  });

  test('reads gauges that are observed, without a row for those that nobody set', async () => {
    gauge({ name: 'p_observed', help: 'Observed.' }).observe(() => 4);
    gauge({ name: 'p_unset', help: 'Unset.' });
    const read = reading('delta');
    expect(byLabel(await read('p_observed'))).toEqual({ '': 4 });
    expect(byLabel(await read('p_observed'))).toEqual({ '': 4 });
    expect(await read('p_unset')).toBeUndefined();
  });

  test('gives a gauge as it is where it went down', async () => {
    const load = labelledGauge({ name: 'p_load', help: 'Load.', labels: { kind } });
    const read = reading('delta');
    load.set({ kind: 'a' }, 9);
    const before = await read('p_load');
    load.dec({ kind: 'a' }, 12);
    const after = await read('p_load');
    expect(byLabel(after)).toEqual({ a: -3 });
    expect(after?.dataPoints[0]?.startTime).toEqual(before?.dataPoints[0]?.startTime);
  });

  test('leaves out the sum of a histogram of values that can be negative', async () => {
    const drift = labelledHistogram({
      ...{ name: 'p_drift', help: 'Drift.', labels: { kind }, buckets: [-1, 0, 1] },
    });
    drift.observe({ kind: 'a' }, -0.5);
    expect(byLabel(await reading()('p_drift'))).toEqual({
      a: { buckets: { boundaries: [-1, 0, 1], counts: [0, 1, 0, 0] }, count: 1 },
    });
  });

  test('starts a row anew that was reset', async () => {
    const resets = labelledCounter({ name: 'p_resets_total', help: 'Resets.', labels: { kind } });
    const sizes = labelledHistogram({
      ...{ name: 'p_sizes', help: 'Sizes.', labels: { kind }, buckets: [1, 10] },
    });
    const cumulative = reading();
    const delta = reading('delta');
    resets.inc({ kind: 'a' }, 5);
    sizes.observe({ kind: 'a' }, 3);
    sizes.observe({ kind: 'a' }, 3);
    const before = await cumulative('p_resets_total');
    await delta('p_resets_total');
    family('p_resets_total').reset();
    family('p_sizes').reset();
    resets.inc({ kind: 'a' }, 2);
    sizes.observe({ kind: 'a' }, 4);
    const after = await cumulative('p_resets_total');
    expect(byLabel(after)).toEqual({ a: 2 });
    expect(after?.dataPoints[0]?.startTime).toEqual(before?.dataPoints[0]?.endTime);
    expect(byLabel(await delta('p_resets_total'))).toEqual({ a: 2 });
    sizes.observe({ kind: 'a' }, 0.5);
    expect(byLabel(await delta('p_sizes'))).toMatchObject({
      a: { buckets: { counts: [1, 0, 0] }, count: 1, sum: 0.5 },
    });
  });

  test('keeps what it knows of rows whose neighbours expired, and starts rows of a used place anew', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    const user = openLabel({ key: 'p.user', cap: 2 });
    const visits = labelledCounter({
      ...{ name: 'p_visits_total', help: 'Visits.', labels: { user } },
      expireAfterSeconds: 60,
    });
    const cumulative = reading();
    const delta = reading('delta');
    visits.inc({ user: 'gone' }, 10);
    visits.inc({ user: 'stays' }, 20);
    await cumulative('p_visits_total');
    expect(byLabel(await delta('p_visits_total'))).toEqual({ gone: 10, stays: 20 });
    vi.advanceTimersByTime(50_000);
    visits.inc({ user: 'stays' });
    await cumulative('p_visits_total');
    expect(byLabel(await delta('p_visits_total'))).toEqual({ stays: 1 });
    vi.advanceTimersByTime(50_000);
    visits.inc({ user: 'stays' });
    const { generation } = family('p_visits_total');
    const before = await cumulative('p_visits_total');
    expect(byLabel(before)).toEqual({ stays: 22 });
    expect(family('p_visits_total').generation).not.toBe(generation);
    // Takes the place that became free, and has more than the one that was there before it.
    visits.inc({ user: 'new' }, 30);
    visits.inc({ user: 'stays' });
    const after = await cumulative('p_visits_total');
    expect(byLabel(after)).toEqual({ stays: 23, new: 30 });
    expect(byLabel(await delta('p_visits_total'))).toEqual({ stays: 2, new: 30 });
    const starts = new Map(
      after?.dataPoints.map(({ attributes, startTime }) => [attributes['user'], startTime]),
    );
    expect(starts.get('new')).toEqual(before?.dataPoints[0]?.endTime);
    expect(starts.get('stays')).toEqual(before?.dataPoints[0]?.startTime);
  });

  test('never ends an interval before it began, though the clock is set back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const ticks = counter({ name: 'p_ticks_total', help: 'Ticks.' });
    const read = reading('delta');
    ticks.inc();
    const before = await read('p_ticks_total');
    vi.setSystemTime(Date.now() - 86_400_000);
    ticks.inc();
    const after = await read('p_ticks_total');
    expect(after?.dataPoints[0]?.endTime).toEqual(before?.dataPoints[0]?.endTime);
    expect(after?.dataPoints[0]?.startTime).toEqual(before?.dataPoints[0]?.endTime);
  });

  test('reports a metric that cannot be read and gives all others', async () => {
    const broken = labelledCounter({ name: 'p_broken_total', help: 'Broken.', labels: { kind } });
    broken.inc({ kind: 'a' });
    counter({ name: 'p_whole_total', help: 'Whole.' }).inc();
    const fault = new Error('out of order');
    const spy = vi.spyOn(family('p_broken_total'), 'labelValues').mockImplementation(() => {
      throw fault;
    });
    const { resourceMetrics, errors } = await createMetricProducer('service').collect();
    spy.mockRestore();
    const names = resourceMetrics.scopeMetrics[0]?.metrics.map(({ descriptor }) => descriptor.name);
    expect(errors).toEqual([fault]);
    expect(names).toContain('p_whole_total');
    expect(names).not.toContain('p_broken_total');
  });
});

test('deltas of any updates and collections add up to the cumulative values', async () => {
  const user = openLabel({ key: 'p.sum.user', cap: 5 });
  const added = labelledCounter({ name: 'p_added_total', help: 'Added.', labels: { user } });
  const took = labelledHistogram({
    ...{ name: 'p_took_seconds', help: 'Took.', labels: { user }, buckets: [1, 2, 4] },
  });
  const step = fc.oneof(
    fc.record({ add: fc.nat({ max: 3 }), user: fc.nat({ max: 8 }) }),
    fc.record({ take: fc.nat({ max: 6 }), user: fc.nat({ max: 8 }) }),
    fc.constant('collect' as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      family('p_added_total').reset();
      family('p_took_seconds').reset();
      const producer = createMetricProducer('service', { temporality: 'delta' });
      const sums = new Map<string, number>();
      const collect = async (): Promise<void> => {
        const { resourceMetrics } = await producer.collect();
        for (const { descriptor, dataPoints } of resourceMetrics.scopeMetrics[0]?.metrics ?? []) {
          for (const { attributes, value } of dataPoints) {
            const parts = typeof value === 'number' ? [value] : [...value.buckets.counts, value.sum ?? NaN];
            parts.forEach((part, index) => {
              const key = `${descriptor.name} ${JSON.stringify(attributes)} ${index}`;
              sums.set(key, (sums.get(key) ?? 0) + part);
            });
          }
        }
      };
      for (const each of steps) {
        if (each === 'collect') await collect();
        else if ('add' in each) added.inc({ user: `u${each.user}` }, each.add);
        else took.observe({ user: `u${each.user}` }, each.take);
      }
      await collect();
      for (const name of ['p_added_total', 'p_took_seconds']) {
        const { cells, width, rowCount } = family(name);
        for (let row = 0; row < rowCount; row += 1) {
          const labels = JSON.stringify({ user: family(name).labelValues(row)[0] });
          for (let cell = 0; cell < width; cell += 1) {
            expect(sums.get(`${name} ${labels} ${cell}`) ?? 0).toBe(cells[row * width + cell]);
          }
        }
      }
    }),
    { numRuns: 300 },
  );
});
