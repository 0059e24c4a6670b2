/**
 * Runs the example agent under load while everything that it sends telemetry to fails, one way after the other, strangers ask for it a
 * thousand times at once, label values come that nobody should send, and the clock is set. Then holds what it says of itself against what was
 * sent. Prints a table; the exit code is 1 where a promise of docs/reliability.md is broken.
 *
 *   npm run soak -- [--minutes N] [--sentry DIR] [--json FILE] [--no-compile]
 *
 * DIR is a folder with @sentry/node in its node_modules; where there is none, test/peers/sentry-10 is looked at, and without that one errors
 * go to the log alone. The first quarter of the time, a minute at most, is not counted as growth of memory: by then everything has been
 * admitted that will be.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, URL } from 'node:url';
import { parseArgs } from 'node:util';
import { BackEnd, manners } from './soak/back-end.mjs';
import { Load } from './soak/load.mjs';
import { Page, scrape } from './soak/page.mjs';
import { promises } from './soak/promises.mjs';
import { Service } from './soak/service.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    sentry: { type: 'string', default: join(root, 'test', 'peers', 'sentry-10') },
    json: { type: 'string' },
    compile: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  process.stderr.write(`--minutes takes a number above 0, not ${values.minutes}\n`);
  process.exit(2);
}
const folder = join(root, 'examples', 'agent', 'dist', 'soak');
if (values.compile) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', 'examples/agent', '--noCheck', '--outDir', folder], {
    cwd: root,
    stdio: 'inherit',
  });
}

/** Tasks that the example has to have ended before its memory is full. */
const rememberedTasks = 1100;
const seconds = minutes * 60;
const began = performance.now();
const elapsed = () => (performance.now() - began) / 1000;
const tell = (text) => process.stderr.write(`${elapsed().toFixed(0).padStart(5)} s  ${text}\n`);

const otlp = await BackEnd.start('otlp');
const hasSentry = existsSync(join(values.sentry, 'node_modules', '@sentry', 'node'));
const sentry = hasSentry ? await BackEnd.start('sentry') : undefined;
const service = await Service.start({
  root,
  entry: join(folder, 'examples', 'agent', 'serve.js'),
  sentry: hasSentry ? values.sentry : undefined,
  env: {
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_LOGS_EXPORTER: 'otlp',
    ...(sentry === undefined
      ? {}
      : { SENTRY_DSN: sentry.url.replace('://', '://0123456789abcdef@') + '/42' }),
  },
});
const load = new Load(service.address);
const phases = [];
const pages = [];
let scrapes = 0;

async function takePage() {
  scrapes += 1;
  const { status, body } = await scrape(service.address);
  if (status === 200) pages.push(new Page(body));
}

/** Two hundred scrapes at once, in both formats, while tasks go on. */
async function storm() {
  const asked = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => scrape(service.address, index % 2 === 0)),
  );
  return {
    seconds: (performance.now() - asked) / 1000,
    answers: Object.groupBy?.(answers, ({ status }) => status) ?? grouped(answers),
  };
}

function grouped(answers) {
  const found = {};
  for (const answer of answers) (found[answer.status] ??= []).push(answer);
  return found;
}

/** One way to fail, for so long: load, scrapes, a storm, and what memory and event loop said. */
async function phase(manner, length) {
  const until = elapsed() + length;
  const other = manners[(manners.indexOf(manner) + 3) % manners.length];
  await otlp.become(manner);
  await sentry?.become(other);
  await service.ask({ op: 'reset' });
  const before = load.ended;
  const started = performance.now();
  await sleep((length * 1000) / 3);
  await takePage();
  const { answers, seconds: stormSeconds } = await storm();
  scrapes += 200;
  await takePage();
  await sleep(Math.max(0, (until - elapsed()) * 1000));
  await takePage();
  const { heapMb, rssMb, loopP99Ms, loopMaxMs } = await service.ask({ op: 'sample' });
  const found = {
    manner,
    sentry: sentry === undefined ? '' : other,
    perSecond: (load.ended - before) / ((performance.now() - started) / 1000),
    storm: {
      seconds: stormSeconds,
      ...Object.fromEntries(Object.entries(answers).map(([status, all]) => [status, all.length])),
    },
    heapMb,
    rssMb,
    loopP99Ms,
    loopMaxMs,
  };
  phases.push(found);
  tell(
    `${manner.padEnd(9)} ${found.perSecond.toFixed(0).padStart(4)} requests/s  heap ${heapMb.toFixed(1)} MB  event loop p99 ${loopP99Ms.toFixed(1)} ms`,
  );
}

/** Load ends, the back ends answer, and what waits is sent. */
async function settle() {
  await load.pause();
  await otlp.become('answers');
  await sentry?.become('answers');
  for (let round = 0; round < 600; round += 1) {
    const { tracing } = await service.stats();
    const isIdle = (await service.ask({ op: 'sample' })) !== undefined;
    if (isIdle && tracing.queues.every(({ pending }) => pending === 0) && tracing.open === 0) break;
    await sleep(100);
  }
}

let broken;
try {
  load.start(12);
  const warmUp = Math.min(60, seconds / 4);
  await phase('answers', warmUp);
  // The example remembers its last thousand tasks.
  while (load.tasks < rememberedTasks) await sleep(100);
  await settle();
  const first = await service.ask({ op: 'sample' });
  tell(
    `memory after ${warmUp.toFixed(0)} s: heap ${first.heapMb.toFixed(1)} MB, resident ${first.rssMb.toFixed(0)} MB`,
  );
  load.start(12);
  const failing = manners.filter((manner) => manner !== 'answers');
  const length = Math.max(3, (seconds - warmUp) / (failing.length + 2));
  for (const [index, manner] of failing.entries()) {
    // An hour ahead, then an hour back behind where it was, then right again.
    await service.ask({ op: 'clock', offsetMs: [3_600_000, -3_600_000, 0][index % 3] });
    await phase(manner, length);
  }
  await service.ask({ op: 'clock', offsetMs: 0 });
  await phase('answers', length);
  await settle();
  const last = await service.ask({ op: 'sample' });
  await takePage();
  const stats = await service.stats();
  await otlp.become('hangs');
  // What nobody takes any more is still on its way when the service is told to end.
  const late = new Load(service.address);
  late.start(2);
  await sleep(1000);
  await late.pause();
  const end = await service.stop();
  load.lost.push(...late.lost);
  const rows = promises({
    load,
    pages,
    phases,
    stats,
    first,
    last,
    end,
    otlp,
    sentry,
    scrapes,
    seconds: elapsed(),
  });
  broken = rows.filter(({ ok }) => !ok).length;
  report(rows);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ minutes, phases, rows }, null, 2)}\n`);
} finally {
  await load.pause().catch(() => undefined);
  service.kill();
  await otlp.stop();
  await sentry?.stop();
}
process.exitCode = broken === 0 ? 0 : 1;

function report(rows) {
  const table = (head, lines) => {
    const widths = head.map((title, column) =>
      Math.max(title.length, ...lines.map((line) => line[column].length)),
    );
    const print = (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
    return [
      print(head),
      `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`,
      ...lines.map(print),
    ].join('\n');
  };
  const shown = phases.map(
    ({ manner, sentry: other, perSecond, storm: found, heapMb, loopP99Ms, loopMaxMs }) => [
      manner,
      other,
      perSecond.toFixed(0),
      `${found[200] ?? 0} / ${found[503] ?? 0} in ${found.seconds.toFixed(2)} s`,
      heapMb.toFixed(1),
      `${loopP99Ms.toFixed(1)} / ${loopMaxMs.toFixed(0)}`,
    ],
  );
  const head = [
    'collector',
    'Sentry',
    'requests/s',
    '200 scrapes: 200 / 503',
    'heap MB',
    'event loop p99 / most ms',
  ];
  const lines = rows.map(({ promise, found, ok }) => [promise, found, ok ? 'kept' : '**broken**']);
  process.stdout.write(
    `${minutes} minutes, Node ${process.version}\n\n${table(head, shown)}\n\n${table(['promise', 'found', ''], lines)}\n`,
  );
}
