// A service of two workers, processes or threads by what the environment says, each with the telemetry of the generated helpers. Its
// first process prints its page and how its collectors are each time that it is told to, and ends when it is told nothing more.
import cluster from 'node:cluster';
import process from 'node:process';
import { TextDecoder } from 'node:util';
import { fileURLToPath } from 'node:url';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';

const { telemetry } = await import(`${process.env.HELPERS}/telemetry.js`);
const { scrape } = await import(`${process.env.RUNTIME}/exposition/handler.js`);

const file = fileURLToPath(import.meta.url);
const isFirst = cluster.isPrimary && isMainThread;
await telemetry.start({ spans: false });
const states = () => telemetry.stats().components.gpu?.collectors ?? [];

if (isFirst) await first();
else if (isMainThread) process.on('message', (asked) => asked === 'states' && process.send(states()));
else parentPort.on('message', () => parentPort.postMessage(states()));
if (!isFirst && isMainThread) process.send('ready');
else if (!isFirst) parentPort.postMessage('ready');

async function first() {
  const said = (member) => new Promise((resolve) => member.once('message', resolve));
  const members = [0, 1].map(() =>
    process.env.MEMBERS === 'threads' ? new Worker(file, { env: process.env }) : cluster.fork(),
  );
  await Promise.all(members.map(said));
  process.on('message', async (asked) => {
    if (asked === 'end') {
      await telemetry.shutdown();
      for (const member of members) await (member.terminate?.() ?? member.kill('SIGKILL'));
      process.exit();
    }
    const ofMembers = await Promise.all(
      members.map((member) => {
        const answer = said(member);
        (member.postMessage ?? member.send).call(member, 'states');
        return answer;
      }),
    );
    const page = new TextDecoder().decode((await scrape()).body);
    process.send({ page, states: states(), ofMembers });
  });
  process.send('ready');
}
