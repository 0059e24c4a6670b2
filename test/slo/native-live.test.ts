import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ruleFiles } from '../emit/prometheus/rules.js';
import { missingProgram } from '../support/program.js';
import { RunningProgram } from '../support/running-program.js';
import { nativeServer } from './native-server.js';

const spec = `
version: 1
service: { name: shop }
target: { prometheus: { scrapeInterval: 1s, evaluationInterval: 1s } }
labels:
  route: { description: Route., values: [busy, idle] }
metrics:
  runs_total: { type: counter, help: Runs., labels: [route] }
external:
  proxy_duration_seconds: { type: histogram, native: true, labels: [route] }
slis:
  fast: { latency: { histogram: proxy_duration_seconds, threshold: 250ms } }
slos:
  fast:
    sli: fast
    objective: 90
    period: 1h
    by: [route]
    windows: [{ severity: page, long: 10s, short: 4s, factor: 2 }]
    alerting: { minEvents: 4 }
`;

interface Result {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** promtool of this version cannot feed native histograms to rules, so that a server scrapes some. */
describe.skipIf(missingProgram('prometheus'))('rules on a native histogram, in Prometheus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-native-'));
  let prometheus: RunningProgram;
  let exposed: Server;
  let scrapes = 0;

  beforeAll(async () => {
    const { host, server } = await nativeServer('proxy_duration_seconds', () => {
      scrapes += 1;
      return [
        // Three of four are at most 1/8 s long, one is longer than a second.
        {
          route: 'busy',
          buckets: [
            [-3, 30 * scrapes],
            [1, 10 * scrapes],
          ],
        },
        {
          route: 'idle',
          buckets: [
            [-3, 30],
            [1, 10],
          ],
        },
      ];
    });
    exposed = server;
    for (const [name, content] of Object.entries(ruleFiles(spec))) writeFileSync(join(folder, name), content);
    const config = {
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: [join(folder, '*.yaml')],
      scrape_configs: [{ job_name: 'shop', static_configs: [{ targets: [host] }] }],
    };
    writeFileSync(join(folder, 'prometheus.json'), JSON.stringify(config));
    prometheus = await RunningProgram.start('prometheus', (listen) => [
      `--config.file=${join(folder, 'prometheus.json')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${listen}`,
      '--enable-feature=native-histograms',
    ]);
  });

  afterAll(async () => {
    await prometheus.stop();
    exposed.closeAllConnections();
    exposed.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function query(expr: string): Promise<readonly (readonly [group: string, value: number])[]> {
    const answer = (await prometheus.get(`/api/v1/query?query=${encodeURIComponent(expr)}`)) as {
      readonly data: { readonly result: readonly Result[] };
    };
    return answer.data.result
      .map(({ metric, value }) => [metric['route'] ?? '', Number(value[1])] as const)
      .sort(([a], [b]) => a.localeCompare(b));
  }

  it('count what is longer than the threshold, nothing for idle groups, and page', async () => {
    const firing = 'ALERTS{alertname="FastBudgetBurnPage",alertstate="firing"}';
    const deadline = Date.now() + 120_000;
    while ((await query(firing)).length === 0 && Date.now() < deadline) await sleep(250);
    expect(await query(firing)).toEqual([['busy', 1]]);
    const [[group, ratio] = ['', Number.NaN], ...others] = await query('slo:sli_error:ratio_rate10s');
    expect(group).toBe('busy');
    expect(ratio).toBeCloseTo(0.25, 9);
    expect(others).toEqual([]);
    expect(await query('slo:sli_bad:rate10s{route="idle"}')).toEqual([['idle', 0]]);
    // NaN is not at least minus infinity.
    expect(await query('count({__name__=~"slo:.+"}) - count({__name__=~"slo:.+"} >= -Inf)')).toEqual([
      ['', 0],
    ]);
  });
});
