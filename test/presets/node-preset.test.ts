import { collectDefaultMetrics, Registry } from 'prom-client';
import { afterAll, describe, expect, it } from 'vitest';
import { checkedModel, specOf } from './preset-model.js';

/** What prom-client knows of one of its default metrics; `labelNames` and `upperBounds` are on the objects, not in the typings. */
interface DefaultMetric {
  readonly type: string;
  readonly labelNames: readonly string[];
  readonly upperBounds: readonly number[];
}

const registry = new Registry();
collectDefaultMetrics({ register: registry });
afterAll(() => {
  registry.clear();
});

async function defaultMetrics(): Promise<ReadonlyMap<string, DefaultMetric>> {
  const found = new Map<string, DefaultMetric>();
  for (const { name, type } of await registry.getMetricsAsJSON()) {
    const { labelNames, upperBounds } = registry.getSingleMetric(name) as unknown as Partial<DefaultMetric>;
    found.set(name, { type: String(type), labelNames: labelNames ?? [], upperBounds: upperBounds ?? [] });
  }
  return found;
}

describe('the preset node', () => {
  const { model } = checkedModel(specOf(['node']));

  it('declares the default metrics of prom-client with the same types, labels and buckets', async () => {
    const defaults = await defaultMetrics();
    const linuxOnly = [
      'process_virtual_memory_bytes',
      'process_heap_bytes',
      'process_open_fds',
      'process_max_fds',
    ];
    expect(model.metrics.size).toBeGreaterThan(20);
    for (const metric of model.metrics.values()) {
      const peer = defaults.get(metric.name);
      if (peer === undefined && process.platform !== 'linux') expect(linuxOnly).toContain(metric.name);
      else {
        expect(peer, metric.name).toBeDefined();
        expect(metric.type, metric.name).toBe(peer?.type);
        expect(
          metric.labels.map((label) => label.wire),
          metric.name,
        ).toEqual(peer?.labelNames);
        expect(metric.buckets, metric.name).toEqual(peer?.upperBounds);
      }
    }
  });

  it('leaves out only the gauges whose names say counter', async () => {
    const missing = [...(await defaultMetrics())].filter(([name]) => !model.metrics.has(name));
    expect(missing.map(([name, { type }]) => `${type} ${name}`).sort()).toEqual([
      'gauge nodejs_active_handles_total',
      'gauge nodejs_active_requests_total',
      'gauge nodejs_active_resources_total',
    ]);
  });
});
