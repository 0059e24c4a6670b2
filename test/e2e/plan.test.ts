import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ruleGroupFiles } from '../../src/emit/prometheus/files.js';
import { ruleFile } from '../../src/emit/prometheus/rule-file.js';
import type { Metric, Model } from '../../src/model/model.js';
import { Rates } from '../../src/plan/expected/rates.js';
import { RowModel } from '../../src/plan/expected/rows.js';
import { usualShare } from '../../src/plan/scale.js';
import { allSets } from '../../src/plan/series/all.js';
import { ChildProgram } from '../../src/processes/child-program.js';
import { freePort, loopback } from '../../src/processes/ports.js';
import { untilReady } from '../../src/processes/until-ready.js';
import { shop } from '../plan/specs.js';
import { describeWithPrometheus } from '../support/preview.js';

/** Orders, half of them late: an objective with its rules, and an alert for each product. */
const model: Model = shop(`
slis:
  wait: { latency: { histogram: shop_wait_seconds, threshold: 1s } }
slos:
  wait: { sli: wait, objective: 99, period: 30d, by: [result] }
alerts:
  Waiting: { expr: shop_open_orders > 5, severity: ticket, summary: Orders wait. }
`);
const instances = 2;

function linesOf(metric: Metric, rows: RowModel, value: number): string {
  const of = (name: string, labels: readonly (readonly [string, string])[], shown: number): string =>
    `${name}{${labels.map(([label, text]) => `${label}="${text}"`).join(',')}} ${shown}\n`;
  const lines = rows.of(metric).rows.map(({ values }) => {
    const labels = metric.labels.map(({ wire }, index) => [wire, values[index] ?? ''] as const);
    if (metric.type !== 'histogram') return of(metric.name, labels, metric.type === 'gauge' ? 1 : value);
    const bounds = [...metric.buckets.map(String), '+Inf'];
    const buckets = bounds.map((le) => of(`${metric.name}_bucket`, [...labels, ['le', le]], value));
    return [
      ...buckets,
      of(`${metric.name}_sum`, labels, value),
      of(`${metric.name}_count`, labels, value),
    ].join('');
  });
  return `# TYPE ${metric.name} ${metric.type}\n${lines.join('')}`;
}

/** Rules that are evaluated every second, and look back as far as before. */
const hurried = (rules: string): string => rules.replaceAll(/^( +interval: ).*$/gm, '$11s');

describeWithPrometheus('a real Prometheus', () => {
  let folder: string;
  let pages: Server;
  let prometheus: ChildProgram;
  let address: string;

  async function query(expr: string): Promise<number> {
    const answer = await fetch(`${address}/api/v1/query?query=${encodeURIComponent(expr)}`);
    const { data } = (await answer.json()) as {
      readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
    };
    return Number(data.result[0]?.value[1] ?? 0);
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'obs-gen-plan-'));
    const rows = new RowModel(model, new Rates(model, instances), usualShare);
    let scrapes = 0;
    pages = createServer((_, response) => {
      scrapes += 1;
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end([...model.metrics.values()].map((metric) => linesOf(metric, rows, scrapes)).join(''));
    });
    pages.listen(0, loopback);
    await once(pages, 'listening');
    const { port } = pages.address() as AddressInfo;
    for (const [index, { groups }] of ruleGroupFiles(model).entries())
      writeFileSync(join(folder, `rules-${index}.yaml`), hurried(ruleFile(groups)));
    const targets = Array.from({ length: instances }, (_, index) => ({
      targets: [`${loopback}:${port}`],
      labels: { instance: `shop-${index}` },
    }));
    writeFileSync(
      join(folder, 'prometheus.yaml'),
      JSON.stringify({
        global: { scrape_interval: '500ms', scrape_timeout: '500ms', evaluation_interval: '1s' },
        rule_files: ['rules-*.yaml'],
        scrape_configs: [{ job_name: 'shop', static_configs: targets }],
      }),
    );
    const listen = `${loopback}:${await freePort()}`;
    address = `http://${listen}`;
    prometheus = new ChildProgram({
      program: 'prometheus',
      args: ['--config.file=prometheus.yaml', '--storage.tsdb.path=data', `--web.listen-address=${listen}`],
      cwd: folder,
    });
    const options = {
      deadline: 20_000,
      signal: AbortSignal.timeout(30_000),
      hasEnded: () => prometheus.hasEnded,
    };
    expect(await untilReady(`${address}/-/ready`, options), prometheus.log).toBe('ready');
  });

  afterAll(async () => {
    await prometheus.stop();
    pages.closeAllConnections();
    pages.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('has the series that are expected of the spec', async () => {
    const scale = { instances, regions: 1, share: usualShare };
    const sets = allSets(model, scale);
    const expected = (...sources: readonly string[]): number =>
      sets.filter(({ source }) => sources.includes(source)).reduce((sum, set) => sum + set.expected, 0);
    const scraped = expected('service', 'presets', 'runtime');
    const ofRules = expected('rules');
    // Targets are scraped from five seconds after the start, and rules read what was recorded before.
    const deadline = Date.now() + 120_000;
    const recorded = (): Promise<number> => query('count({__name__=~"slo:.*|slo_info"})');
    while ((await recorded()) < 0.85 * ofRules && Date.now() < deadline) await sleep(200);
    expect(await query('sum(scrape_samples_scraped)')).toBe(Math.round(scraped));
    expect(await query('count({job="shop"})')).toBe(Math.round(scraped + expected('scrape')));
    // While nothing burns, nothing is exhausted: not every rule has a series at every time.
    expect(Math.abs((await recorded()) / ofRules - 1)).toBeLessThanOrEqual(0.15);
    expect(await query('count(ALERTS)')).toBe(expected('alerts'));
  });
});
