// Whether memory stays where it is under load: 20 s of updates, most of them with labels that nobody should send, with scrapes in
// between. What is kept is printed every two seconds. Any Node can run it:
//   npx -y -p node@24 node bench/run.mjs memory
import { Buffer } from 'node:buffer';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { compileHelpers, importHelpers } from './metrics/helpers.mjs';
import { retainedBytes } from './metrics/memory.mjs';
import { randomNumbers } from './metrics/random.mjs';

const seconds = 20;
const reportEverySeconds = 2;
/** By then everything has been admitted that will be, and the engine has compiled what it compiles. */
const settledAfterSeconds = 6;
const updatesOfBatch = 2000;
const batchesOfScrape = 200;

export const rounds = 1;
export const peers = true;

export function prepare() {
  return { helpers: compileHelpers() };
}

export const cases = {
  load: async ({ helpers }) => {
    const { metrics, telemetry } = await importHelpers(helpers);
    const { default: client } = await import('prom-client');
    const start = await retainedBytes();
    const kept = [];
    const load = hostileLoad(metrics);
    const began = performance.now();
    const elapsed = () => (performance.now() - began) / 1000;
    for (let batch = 0, next = reportEverySeconds; elapsed() < seconds; batch += 1) {
      for (let update = 0; update < updatesOfBatch; update += 1) load.update();
      await setImmediate();
      if (batch % batchesOfScrape === 0) {
        await telemetry.scrape();
        await client.register.metrics();
        await client.register.getMetricsAsJSON();
      }
      if (elapsed() < next) continue;
      kept.push({ at: next, mb: ((await retainedBytes()) - start) / 1e6 });
      process.stderr.write(
        `${String(next).padStart(3)} s  ${kept.at(-1).mb.toFixed(2)} MB kept  ${load.updates().toLocaleString('en')} updates\n`,
      );
      next += reportEverySeconds;
    }
    const settled = kept.filter(({ at }) => at >= settledAfterSeconds).map(({ mb }) => mb);
    const page = Buffer.from((await telemetry.scrape()).body).toString();
    return {
      mb: settled.at(-1),
      growth: settled.at(-1) - settled[0],
      lines: page.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
    };
  },
};

/** Updates that admit, overflow, fail, bind, remove and expire, one after the other. */
function hostileLoad(metrics) {
  const random = randomNumbers(99);
  /** Text that labels are cut out of: whoever keeps such a piece as it is keeps all of it. */
  let document = '';
  let updates = 0;
  const text = () => {
    if (updates % 50_000 === 0) document = `${updates} ${'request log line '.repeat(60_000)}`;
    const unique = `${updates}-${Math.floor(random() * 1e9)}`;
    const shapes = [
      () => unique,
      () => `a,b="${unique}"\n|:\\`,
      () => `\u{1f600}${unique}\ud800`,
      () => unique.repeat(300),
      () => document.slice((updates % 5000) * 10, (updates % 5000) * 10 + 40) + unique,
      () => document.slice(updates % 5000, (updates % 5000) + 64),
    ];
    return shapes[Math.floor(random() * shapes.length)]();
  };
  const wrong = () => [undefined, null, {}, Symbol('label'), NaN, 7n, () => 0][Math.floor(random() * 7)];
  const amount = () => [1, 0.5, -1, NaN, Infinity, '1', undefined][Math.floor(random() * 7)];
  const status = () => ['2xx', '3xx', '4xx', '5xx', '9xx', wrong()][Math.floor(random() * 6)];
  const kinds = [
    () => metrics.loginsTotal.inc({ user_agent: text() }, amount()),
    () => metrics.toolCallsTotal.inc({ model: text(), tool: text() }),
    () => metrics.toolCallsTotal.with({ model: text(), tool: text() }).inc(),
    () => metrics.loginSeconds.observe({ user_agent: text(), status: status() }, amount()),
    () => metrics.loginSeconds.with({ user_agent: text(), status: status() }).observe(random()),
    () => metrics.loginSeconds.startTimer({ user_agent: text() })({ status: status() }),
    () => metrics.loginSeconds.remove({ user_agent: text(), status: status() }),
    () => metrics.requestsTotal.inc({ method: wrong(), status: status() }),
    () => metrics.requestsTotal.inc(wrong()),
    () => metrics.inFlight.set({ method: 'GET', status: status() }, amount()),
    () => metrics.inFlight.with({ method: 'POST', status: '2xx' }).observe(() => updates)(),
    () =>
      metrics.visitsTotal.inc({ visitor: `${Math.floor(updates / 20_000)}-${Math.floor(random() * 90)}` }),
  ];
  return {
    update() {
      updates += 1;
      kinds[Math.floor(random() * kinds.length)]();
    },
    updates: () => updates,
  };
}

export const rows = [
  { name: `kept after ${seconds} s of load`, unit: 'MB', ours: 'load.mb' },
  {
    name: `growth from second ${settledAfterSeconds} to second ${seconds}`,
    unit: 'MB',
    ours: 'load.growth',
    goal: 1,
  },
  { name: 'lines on the page', unit: '', ours: 'load.lines' },
];
