import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { metricsHandler } from '../../src/runtime/exposition/handler.js';
import { families } from '../../src/runtime/exposition/registry.js';
import { setFamilySource } from '../../src/runtime/exposition/shown.js';
import { labelledCounter, openLabel } from '../../src/runtime/index.js';
import { parseExposition } from './exposition.js';

/** Two hundred scrapes at once of a page with ten thousand series, as it stands in a service: with the limits that it has by default. */
const series = 10_000;
const scrapes = 200;
const item = openLabel({ key: 'storm.item', cap: series });
const items = labelledCounter({ name: 'storm_items_total', help: 'Items.', labels: { item } });
let server: Server;

beforeAll(async () => {
  for (let index = 0; index < series; index += 1) items.inc({ item: `item-${index}` });
  const handler = metricsHandler();
  server = createServer((asked, response) => {
    if (asked.url === '/work') response.end('done');
    else handler(asked, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  setFamilySource(undefined);
  server.closeAllConnections();
  server.close();
});

async function ask(
  path: string,
  accept = 'text/plain',
): Promise<{ readonly status: number; readonly body: string }> {
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, host: '127.0.0.1', path, agent: false, headers: { accept } }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return { status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() };
}

test('one page is written at a time, whoever is too many is told so, and the service goes on working', async () => {
  let writing = 0;
  let most = 0;
  setFamilySource(async () => {
    writing += 1;
    most = Math.max(most, writing);
    await new Promise((resolve) => setImmediate(resolve));
    writing -= 1;
    return families();
  });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const asked = Array.from({ length: scrapes }, (_, index) =>
    ask('/metrics', index % 2 === 0 ? 'text/plain' : 'application/openmetrics-text'),
  );
  const work = await Promise.all(Array.from({ length: 20 }, () => ask('/work')));
  const answers = await Promise.all(asked);
  delay.disable();
  expect(work.every(({ status, body }) => status === 200 && body === 'done')).toBe(true);
  expect(most).toBe(1);
  const whole = answers.filter(({ status }) => status === 200);
  expect(whole.length).toBeGreaterThanOrEqual(16);
  expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
  for (const each of [whole[0], whole.at(-1)])
    expect(parseExposition(each?.body ?? '').filter(({ name }) => name === 'storm_items_total')).toHaveLength(
      series,
    );
  // How long it took is for docs/reliability.md, not for a verdict: a machine may be busy with something else.
  if (process.env['REPORT'] !== undefined)
    console.log(
      `${whole.length} of ${scrapes} answered, event loop p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms`,
    );
  // Afterwards everybody is served again.
  expect((await ask('/metrics')).status).toBe(200);
});
