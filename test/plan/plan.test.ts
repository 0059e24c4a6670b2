import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { adviceOnMetrics, mostMemory } from '../../src/plan/advice/metrics.js';
import { planOf, type Plan } from '../../src/plan/plan.js';
import { usualShare } from '../../src/plan/scale.js';
import type { PrometheusSize } from '../../src/plan/storage/prometheus.js';
import type { Metric, Model } from '../../src/model/model.js';
import { worstCaseSeries } from '../../src/model/series.js';
import { modelOf } from '../support/model.js';
import { shop } from './specs.js';

const reference = modelOf(readFileSync(new URL('../../observability.yaml', import.meta.url), 'utf8'));
const at = (instances: number, regions = 1): Plan =>
  planOf(reference, { instances, regions, share: usualShare });

describe('the reference spec', () => {
  const plan = at(40);

  test('at worst has as many series as its caps allow, and far fewer are expected', () => {
    const own = plan.sets.filter(({ source }) => source === 'service' || source === 'presets');
    const worst = [...reference.metrics.values()].reduce((sum, metric) => sum + worstCaseSeries(metric), 0);
    expect(own.reduce((sum, set) => sum + set.worst, 0)).toBe(worst * 40);
    expect(plan.fit.perInstance).toEqual({ worst, budget: reference.budgets.seriesPerInstance });
    expect(plan.metrics.expected.series).toBeLessThan(plan.metrics.worst.series / 5);
  });

  test('no set is expected to be larger than it can be', () => {
    for (const { name, worst, expected, moving } of plan.sets) {
      expect(expected, name).toBeLessThanOrEqual(worst);
      expect(
        moving.reduce((sum, { series }) => sum + series, 0),
        name,
      ).toBeCloseTo(expected, 6);
    }
  });

  test('a sample takes what Prometheus says that samples take', () => {
    expect(plan.metrics.expected.bytesPerSample).toBeGreaterThan(0.9);
    expect(plan.metrics.expected.bytesPerSample).toBeLessThan(2);
  });

  test('grows with its instances, but for what is counted once', () => {
    const tenfold = at(400);
    const ratio = tenfold.metrics.expected.series / plan.metrics.expected.series;
    expect(ratio).toBeGreaterThan(9.5);
    expect(ratio).toBeLessThan(10);
    expect(tenfold.logs.bytes.expected / plan.logs.bytes.expected).toBeCloseTo(10);
    expect(tenfold.traces.bytes.expected / plan.traces.bytes.expected).toBeCloseTo(10);
  });

  test('in regions each server has its part, and rules of its own', () => {
    const regions = at(40, 4);
    expect(regions.instancesOfRegion).toBe(10);
    const recorded = (each: Plan): number =>
      each.sets.filter(({ source }) => source === 'rules').reduce((sum, { expected }) => sum + expected, 0);
    expect(recorded(regions)).toBe(recorded(plan));
    expect(regions.advice.find(({ what }) => what === 'Prometheus')?.replicas).toBe(4);
  });

  test('scraped half as often it keeps about half as much', () => {
    const { slower, metrics } = plan;
    expect(slower.series).toBe(metrics.expected.series);
    expect(slower.blocks / metrics.expected.blocks).toBeGreaterThan(0.5);
    expect(slower.blocks / metrics.expected.blocks).toBeLessThan(0.65);
  });

  test('each cut says what it saves, and none more than there is', () => {
    expect(plan.cuts.length).toBeGreaterThan(5);
    const total = plan.sets.reduce((sum, { worst }) => sum + worst, 0);
    for (const { subject, saves } of plan.cuts) {
      const set = plan.sets.find(({ name }) => name === subject);
      expect(saves.worst, subject).toBeGreaterThan(0);
      expect(saves.worst, subject).toBeLessThan(set?.worst ?? total);
      expect(saves.expected, subject).toBeLessThanOrEqual(set?.expected ?? 0);
    }
  });

  test('half a cap saves what the check of the halved spec finds', () => {
    const spec = readFileSync(new URL('../../observability.yaml', import.meta.url), 'utf8');
    const cut = plan.cuts.find(({ subject }) => subject === 'topic');
    expect(cut?.change).toBe('cap: 6 instead of 12');
    const halved = modelOf(spec.replace('cap: 12', 'cap: 6'));
    const name = 'research_documents_fetched_total';
    const worst = (model: Model): number => worstCaseSeries(model.metrics.get(name) as Metric);
    expect(cut?.saves.worst).toBe(40 * (worst(reference) - worst(halved)));
  });

  test('each piece of advice names the rule that it rests on', () => {
    for (const { rule } of [...plan.advice, ...at(20_000).advice]) {
      expect(rule.url).toMatch(/^https:\/\//);
      expect(rule.text.length).toBeGreaterThan(10);
    }
  });
});

test('a spec without a stack has a plan as well', () => {
  const plan = planOf(shop(), { instances: 1, regions: 1, share: usualShare });
  expect(plan.uncounted).toEqual([]);
  expect(plan.metrics.retention).toBe(15 * 86_400);
  expect(plan.advice.map(({ what }) => what)).toContain('Prometheus');
});

test('sampling and retention decide what traces take', () => {
  const spans =
    'spans: { order: { kind: server, description: An order., attributes: { id: { type: string } } } }\n';
  const bytes = (more: string): number =>
    planOf(shop(spans + more), { instances: 10, regions: 1, share: usualShare }).traces.bytes.expected;
  const all = bytes('');
  expect(bytes('traces: { sampling: { head: 0.5 } }') / all).toBeCloseTo(0.5);
  expect(bytes('stack: { traces: { retention: 96h } }') / all).toBeCloseTo(2);
  const tail = bytes('stack: { sampling: { tail: { rest: 0.1 } } }') / all;
  expect(tail).toBeGreaterThan(0.1);
  expect(tail).toBeLessThan(0.12);
});

test('lines below the level of the log are not counted', () => {
  const events = (level: string): readonly string[] =>
    planOf(
      shop(`logs:
  level: ${level}
  events:
    order.taken: { level: debug, message: taken }
    order.lost: { level: error, message: lost }`),
      { instances: 1, regions: 1, share: usualShare },
    ).logs.volumes.map(({ event }) => event);
  expect(events('info')).toEqual(['order.lost']);
  expect(events('debug')).toEqual(['order.taken', 'order.lost']);
});

describe('one Prometheus or Mimir', () => {
  const size = (series: number): PrometheusSize => ({
    ...{ series, samplesPerSecond: series / 15, bytesPerSample: 1.3, block: 7200 },
    ...{ blocks: 1e9, head: 1e8, memory: series * 3000 },
  });

  test('one while its memory can be had', () => {
    const enough = Math.floor(mostMemory / 3000 / 1.5);
    expect(adviceOnMetrics(size(enough), 2, 1e6)).toMatchObject([{ what: 'Prometheus', replicas: 2 }]);
    expect(adviceOnMetrics(size(enough * 1.1), 2, 1e6)[0]?.what).toBe('Mimir distributors');
  });

  test('ingesters hold each series three times, with half as much again to spare', () => {
    const found = adviceOnMetrics(size(20e6), 1, 1e6).find(({ what }) => what === 'Mimir ingesters');
    const { replicas = 0, memory = 0, cores = 0 } = found ?? {};
    expect(replicas * memory).toBeCloseTo((20e6 * 3 * 1.5 * 2.5e9) / 300_000, -6);
    expect(replicas * cores).toBeCloseTo((20e6 * 3 * 1.5) / 300_000, 6);
  });
});
