// A scrape of 100 000 lines, to the bytes that a socket is given. The heap has Node's default sizes here, and garbage is collected when
// Node collects it, as in a service.
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { Writable } from 'node:stream';
import { clearImmediate, setImmediate } from 'node:timers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { median } from '../measured-row.mjs';
import { libraryPage, ourPage } from './page.mjs';
import { libraries, promClient } from './peers.mjs';

const lines = 100_000;
// So many that the code is optimised, as it is in a service after minutes of scrapes.
const warmUps = 20;
const scrapes = 15;

/**
 * Milliseconds until the bytes are there, and the longest time in which the event loop did nothing else.
 * @param render gives the bytes of the page, in one or more pieces
 * @param share of the rows that change between two scrapes
 */
async function measureScrapes({ page, render, share }) {
  const times = [];
  const blocks = [];
  let pieces = [];
  for (let scrape = 0; scrape < warmUps + scrapes; scrape += 1) {
    page.change(share);
    await nextTurn();
    const blocked = watchEventLoop();
    await nextTurn();
    blocked.restart();
    const started = performance.now();
    pieces = await render();
    const ms = performance.now() - started;
    await nextTurn();
    const longest = blocked.end();
    if (scrape < warmUps) continue;
    times.push(ms);
    blocks.push(longest);
  }
  page.check(Buffer.concat(pieces).toString());
  return { ms: median(times), block: median(blocks), worst: Math.max(...blocks) };
}

/** Notes the longest time between two turns of the event loop, in milliseconds. */
function watchEventLoop() {
  let last = performance.now();
  let longest = 0;
  let immediate = setImmediate(turn);
  function turn() {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    immediate = setImmediate(turn);
  }
  return {
    restart() {
      longest = 0;
      last = performance.now();
    },
    end() {
      clearImmediate(immediate);
      return longest;
    },
  };
}

/** Our handler's answer to a client that takes everything at once, and is content with text that is not compressed. */
async function answerOf(handler) {
  const pieces = [];
  const response = new Writable({
    highWaterMark: 1 << 30,
    write(piece, _encoding, done) {
      pieces.push(piece);
      done();
    },
  });
  response.setHeader = () => response;
  handler({ method: 'GET', headers: {} }, response);
  await once(response, 'finish');
  return pieces;
}

const byHandler =
  (share) =>
  async ({ helpers }) => {
    const { page, telemetry } = await ourPage(helpers, lines);
    const handler = telemetry.metricsHandler();
    return measureScrapes({ page, share, render: () => answerOf(handler) });
  };

export const cases = {
  'scrape-all/ours': byHandler(1),
  'scrape-few/ours': byHandler(0.05),
  // prom-client's own registry, with our metrics in it.
  'scrape-registry/ours': async ({ helpers }) => {
    const { page } = await ourPage(helpers, lines);
    const { default: client } = await import(promClient);
    const { register } = client;
    return measureScrapes({ page, share: 1, render: async () => [Buffer.from(await register.metrics())] });
  },
  ...Object.fromEntries(
    libraries.map((library) => [
      `scrape/${library}`,
      async () => {
        const { page, registry } = await libraryPage(library, lines);
        return measureScrapes({
          page,
          share: 1,
          render: async () => [Buffer.from(await registry.metrics())],
        });
      },
    ]),
  ),
  // A copy of as many bytes.
  'scrape/floor': async () => {
    const { page, registry } = await libraryPage(promClient, lines);
    const text = Buffer.from(await registry.metrics());
    page.change = () => undefined;
    return measureScrapes({ page, share: 0, render: () => Promise.resolve([Buffer.from(text)]) });
  },
};
