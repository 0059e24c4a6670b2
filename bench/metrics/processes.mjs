// A service of several processes or threads: eight of them with 10 000 lines each, one page of all. They are real ones, so that what is
// measured is everything that the one who makes the page has to do: its own processor time, while the others answer with theirs.
import { Buffer } from 'node:buffer';
import cluster from 'node:cluster';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { median } from '../measured-row.mjs';
import { importHelpers } from './helpers.mjs';
import { pageOf } from './page.mjs';
import { libraries } from './peers.mjs';

export const members = 8;
export const linesOfMember = 10_000;
const warmUps = 20;
const scrapes = 9;
const program = fileURLToPath(new URL('processes-member.mjs', import.meta.url));

/** Eight processes, each with the page of `kind`; `change` makes all of them change all of their rows. */
async function startProcesses(kind, helpers) {
  cluster.setupPrimary({ exec: program, args: [kind, helpers] });
  const workers = Array.from({ length: members }, () => cluster.fork());
  const ready = () => Promise.all(workers.map((worker) => messageOf(worker, 'ready')));
  await ready();
  return {
    async change() {
      const done = ready();
      for (const worker of workers) worker.send('change');
      await done;
    },
    async end() {
      const done = workers.map((worker) => once(worker, 'exit'));
      for (const worker of workers) worker.kill();
      await Promise.all(done);
    },
  };
}

/** The same with threads. */
async function startThreads(kind, helpers) {
  const threads = Array.from({ length: members }, () => new Worker(program, { argv: [kind, helpers] }));
  const ready = () => Promise.all(threads.map((thread) => messageOf(thread, 'ready')));
  await ready();
  return {
    async change() {
      const done = ready();
      for (const thread of threads) thread.postMessage('change');
      await done;
    },
    async end() {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

/** Waits for a message among those that libraries exchange. */
function messageOf(member, expected) {
  return new Promise((resolve) => {
    const listener = (message) => {
      if (message !== expected) return;
      member.off('message', listener);
      resolve();
    };
    member.on('message', listener);
  });
}

/** Milliseconds of processor time that a page of all members costs the one who makes it. */
async function measurePages({ change, end, render }) {
  const expected = pageOf(linesOfMember, () => ({ inc() {}, observe() {} }));
  const times = [];
  let bytes = new Uint8Array(0);
  for (let scrape = 0; scrape < warmUps + scrapes; scrape += 1) {
    await change();
    expected.change(1);
    globalThis.gc();
    const before = process.cpuUsage();
    bytes = await render();
    const { user, system } = process.cpuUsage(before);
    if (scrape >= warmUps) times.push((user + system) / 1000);
  }
  await end();
  expected.check(Buffer.from(bytes).toString(), members);
  return { ms: median(times) };
}

const ours =
  (startMembers) =>
  async ({ helpers }) => {
    const { telemetry } = await importHelpers(helpers);
    await telemetry.start({ spans: false });
    const { change, end } = await startMembers('ours', helpers);
    return measurePages({ change, end, render: async () => (await telemetry.scrape()).body });
  };

export const cases = {
  'cluster/ours': ours(startProcesses),
  'threads/ours': ours(startThreads),
  ...Object.fromEntries(
    libraries.map((library) => [
      `cluster/${library}`,
      async ({ helpers }) => {
        const { default: client } = await import(library);
        const registry = new client.AggregatorRegistry();
        const { change, end } = await startProcesses(library, helpers);
        return measurePages({
          change,
          end,
          render: async () => Buffer.from(await registry.clusterMetrics()),
        });
      },
    ]),
  ),
};
