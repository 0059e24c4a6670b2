/**
 * Holds `obs-gen plan` against a real Prometheus, which scrapes made-up instances and evaluates the generated rules. Prints the part of
 * docs/plan.md between its markers, and writes it there with --write.
 *
 *   node scripts/plan-simulation.mjs [--dist DIR] [--spec FILE] [--state FILE] [--only NAME]... [--write]
 *
 * NAME is a scale, or `two hours`: a block of one instance as in production, which promtool writes.
 * Each scale has its own pace: time runs faster, so that as much happens between two scrapes as in production, and the head becomes a block
 * after fewer of them. What a run finds is kept in --state, so that scales can be run one after the other. The exit code is 1 where series are
 * more than 10 % off or bytes more than 25 %.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { setPriority, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Instance, layoutOf } from './plan-simulation/fleet.mjs';
import { randomFrom } from './random-from.mjs';
import { hurried, Prometheus } from './plan-simulation/prometheus.mjs';
import { compared, report } from './plan-simulation/report.mjs';
import { twoHours } from './plan-simulation/two-hours.mjs';

const root = resolve(import.meta.dirname, '..');

/** Seconds between scrapes, and scrapes after which the head is written as a block. */
const scales = {
  tiny: { instances: 1, interval: 0.25, scrapes: 16 },
  10: { instances: 10, interval: 4, scrapes: 120 },
  100: { instances: 100, interval: 8, scrapes: 60 },
  1000: { instances: 1000, interval: 60, scrapes: 8 },
};
/** Times as long as planned, after which what there is has to be enough: a busy machine scrapes less often. */
const patience = 1.15;

const { values: options } = parseArgs({
  options: {
    dist: { type: 'string', default: join(root, 'dist') },
    spec: { type: 'string', default: join(root, 'observability.yaml') },
    state: { type: 'string', default: join(tmpdir(), 'plan-simulation.json') },
    only: { type: 'string', multiple: true },
    write: { type: 'boolean', default: false },
  },
});

const load = (path) => import(pathToFileURL(join(resolve(options.dist), path)).href);
const { analyse } = await load('analyse.js');
const { ruleFile } = await load('emit/prometheus/rule-file.js');
const { ruleGroupFiles } = await load('emit/prometheus/files.js');
const { allSets } = await load('plan/series/all.js');
const { Rates } = await load('plan/expected/rates.js');
const { RowModel } = await load('plan/expected/rows.js');
const { usualShare } = await load('plan/scale.js');
const { added, blockBytes } = await load('plan/storage/block-bytes.js');

const { model, diagnostics } = analyse(options.spec, new Date().toISOString().slice(0, 10));
if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
const production = model.target.prometheus.scrapeInterval.seconds;

/**
 * The planned times of an instance's scrapes, as they come: milliseconds since 1970. Where the machine is too busy for one of them, time
 * stands still.
 */
function schedule(interval) {
  let next;
  return () => {
    next = next === undefined ? Date.now() : next + interval * 1000;
    return next;
  };
}

/** Instances behind one port, each on its own path. @param step seconds of their own time between two scrapes */
async function serve(fleet, interval, step) {
  const times = fleet.map(() => schedule(interval));
  const server = createServer((request, response) => {
    const index = Number(request.url?.slice(1));
    const instance = fleet[index];
    if (instance === undefined) {
      response.writeHead(404).end();
      return;
    }
    instance.pass(step);
    const page = instance.page(times[index]());
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4', 'content-length': page.length });
    response.end(page);
  });
  server.keepAliveTimeout = 120_000;
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

function configOf({ instances, interval }, pages, own, folder) {
  const seconds = `${Math.round(interval * 1000)}ms`;
  const targets = Array.from({ length: instances }, (_, index) => ({
    targets: [`127.0.0.1:${pages}`],
    labels: { __metrics_path__: `/${index}`, instance: `10.0.${index >> 8}.${index & 255}:9464` },
  }));
  const file = join(folder, 'targets.json');
  writeFileSync(file, JSON.stringify(targets));
  const [[, job] = []] = [...model.service.selector].filter(([label]) => label === 'job');
  return JSON.stringify({
    global: { scrape_interval: seconds, scrape_timeout: seconds, evaluation_interval: seconds },
    rule_files: [join(folder, 'rules-*.yaml')],
    scrape_configs: [
      { job_name: job ?? model.service.name, file_sd_configs: [{ files: [file] }] },
      { job_name: 'prometheus', static_configs: [{ targets: [`127.0.0.1:${own}`] }] },
    ],
  });
}

/** What the plan says of a block of these series. @param samples of a series in it */
function plannedBlock(sets, samples) {
  const range = samples * production;
  const bytes = added(sets.map((set) => blockBytes(set, { head: range, block: range })));
  return {
    series: sets.reduce((sum, { expected }) => sum + expected, 0),
    bytesPerSample: (bytes.chunks + bytes.index) / bytes.samples,
    chunkBytesPerSample: bytes.chunks / bytes.samples,
    indexBytesPerSample: bytes.index / bytes.samples,
  };
}

/** What the plan says of the series that are scraped here. */
function predictedOf({ instances, block }) {
  const sets = allSets(model, { instances, regions: 1, share: usualShare }).filter(
    ({ source, name }) => source !== 'spans' && (source !== 'parts' || name === 'prometheus'),
  );
  // Scrapes that came too late, because the machine was busy, are missing from the block.
  return plannedBlock(sets, block.samples / block.series);
}

/** Two hours of one instance, on a page alone. */
function predictedTwoHours({ samples, series }) {
  const sets = allSets(model, { instances: 1, regions: 1, share: usualShare });
  const ofPage = sets.filter(({ source }) => source === 'service' || source === 'presets');
  return plannedBlock(ofPage, samples / series);
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Waits until each instance has been scraped often enough, and says how it goes. */
async function run(prometheus, { instances, interval, scrapes }) {
  const begun = Date.now();
  let memory = 0;
  for (;;) {
    if (prometheus.hasEnded) throw new Error(`Prometheus has ended: ${prometheus.log}`);
    await sleep(Math.min(5000, interval * 500));
    const now = await prometheus.readings();
    memory = Math.max(memory, now.get('process_resident_memory_bytes'));
    const [series, samples] = ['series', 'samples_appended_total'].map((name) =>
      now.get(`prometheus_tsdb_head_${name}`),
    );
    const seconds = (Date.now() - begun) / 1000;
    process.stderr.write(
      `\r${instances} instances, ${Math.round(seconds)} s: ${series} series, ${samples} samples, ${Math.round(memory / 1e6)} MB   `,
    );
    const isOver = samples >= series * scrapes || seconds > patience * interval * scrapes + 30;
    if (isOver) return { memory, series, samples };
  }
}

async function measured(scale) {
  const { instances, interval } = scale;
  const folder = mkdtempSync(join(tmpdir(), 'plan-simulation-'));
  const layout = layoutOf(model, new RowModel(model, new Rates(model, instances), usualShare));
  const random = randomFrom(instances);
  const day = 86_400;
  const fleet = Array.from(
    { length: instances },
    (_, index) => new Instance(layout, index + 1, random() * day),
  );
  const factor = interval / production;
  for (const [index, { groups }] of ruleGroupFiles(model).entries())
    writeFileSync(join(folder, `rules-${index}.yaml`), hurried(ruleFile(groups), factor));
  const pages = await serve(fleet, interval, production);
  const own = await freePort();
  const prometheus = new Prometheus({
    ...{ folder, port: own },
    config: configOf(scale, pages.address().port, own, folder),
  });
  const kill = () => prometheus.kill();
  process.once('exit', kill);
  try {
    await prometheus.ready();
    const found = await run(prometheus, scale);
    const [scraped, recorded, alerts] = await Promise.all(
      [
        'sum(scrape_samples_scraped{job!="prometheus"})',
        'count({__name__=~"sl[io]:.*|slo_info|anomaly:.*"})',
        'count({__name__=~"ALERTS.*"})',
      ].map((expr) => prometheus.query(expr)),
    );
    const wal = prometheus.walBytes;
    return {
      ...{ instances, interval, ...found, scraped, recorded, alerts },
      walBytesPerSample: wal / found.samples,
      block: await prometheus.block(),
    };
  } finally {
    await prometheus.stop();
    process.off('exit', kill);
    pages.closeAllConnections();
    pages.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

// Prometheus inherits it: whoever else works on the machine goes first.
setPriority(10);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(143));
const state = existsSync(options.state) ? JSON.parse(readFileSync(options.state, 'utf8')) : {};
const names = options.only ?? ['two hours', '10', '100', '1000'];
if (names.includes('two hours')) {
  const layout = layoutOf(model, new RowModel(model, new Rates(model, 1), usualShare));
  state['two hours'] = twoHours(layout, production, model.service.name);
  writeFileSync(options.state, JSON.stringify(state, undefined, 2));
}
for (const name of names.filter((each) => each !== 'two hours')) {
  const scale = scales[name];
  if (scale === undefined) throw new Error(`there is no scale ${name}: ${Object.keys(scales).join(', ')}`);
  state[name] = await measured(scale);
  process.stderr.write('\n');
  writeFileSync(options.state, JSON.stringify(state, undefined, 2));
}
const rows = Object.entries(state)
  .filter(([name]) => scales[name] !== undefined && name !== 'tiny')
  .map(([, found]) => compared(found, predictedOf(found)));
const block = state['two hours'];
const ofTwoHours = block && compared({ instances: 1, series: block.series, block }, predictedTwoHours(block));
const text = report(rows, ofTwoHours, production);
process.stdout.write(text);
if (options.write) {
  const page = join(root, 'docs/plan.md');
  const [begin, end] = ['<!-- simulation: begin -->\n', '<!-- simulation: end -->'];
  const content = readFileSync(page, 'utf8');
  const [from, to] = [content.indexOf(begin) + begin.length, content.indexOf(end)];
  writeFileSync(page, content.slice(0, from) + text + content.slice(to));
}
process.exitCode = [...rows, ...(ofTwoHours === undefined ? [] : [ofTwoHours])].every(
  ({ isClose }) => isClose,
)
  ? 0
  : 1;
