import fc from 'fast-check';
import type { PrometheusContentType, Registry } from 'prom-client';
import { beforeEach, expect, test } from 'vitest';
import { describeWithClients } from './clients.js';
import { areDistinctKeys, calls, Peers, sortedLines, type Call } from './native-peer.js';

interface Json {
  readonly name: string;
  readonly values: readonly {
    readonly labels: object;
    readonly metricName?: string;
    readonly value: number;
  }[];
}

/** JSON without order, and without the fields that have no value. */
async function json(registry: Registry): Promise<unknown> {
  const metrics = (await registry.getMetricsAsJSON()) as unknown as Json[];
  return metrics.map((metric) => ({
    ...metric,
    values: metric.values
      .map(({ labels, metricName, value }) =>
        JSON.stringify([metricName ?? null, sortedEntries(labels), value]),
      )
      .sort(),
  }));
}

function sortedEntries(labels: object): [string, unknown][] {
  return Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1));
}

describeWithClients('our metrics agree with native ones', (client) => {
  let peers: Peers;

  beforeEach(() => {
    peers = new Peers(client());
    peers.reset();
  });

  /** Makes any calls, in two parts, and compares after each. */
  async function agree(compare: () => Promise<void>): Promise<void> {
    await fc.assert(
      fc.asyncProperty(calls, calls, async (first: Call[], second: Call[]) => {
        fc.pre(areDistinctKeys([...first, ...second]));
        peers.reset();
        peers.call(first);
        await compare();
        peers.call(second);
        await compare();
      }),
      { numRuns: 60 },
    );
  }

  const samePage = async (): Promise<void> => {
    expect(sortedLines(await peers.our.metrics())).toEqual(sortedLines(await peers.native.metrics()));
  };

  test('in the text format', async () => {
    await agree(samePage);
  });

  test('in OpenMetrics, scrape after scrape', async () => {
    peers.format(true);
    await agree(samePage);
  });

  test('in JSON', async () => {
    await agree(async () => {
      expect(await json(peers.our)).toEqual(await json(peers.native));
    });
  });

  test('with default labels, in every form, and without them afterwards', async () => {
    const set = (labels: Record<string, string>): void => {
      for (const registry of [peers.our, peers.native]) registry.setDefaultLabels(labels);
    };
    await agree(async () => {
      set({ region: 'eu "1"', a: 'never shown, for the metrics have a label of that name' });
      await samePage();
      // Of the library's own metrics an empty value would give way to a default one here, for good.
      set({ region: 'eu "1"' });
      expect(await json(peers.our)).toEqual(await json(peers.native));
      set({});
      expect(await peers.our.metrics()).not.toContain('region');
    });
  });

  test('merged with another registry, whatever its default labels are', async () => {
    const merge = (registry: Registry): Registry =>
      client().Registry.merge([registry, new (client().Registry)()]);
    const [our, native] = [merge(peers.our), merge(peers.native)];
    await agree(async () => {
      for (const labels of [{}, { region: 'eu' }]) {
        our.setDefaultLabels(labels);
        native.setDefaultLabels(labels);
        expect(sortedLines(await our.metrics())).toEqual(sortedLines(await native.metrics()));
      }
      await samePage();
    });
  });

  test('added up over processes', async () => {
    await agree(async () => {
      const sum = async (registry: Registry): Promise<string[]> => {
        const page = await registry.getMetricsAsJSON();
        const pages = [page, structuredClone(page)];
        const total = client().AggregatorRegistry.aggregate<PrometheusContentType>(pages);
        return sortedLines(await total.metrics());
      };
      expect(await sum(peers.our)).toEqual(await sum(peers.native));
    });
  });
});

describeWithClients('a registry', (client) => {
  test('formats may alternate, and single metrics be asked for', async () => {
    const peers = new Peers(client());
    peers.reset();
    peers.call([{ metric: 'counter', a: 'x', b: 'y', value: 3 }]);
    const line = 'peer_runs_total{a="x",b="y"} 3';
    for (const openMetrics of [false, true, true, false, false, true, false]) {
      peers.format(openMetrics);
      const type = `# TYPE peer_runs${openMetrics ? '' : '_total'} counter`;
      for (const page of [
        await peers.our.metrics(),
        await peers.our.getSingleMetricAsString('peer_runs_total'),
      ]) {
        expect(page.split('\n')).toContain(line);
        expect(page.split('\n')).toContain(type);
      }
      const names = (await peers.our.getMetricsAsJSON()).map(({ name }) => name);
      expect(names).toEqual(['peer_runs_total', 'peer_depth', 'peer_seconds']);
    }
  });

  test('formats may alternate in a merged registry too', async () => {
    const peers = new Peers(client());
    peers.reset();
    peers.call([{ metric: 'counter', a: 'x', b: 'y', value: 3 }]);
    const merged = client().Registry.merge([peers.our]);
    const { OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE } = client().Registry;
    for (const type of [PROMETHEUS_CONTENT_TYPE, OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE]) {
      merged.setContentType(type as never);
      expect((await merged.metrics()).split('\n')).toContain('peer_runs_total{a="x",b="y"} 3');
    }
  });

  test('what a registry changes in our values does not stay', async () => {
    const peers = new Peers(client());
    peers.reset();
    peers.call([{ metric: 'histogram', a: 'x', b: 'y', value: 1 }]);
    peers.our.setDefaultLabels({ region: 'eu' });
    await peers.our.getMetricsAsJSON();
    peers.our.setDefaultLabels({});
    expect(JSON.stringify(await peers.our.getMetricsAsJSON())).not.toContain('region');
  });
});
