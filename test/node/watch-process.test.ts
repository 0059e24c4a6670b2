import { constants } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectionKinds } from '../../src/runtime/node/garbage-collection.js';
import { parseExposition, type Sample } from '../runtime/exposition.js';
import { Service } from './service.js';

const spec = `
version: 1
service: { name: watched, runbooks: https://runbooks.example.com }
presets: [node]
`;

const start = `
import { register, collectDefaultMetrics, Registry } from 'prom-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { labels, metrics, telemetry } from './esm/index.js';
import { watchProcess } from './esm/runtime/node/watch-process.js';

const page = () => register.metrics();
/** A page on which the event loop's delay is, which takes a second to measure. */
const settledPage = async () => {
  for (;;) {
    const text = await page();
    if (text.includes('nodejs_eventloop_lag_max_seconds ')) return text;
    await sleep(50);
  }
};
/** How many collections of a kind there are on the page. */
const collections = async (kind) =>
  Number(new RegExp('_gc_duration_seconds_count\\\\{kind="' + kind + '"\\\\} (\\\\d+)').exec(await page())?.[1] ?? 0);
/** Waits for something that Node tells a little later, but not for ever. */
const until = async (isSo) => { for (let attempt = 0; attempt < 50 && !(await isSo()); attempt += 1) await sleep(20); };
const block = (milliseconds) => { const end = performance.now() + milliseconds; while (performance.now() < end); };
const print = (value) => console.log(JSON.stringify(value));
`;

let service: Service;
beforeAll(() => {
  service = new Service(spec);
});
afterAll(() => {
  service.remove();
});

/** The values of a page by series, labels in the order of the page: `name{label=value}`. */
function values(page: string): ReadonlyMap<string, number> {
  return new Map(parseExposition(page).map((sample) => [series(sample), sample.value]));
}

function series({ name, labels }: Sample): string {
  return labels.size === 0 ? name : `${name}{${Array.from(labels, (pair) => pair.join('=')).join(',')}}`;
}

function sumOf(page: string, name: string): number {
  return parseExposition(page)
    .filter((sample) => sample.name === name)
    .reduce((sum, { value }) => sum + value, 0);
}

/** Each family's type, and the names of its series' labels. */
function shapes(page: string): ReadonlyMap<string, { type: string; labels: readonly string[] }> {
  const found = new Map<string, { type: string; labels: readonly string[] }>();
  const samples = parseExposition(page);
  for (const [, name = '', type = ''] of page.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    const own = samples.filter((sample) => [name, `${name}_count`].includes(sample.name));
    found.set(name, { type, labels: [...new Set(own.flatMap(({ labels }) => [...labels.keys()]))] });
  }
  return found;
}

describe('the metrics of a process', () => {
  test('agree with what Node says of it', () => {
    const { pages, truth } = service.json(
      `${start}
import { createServer } from 'node:net';
import { readdirSync } from 'node:fs';
import v8 from 'node:v8';
const servers = await Promise.all([1, 2, 3].map(() => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
})));
watchProcess(metrics);
const before = process.cpuUsage();
// Time on the clock may be spent by others.
while (process.cpuUsage(before).user < 300_000);
const text = await settledPage();
const truth = {
  before, cpu: process.cpuUsage(), memory: process.memoryUsage(), spaces: v8.getHeapSpaceStatistics(),
  fds: readdirSync('/proc/self/fd').length - 1, limit: process.report.getReport().userLimits.open_files.soft,
  started: Date.now() / 1000 - process.uptime(), version: process.version,
};
for (const server of servers) server.close();
print({ pages: [text], truth });`,
    ) as {
      pages: [string];
      truth: {
        before: NodeJS.CpuUsage;
        cpu: NodeJS.CpuUsage;
        memory: NodeJS.MemoryUsage;
        spaces: { space_name: string; space_size: number }[];
        fds: number;
        limit: number | string;
        started: number;
        version: string;
      };
    };
    const page = values(pages[0]);
    const value = (name: string): number => page.get(name) ?? NaN;

    // What a reading gives lies between two readings of Node's own.
    for (const [name, part] of [
      ['process_cpu_user_seconds_total', 'user'],
      ['process_cpu_system_seconds_total', 'system'],
    ] as const) {
      expect(value(name), name).toBeGreaterThanOrEqual(truth.before[part] / 1e6);
      expect(value(name), name).toBeLessThanOrEqual(truth.cpu[part] / 1e6);
    }
    expect(value('process_cpu_user_seconds_total')).toBeGreaterThanOrEqual(0.3);
    expect(value('process_cpu_seconds_total')).toBeCloseTo(
      value('process_cpu_user_seconds_total') + value('process_cpu_system_seconds_total'),
      9,
    );
    expect(Math.abs(value('process_start_time_seconds') - truth.started)).toBeLessThan(1);

    const near = (name: string, expected: number): void => {
      expect(value(name) / expected, name).toBeGreaterThan(0.5);
      expect(value(name) / expected, name).toBeLessThan(2);
    };
    near('process_resident_memory_bytes', truth.memory.rss);
    near('nodejs_heap_size_total_bytes', truth.memory.heapTotal);
    near('nodejs_heap_size_used_bytes', truth.memory.heapUsed);
    near('nodejs_external_memory_bytes', truth.memory.external);
    expect(value('process_virtual_memory_bytes')).toBeGreaterThan(value('process_heap_bytes'));
    expect(value('process_heap_bytes')).toBeGreaterThan(value('nodejs_heap_size_total_bytes') / 2);

    expect(value('process_open_fds')).toBe(truth.fds);
    expect(value('process_max_fds')).toBe(truth.limit);

    for (const { space_name, space_size } of truth.spaces) {
      const space = space_name.slice(0, -'_space'.length);
      const size = value(`nodejs_heap_space_size_total_bytes{space=${space}}`);
      expect(Math.abs(size - space_size), space).toBeLessThan(8 * 1024 * 1024);
    }
    expect(sumOf(pages[0], 'nodejs_heap_space_size_total_bytes')).toBeCloseTo(
      value('nodejs_heap_size_total_bytes'),
      -6,
    );
    expect(value('nodejs_active_resources{type=TCPServerWrap}')).toBe(3);
    expect(value('nodejs_active_handles{type=Server}')).toBe(3);
    const [major = '', minor = '', patch = ''] = truth.version.slice(1).split('.');
    const version = `{version=${truth.version},major=${major},minor=${minor},patch=${patch}}`;
    expect(value(`nodejs_version_info${version}`)).toBe(1);
  });

  test('have the names, types and labels of the default metrics of prom-client', () => {
    const { ours, theirs } = service.json(
      `${start}
import { readFile } from 'node:fs/promises';
watchProcess(metrics);
const registry = new Registry();
collectDefaultMetrics({ register: registry });
gc(); gc({ type: 'minor' });
await settledPage();
const reading = readFile('program.mjs');
const pages = { ours: await page(), theirs: await registry.metrics() };
await reading;
print(pages);
process.exit();`,
      { flags: ['--expose-gc'] },
    ) as Record<'ours' | 'theirs', string>;
    const own = new Map([...shapes(ours)].filter(([name]) => !name.startsWith('obsgen_')));
    const peer = new Map(shapes(theirs));
    // Gauges whose names say counter; they are sums of other rows.
    for (const kind of ['handles', 'requests', 'resources'])
      expect(peer.delete(`nodejs_active_${kind}_total`)).toBe(true);
    // Without a request, prom-client's lists have no rows, and ours neither: it depends on the moment of the reading.
    expect(own.get('nodejs_active_requests')?.type).toBe(peer.get('nodejs_active_requests')?.type);
    own.delete('nodejs_active_requests');
    peer.delete('nodejs_active_requests');
    expect(Object.fromEntries([...own].sort())).toEqual(Object.fromEntries([...peer].sort()));
  });

  test('count each garbage collection by its kind, also those that Node tells of together', () => {
    const text = service.json(
      `${start}
watchProcess(metrics);
for (let index = 0; index < 5; index += 1) { gc(); gc({ type: 'minor' }); }
await until(async () => (await collections('major')) >= 5 && (await collections('minor')) >= 5);
print(await page());`,
      { flags: ['--expose-gc'] },
    ) as string;
    const page = values(text);
    expect(page.get('nodejs_gc_duration_seconds_count{kind=major}')).toBeGreaterThanOrEqual(5);
    expect(page.get('nodejs_gc_duration_seconds_count{kind=minor}')).toBeGreaterThanOrEqual(5);
    const seconds = page.get('nodejs_gc_duration_seconds_sum{kind=major}');
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(5);
  });

  test('know every kind of collection that this Node has', () => {
    const names = Object.entries(constants).filter(([name]) => /_GC_(?!FLAGS_)/.test(name));
    expect(names.length).toBeGreaterThanOrEqual(4);
    for (const [name, number] of names)
      expect(name.toLowerCase(), name).toContain(collectionKinds.get(number) ?? 'no kind');
  });
});

describe('the delay of the event loop', () => {
  test('shows a loop that was blocked, to each of several readers', () => {
    const { quiet, blocked, first, second } = service.json(`${start}
watchProcess(metrics);
const quiet = await settledPage();
block(1500);
const blocked = await page();
await sleep(1);
const first = await page();
await sleep(100);
const second = await page();
print({ quiet, blocked, first, second });`) as Record<'quiet' | 'blocked' | 'first' | 'second', string>;
    // The timer of each second was due within the first second of the block.
    expect(values(blocked).get('nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0.5);
    for (const text of [first, second]) {
      const page = values(text);
      expect(page.get('nodejs_eventloop_lag_max_seconds')).toBeGreaterThan(1.4);
      expect(page.get('nodejs_eventloop_lag_stddev_seconds')).toBeGreaterThan(0.01);
      const quantiles = ['p50', 'p90', 'p99', 'max'].map((of) =>
        page.get(`nodejs_eventloop_lag_${of}_seconds`),
      );
      expect(quantiles).toEqual([...quantiles].sort((a = 0, b = 0) => a - b));
    }
    // The time between two measurements is no delay.
    expect(values(quiet).get('nodejs_eventloop_lag_min_seconds')).toBeLessThan(0.01);
    for (const text of [quiet, blocked, first, second])
      for (const [name, value] of values(text)) expect(value, name).not.toBeNaN();
  });

  test('has no value before it is measured', () => {
    const text = service.json(`${start}
watchProcess(metrics);
print(await page());`) as string;
    expect(text).not.toContain('nodejs_eventloop_lag');
    expect(text).not.toContain('obsgen_dropped_total{');
  });
});

describe('watching', () => {
  test('does not keep a process alive', () => {
    const { status, signal, stderr } = service.run(`${start}
watchProcess(metrics);
await page();
process.on('exit', () => print('ended'));`);
    expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
  });

  test('reads /proc once for a page', () => {
    const { during, pages } = service.json(`${start}
const fs = process.getBuiltinModule('node:fs');
const paths = [];
for (const name of ['readFileSync', 'readdirSync', 'statSync']) {
  const real = fs[name];
  fs[name] = (path, ...rest) => { if (String(path).startsWith('/proc')) paths.push(String(path)); return real(path, ...rest); };
}
watchProcess(metrics);
await settledPage();
await sleep(100);
paths.length = 0;
const pages = [await page()];
print({ during: paths, pages });`) as { during: string[]; pages: string[] };
    expect(pages[0]).toContain('process_virtual_memory_bytes ');
    expect(during.filter((path) => path === '/proc/self/status')).toHaveLength(1);
    expect(during.filter((path) => path !== '/proc/self/status')).toEqual(['/proc/self/fd']);
  });

  test('feeds only what the spec has', () => {
    const names = service.json(`${start}
const { processCpuSecondsTotal, nodejsHeapSpaceSizeUsedBytes } = metrics;
watchProcess({});
watchProcess({ processCpuSecondsTotal, nodejsHeapSpaceSizeUsedBytes });
await sleep(1200);
print([...(await page()).matchAll(/^# TYPE (\\S+)/gm)].map(([, name]) => name));`) as string[];
    expect(names.filter((name) => !name.startsWith('obsgen_')).sort()).toEqual([
      'nodejs_heap_space_size_used_bytes',
      'process_cpu_seconds_total',
    ]);
  });

  test('leaves the default metrics of prom-client alone that are there already, and warns of nothing', () => {
    const { text, said, clashes, reading } = service.json(
      `${start}
import { diag, DiagLogLevel } from '@opentelemetry/api';
const said = [];
const logger = Object.fromEntries(['verbose', 'debug', 'info', 'warn', 'error'].map((level) => [level, (...words) => said.push([level, ...words])]));
diag.setLogger(logger, { logLevel: DiagLogLevel.INFO, suppressOverrideMessage: true });
collectDefaultMetrics();
const fs = process.getBuiltinModule('node:fs');
let reading = 0;
const { readFileSync } = fs;
watchProcess(metrics);
fs.readFileSync = (...given) => { reading += 1; return readFileSync(...given); };
gc();
await sleep(50);
const text = await page();
print({ text, said, clashes: telemetry.stats().clashes, reading });
process.exit();`,
      { flags: ['--expose-gc'] },
    ) as { text: string; said: [string, string][]; clashes: string[]; reading: number };
    expect(text.match(/^# HELP process_open_fds .*$/gm)).toEqual([
      '# HELP process_open_fds Number of open file descriptors.',
    ]);
    expect(said.map(([level]) => level)).toEqual(['info']);
    expect(clashes).toEqual([]);
    // prom-client's own reading of /proc/self/status.
    expect(reading).toBe(1);
  });

  test('is done once, whoever asks for it, and goes on when the first one ends', () => {
    const { once, after, none } = service.json(
      `${start}
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const other = require('./cjs/index.js');
const copy = require('./cjs/runtime/node/watch-process.js');
const endFirst = watchProcess(metrics);
const endSecond = copy.watchProcess(other.metrics);
watchProcess(metrics)();
const collect = async (times) => {
  const before = await collections('major');
  for (let index = 0; index < times; index += 1) gc();
  await until(async () => (await collections('major')) >= before + times);
  await sleep(100);
  return (await collections('major')) - before;
};
const once = await collect(20);
endFirst();
endFirst();
const after = await collect(20);
endSecond();
const none = await collect(20);
print({ once, after, none });`,
      { flags: ['--expose-gc'] },
    ) as Record<string, number>;
    // A few collections of its own happen besides; each one twice would be 40 and more.
    for (const count of [once, after]) {
      expect(count).toBeGreaterThanOrEqual(20);
      expect(count).toBeLessThan(30);
    }
    expect(none).toBe(0);
  });

  test('stops measuring when it ends', () => {
    const { before, after, resources } = service.json(`${start}
const end = watchProcess(metrics);
const read = async () => Number(/^process_cpu_seconds_total (.*)$/m.exec(await page())[1]);
await settledPage();
end();
await sleep(60);
const before = await read();
block(100);
const after = await read();
print({ before, after, resources: process.getActiveResourcesInfo() });`) as Record<string, unknown>;
    expect(after).toBe(before);
    expect(resources).not.toContain('Timeout');
  });

  test('leaves in a worker thread what is a matter of the process to the main thread', () => {
    const names = service.json(`${start}
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  worker.on('message', (names) => print(names));
} else {
  watchProcess(metrics);
  const text = await settledPage();
  parentPort.postMessage([...text.matchAll(/^# TYPE (\\S+)/gm)].map(([, name]) => name));
}`) as string[];
    expect(names.filter((name) => name.startsWith('process_'))).toEqual([]);
    expect(names).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(names).toContain('nodejs_heap_size_used_bytes');
    expect(names).not.toContain('nodejs_version_info');
  });
});
