import {
  AggregatorRegistry,
  collectDefaultMetrics,
  Counter,
  Registry,
  register,
  type PrometheusContentType,
} from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import * as runtime from '../../src/runtime/index.js';
import { samplesOf, scrape, scrapeOpenMetrics, valueOf } from '../runtime/scrape.js';

const { closedLabel, counter, createTelemetry, gauge, labelledCounter, labelledHistogram } = runtime;
const outcome = closedLabel({ key: 'r.outcome', values: ['ok', 'failed'] });
const telemetry = createTelemetry({
  service: { name: 'test' },
  spans: false,
  sampling: { head: 1, environments: [] },
});
const runs = labelledCounter({ name: 'r_runs_total', help: 'Runs.', labels: { outcome } });

afterEach(async () => {
  await telemetry.start({ registry: register });
});

describe('the registry', () => {
  test("is prom-client's global one, from the import on", async () => {
    runs.inc({ outcome: 'ok' });
    expect(register.getSingleMetric('r_runs_total')).toBeDefined();
    expect(await valueOf('r_runs_total', { outcome: 'ok' })).toBe(1);
    expect(register.getSingleMetric('obsgen_dropped_total')).toBeDefined();
    expect(register.getSingleMetric('obsgen_label_overflow_total')).toBeDefined();
  });

  test('is another one after start({ registry }): every metric moves, with its values', async () => {
    const registry = new Registry();
    await telemetry.start({ registry });
    expect(register.getSingleMetric('r_runs_total')).toBeUndefined();
    runs.inc({ outcome: 'ok' });
    expect(await valueOf('r_runs_total', { outcome: 'ok' }, registry)).toBe(2);
    counter({ name: 'r_late_total', help: 'Late.' });
    expect(await valueOf('r_late_total', {}, registry)).toBe(0);
  });

  test('gets its metrics back after clear()', async () => {
    register.clear();
    expect(await scrape()).toEqual([]);
    await telemetry.start();
    expect(await valueOf('r_runs_total', { outcome: 'ok' })).toBe(2);
  });

  test('may have the name already: nothing throws, stats() names it, and the other metric stays', async () => {
    const registry = new Registry();
    const other = new Counter({ name: 'r_taken_total', help: 'Taken.', registers: [registry] });
    other.inc(5);
    await telemetry.start({ registry });
    const taken = counter({ name: 'r_taken_total', help: 'Taken.' });
    taken.inc();
    expect(await valueOf('r_taken_total', {}, registry)).toBe(5);
    expect(telemetry.stats().clashes).toEqual(['r_taken_total']);
    const free = new Registry();
    await telemetry.start({ registry: free });
    expect(telemetry.stats().clashes).toEqual([]);
    expect(await valueOf('r_taken_total', {}, free)).toBe(1);
  });

  test('that throws at everything is passed over', async () => {
    const refuse = (): never => {
      throw new Error('no');
    };
    await telemetry.start({
      registry: { registerMetric: refuse, getSingleMetric: refuse, removeSingleMetric: refuse },
    });
    runs.inc({ outcome: 'ok' });
    expect(telemetry.stats().clashes).toContain('r_runs_total');
  });

  test('is reset with resetMetrics()', async () => {
    const known = labelledCounter({
      name: 'r_reset_total',
      help: 'Reset.',
      labels: { outcome },
      initialised: true,
    });
    const bound = known.with({ outcome: 'ok' });
    bound.inc(3);
    register.resetMetrics();
    expect(await valueOf('r_reset_total', { outcome: 'ok' })).toBe(0);
    bound.inc();
    expect(await valueOf('r_reset_total', { outcome: 'ok' })).toBe(1);
  });

  test('leaves the names of default metrics free until a helper of that name is used', async () => {
    const registry = new Registry();
    await telemetry.start({ registry });
    gauge({ name: 'process_resident_memory_bytes', help: 'Memory.' });
    counter({ name: 'process_cpu_seconds_total', help: 'CPU.', initialised: true });
    expect(() => {
      collectDefaultMetrics({ register: registry });
    }).not.toThrow();
    expect(await valueOf('process_resident_memory_bytes', {}, registry)).toBeGreaterThan(1e6);
    const own = new Registry();
    await telemetry.start({ registry: own });
    const fds = gauge({ name: 'process_open_fds', help: 'Files.' });
    expect(own.getSingleMetric('process_open_fds')).toBeUndefined();
    fds.set(3);
    expect(await valueOf('process_open_fds', {}, own)).toBe(3);
    gauge({ name: 'process_max_fds', help: 'Files.' }).observe(() => 9);
    expect(await valueOf('process_max_fds', {}, own)).toBe(9);
  });
});

describe('two copies of the runtime', () => {
  test('share metrics that both describe alike', async () => {
    vi.resetModules();
    const copy = await import('../../src/runtime/index.js');
    expect(copy.labelledCounter).not.toBe(labelledCounter);
    const label = copy.closedLabel({ key: 'r.outcome', values: ['ok', 'failed'] });
    const again = copy.labelledCounter({ name: 'r_runs_total', help: 'Runs.', labels: { outcome: label } });
    const before = (await valueOf('r_runs_total', { outcome: 'ok' })) ?? 0;
    runs.inc({ outcome: 'ok' });
    again.inc({ outcome: 'ok' });
    expect(await valueOf('r_runs_total', { outcome: 'ok' })).toBe(before + 2);
    expect(telemetry.stats().clashes).toEqual([]);
  });

  test('do not disturb each other where they describe a name differently', async () => {
    vi.resetModules();
    const copy = await import('../../src/runtime/index.js');
    const other = copy.counter({ name: 'r_runs_total', help: 'Other.' });
    expect(() => {
      other.inc();
    }).not.toThrow();
    expect(telemetry.stats().clashes).toEqual(['r_runs_total']);
    expect((await samplesOf('r_runs_total')).every(({ labels }) => labels.has('outcome'))).toBe(true);
  });
});

describe('other forms of the page', () => {
  const time = labelledHistogram({ name: 'r_seconds', help: 'Time.', labels: { outcome }, buckets: [1] });
  beforeAll(() => {
    time.observe({ outcome: 'ok' }, 0.5);
  });

  test('OpenMetrics names counters rightly, again and again', async () => {
    for (let round = 0; round < 2; round += 1) {
      const names = (await scrapeOpenMetrics()).map(({ name }) => name);
      expect((await samplesOf('r_runs_total')).length).toBeGreaterThan(0);
      expect(names).toContain('r_runs_total');
      expect(names.filter((name) => name.includes('_total_total'))).toEqual([]);
    }
    const registry = new Registry();
    await telemetry.start({ registry });
    expect((await samplesOf('r_runs_total', registry)).length).toBeGreaterThan(0);
  });

  test('default labels are shown and do not stay', async () => {
    const registry = new Registry();
    await telemetry.start({ registry });
    registry.setDefaultLabels({ region: 'eu' });
    await registry.getMetricsAsJSON();
    expect((await samplesOf('r_seconds_count', registry))[0]?.labels.get('region')).toBe('eu');
    registry.setDefaultLabels({});
    expect((await samplesOf('r_seconds_count', registry))[0]?.labels.has('region')).toBe(false);
  });

  test('pages of several processes can be added up', async () => {
    const page = await register.getMetricsAsJSON();
    const sum = AggregatorRegistry.aggregate<PrometheusContentType>([page, structuredClone(page)]);
    const one = (await valueOf('r_seconds_count', { outcome: 'ok' })) ?? 0;
    expect(await valueOf('r_seconds_count', { outcome: 'ok' }, sum)).toBe(2 * one);
  });
});

afterAll(() => {
  register.clear();
});
