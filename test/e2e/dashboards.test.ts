import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allDashboards } from '../../src/dashboards/index.js';
import { buildDashboard } from '../../src/emit/grafana/build.js';
import { emit } from '../../src/emit/index.js';
import type { Model } from '../../src/model/model.js';
import { seriesNamed } from '../../src/model/series.js';
import { parsePromql } from '../../src/promql/parse.js';
import { selectors } from '../../src/promql/walk.js';
import { packageRoot } from '../../src/package-root.js';
import { modelOf } from '../support/model.js';
import { missingProgram } from '../support/program.js';
import { RunningProgram } from '../support/running-program.js';
import { AgentProcess, compileExample } from './agent-process.js';
import { postTask, streamTask } from './client.js';
import { atRest, bySpeed, notRecorded, nowAndThen, withoutAnswer } from './dashboards-without-data.js';
import { ask, nothingChosen, queriesOf, type PanelQuery } from './panel-queries.js';

/** The reference spec, scraped and evaluated each second. */
function quickModel(): Model {
  const spec = parse(readFileSync(join(packageRoot, 'observability.yaml'), 'utf8')) as {
    readonly target: { readonly prometheus: object };
  };
  const prometheus = { ...spec.target.prometheus, scrapeInterval: '1s', evaluationInterval: '1s' };
  return modelOf(JSON.stringify({ ...spec, target: { ...spec.target, prometheus } }));
}

/** Writes the rules; nobody waits for the minutes between two evaluations of long windows. */
function writeRules(model: Model, folder: string): void {
  for (const { path, content } of emit(model)) {
    if (!path.startsWith('prometheus/rules/')) continue;
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content.replaceAll(/^( +interval: ).+$/gm, '$11s'));
  }
}

/** Something of everything that an agent does and gets into. */
const tasks: readonly { readonly task: string; readonly agent?: string; readonly model?: string }[] = [
  { task: 'Compute: 6 * 7', agent: 'analyst' },
  { task: 'What time is it?', agent: 'analyst', model: 'sage-small' },
  { task: 'How does a heat pump move heat?', model: 'gpt-9-turbo-ultra' },
  { task: 'Compare: night trains and cargo bikes' },
  { task: 'Brief me: error budgets' },
  { task: 'In a hurry: what is herd immunity?' },
  { task: 'During the outage: what is a burn rate?' },
  { task: 'Patiently: is the night train better?' },
  { task: 'Over a bad line: how long is a sleep cycle?' },
  { task: 'Improperly: something that no provider answers' },
  { task: 'At great length: everything about vaccines' },
  { task: 'Clumsily: six times seven' },
  { task: 'Curiously: what did the board decide?' },
  { task: 'Read the digest of this week' },
  { task: 'Stubbornly: the meaning of everything' },
  { task: 'Exhaustively: all about wind power' },
  { task: 'At any price: the price of gold' },
];

interface Asked {
  readonly query: PanelQuery;
  /** How many numbers came; a text where Prometheus refused. */
  readonly answer: number | string;
}

const nameOf = ({ panel, target }: PanelQuery): string => `${panel} / ${target.legendFormat}`;

/** The metric that a series belongs to; a recorded series stands for itself. */
function metricOf(model: Model, series: string): string {
  return seriesNamed(model, series)?.metric.name ?? series;
}

function metricsRead(model: Model, { target }: PanelQuery): readonly string[] {
  const { expr } = parsePromql(target.expr);
  if (expr === undefined) throw new Error(`obs-gen cannot read its own query: ${target.expr}`);
  return selectors(expr).flatMap(({ metric }) => (metric === undefined ? [] : metricOf(model, metric)));
}

async function work(address: string): Promise<void> {
  const cancelled = await postTask(address, { task: 'Patiently: what nobody waits for' });
  const { id } = (await cancelled.json()) as { readonly id: string };
  await fetch(`${address}/tasks/${id}`, { method: 'DELETE' });
  await Promise.all(tasks.map((task) => streamTask(address, task)));
  await fetch(`${address}/nowhere`);
  await fetch(`${address}/tasks`, { method: 'POST', body: 'no JSON' });
}

/** Waits until Prometheus has scraped the service so many times more: it takes some seconds after its start before it scrapes at all. */
async function scraped(prometheus: RunningProgram, times: number): Promise<void> {
  const count = async (): Promise<number> => {
    const { data } = (await prometheus.get('/api/v1/query?query=count_over_time(up[10m])')) as {
      readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
    };
    return Number(data.result[0]?.value[1] ?? 0);
  };
  const goal = (await count()) + times;
  const deadline = Date.now() + 120_000;
  while ((await count()) < goal) {
    if (Date.now() > deadline) throw new Error('Prometheus does not scrape the service');
    await sleep(200);
  }
}

describe.skipIf(missingProgram('prometheus'))('the dashboards of the example', () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-dashboards-'));
  const stops: (() => Promise<unknown>)[] = [];
  const model = quickModel();
  const boards = allDashboards(model).map((each) => [each.name, buildDashboard(model, each)] as const);
  const asked: Asked[] = [];
  /** Metrics and recorded series that Prometheus has; a histogram's under its own name. */
  const recorded = new Set<string>();
  /** Those of `atRest` that counted something after all. */
  const moving = new Set<string>();

  beforeAll(async () => {
    compileExample('dashboards');
    writeRules(model, folder);
    const service = await AgentProcess.start();
    stops.push(() => service.stop());
    const config = {
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: [join(folder, 'prometheus', 'rules', '*.yaml')],
      scrape_configs: [
        { job_name: 'research-agent', static_configs: [{ targets: [new URL(service.address).host] }] },
      ],
    };
    writeFileSync(join(folder, 'prometheus.json'), JSON.stringify(config));
    const prometheus = await RunningProgram.start('prometheus', (listen) => [
      `--config.file=${join(folder, 'prometheus.json')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${listen}`,
    ]);
    stops.push(() => prometheus.stop());
    // What a counter counted before its first scrape no rate sees: the same happens twice, with scrapes before, between and after.
    await scraped(prometheus, 1);
    await work(service.address);
    await scraped(prometheus, 3);
    await work(service.address);
    await scraped(prometheus, 5);

    const { data } = (await prometheus.get('/api/v1/label/__name__/values')) as {
      readonly data: readonly string[];
    };
    for (const name of data) recorded.add(metricOf(model, name));
    for (const metric of atRest.keys()) {
      const query = encodeURIComponent(`sum(increase(${metric}[5m])) > 0`);
      const { data: grown } = (await prometheus.get(`/api/v1/query?query=${query}`)) as {
        readonly data: { readonly result: readonly unknown[] };
      };
      if (grown.result.length > 0) moving.add(metric);
    }
    const times = { end: Math.floor(Date.now() / 1000), range: 300, scrapeInterval: 1 };
    for (const [board, dashboard] of boards) {
      const chosen = nothingChosen(dashboard);
      for (const query of queriesOf(board, dashboard))
        asked.push({ query, answer: await ask(prometheus, query, chosen, times) });
    }
  });

  afterAll(async () => {
    await Promise.allSettled(stops.reverse().map((stop) => stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  const empty = (): readonly PanelQuery[] =>
    asked.filter(({ answer }) => answer === 0).map(({ query }) => query);

  it('ask nothing that Prometheus refuses', () => {
    expect(asked.filter(({ answer }) => typeof answer === 'string')).toEqual([]);
    expect(asked.length).toBeGreaterThan(200);
  });

  it('get an answer to every query, but for those that are known to have none', () => {
    const silent = [notRecorded, atRest, nowAndThen];
    const isKnown = (metric: string): boolean => silent.some((each) => each.has(metric));
    const unexplained = empty().filter(
      (query) =>
        !withoutAnswer.has(nameOf(query)) &&
        !bySpeed.has(nameOf(query)) &&
        !metricsRead(model, query).some(isKnown),
    );
    expect(unexplained.map((query) => `${query.board} / ${nameOf(query)}: ${query.target.expr}`)).toEqual([]);
  });

  it('have no exception that is none any more', () => {
    expect([...notRecorded.keys()].filter((metric) => recorded.has(metric))).toEqual([]);
    expect([...atRest.keys()].filter((metric) => moving.has(metric))).toEqual([]);
    const names = new Set(empty().map(nameOf));
    expect([...withoutAnswer.keys()].filter((name) => !names.has(name))).toEqual([]);
    const read = new Set(empty().flatMap((query) => metricsRead(model, query)));
    expect([...notRecorded.keys(), ...atRest.keys()].filter((metric) => !read.has(metric))).toEqual([]);
  });

  it('show something in most panels', () => {
    const filled = asked.filter(({ answer }) => answer !== 0);
    expect(filled.length / asked.length).toBeGreaterThan(0.7);
  });
});
