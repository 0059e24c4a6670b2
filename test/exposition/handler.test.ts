import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { Gauge, Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { metricsHandler, scrape } from '../../src/runtime/exposition/handler.js';
import { families, moveToRegistry } from '../../src/runtime/exposition/registry.js';
import { setFamilySource } from '../../src/runtime/exposition/shown.js';
import { counter, labelledCounter, openLabel } from '../../src/runtime/index.js';
import type { Family } from '../../src/runtime/metrics/family.js';
import { parseExposition, type Sample } from '../runtime/exposition.js';
import { eventually } from '../support/eventually.js';

const rows = 20_000;
/** The machine may be busy. */
const item = openLabel({ key: 'handler.item', cap: 2 * rows });
const items = labelledCounter({ name: 'handler_items_total', help: 'Items.', labels: { item } });
const pings = counter({ name: 'handler_pings_total', help: 'Pings.' });

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let server: Server;
let port = 0;
let registry = new Registry();

beforeAll(async () => {
  for (let index = 0; index < rows; index += 1) items.inc({ item: `item-${index}` }, index);
  server = createServer(metricsHandler({ stallSeconds: 0.3, maxResponses: 4 })).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

beforeEach(() => {
  registry = new Registry();
  moveToRegistry(registry);
});

afterEach(() => {
  setFamilySource(undefined);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function ask(headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const sent = httpRequest({
    port,
    host: '127.0.0.1',
    path: '/metrics',
    method,
    headers,
    agent: false,
  }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) };
}

function itemsOf(body: Buffer): Sample[] {
  return parseExposition(body.toString()).filter(({ name }) => name === 'handler_items_total');
}

/** A connection that has asked for the page and takes nothing of it. */
async function idleClient(headers = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  socket.write(`GET /metrics HTTP/1.1\r\nHost: x\r\n${headers}\r\n`);
  return socket;
}

async function connections(): Promise<number> {
  return new Promise((resolve) => {
    server.getConnections((_, count) => {
      resolve(count);
    });
  });
}

describe('the handler answers', () => {
  test('with the page', async () => {
    const { status, headers, body } = await ask();
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.vary).toBe('Accept, Accept-Encoding');
    expect(itemsOf(body)).toHaveLength(rows);
    expect(body.equals(Buffer.from((await scrape()).body))).toBe(true);
  });

  test('in OpenMetrics, compressed, as Prometheus asks', async () => {
    const accept =
      'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1';
    const { headers, body } = await ask({ accept, 'accept-encoding': 'gzip' });
    expect(headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(headers['content-encoding']).toBe('gzip');
    const page = gunzipSync(body);
    expect(page.length).toBeGreaterThan(3 * body.length);
    expect(page.equals(Buffer.from((await scrape(accept)).body))).toBe(true);
    expect(page.toString().endsWith('\n# EOF\n')).toBe(true);
  });

  test('HEAD without a page, and other methods with 405', async () => {
    const head = await ask({ 'accept-encoding': 'gzip' }, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.headers['content-encoding']).toBe('gzip');
    expect(head.body).toHaveLength(0);
    const post = await ask({}, 'POST');
    expect(post.status).toBe(405);
    expect(post.headers.allow).toBe('GET, HEAD');
  });

  test('with 503 where the metrics cannot be had', async () => {
    setFamilySource(() => Promise.reject(new Error('no primary')));
    const { status, headers, body } = await ask({ 'accept-encoding': 'gzip' });
    expect(status).toBe(503);
    expect(headers['content-encoding']).toBeUndefined();
    expect(body.toString()).toBe('the metrics cannot be had\n');
  });

  test('in HTTP/2 as well', async () => {
    const http2 = createHttp2Server(metricsHandler()).listen(0, '127.0.0.1');
    await once(http2, 'listening');
    const session = connectHttp2(`http://127.0.0.1:${(http2.address() as AddressInfo).port}`);
    const stream = session.request({ ':path': '/metrics', 'accept-encoding': 'gzip' });
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    session.close();
    http2.close();
    expect(itemsOf(gunzipSync(Buffer.concat(parts)))).toHaveLength(rows);
  });
});

describe('scrapes at the same time', () => {
  test('are written once', async () => {
    let writings = 0;
    let asked = 0;
    const count = (): void => {
      asked += 1;
    };
    server.on('request', count);
    setFamilySource(async () => {
      writings += 1;
      await eventually(() => {
        expect(asked).toBe(3);
      });
      return families();
    });
    const answers = await Promise.all([ask(), ask(), ask({ 'accept-encoding': 'gzip' }), scrape()]);
    server.off('request', count);
    const [first, second, zipped, scraped] = answers;
    expect(writings).toBe(1);
    expect(second.body.equals(first.body)).toBe(true);
    expect(gunzipSync(zipped.body).equals(first.body)).toBe(true);
    expect(Buffer.from(scraped.body).equals(first.body)).toBe(true);
    expect(itemsOf(first.body)).toHaveLength(rows);
  });

  test('in two formats are written one after the other', async () => {
    let now = 0;
    let most = 0;
    setFamilySource(async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
      return families();
    });
    const openMetrics = 'application/openmetrics-text';
    await Promise.all([ask(), ask({ accept: openMetrics }), scrape(), scrape(openMetrics)]);
    expect(most).toBe(1);
  });

  test('wait for no client that takes nothing, and that one is cut off', async () => {
    const [source] = families().filter(({ name }) => name === 'handler_items_total');
    // More than the buffers of a socket hold.
    const many = Array.from({ length: 20 }, (_, index): Family => {
      const name = { value: `handler_many_${index}_total` };
      return Object.create(source ?? null, { name }) as Family;
    });
    setFamilySource(() => Promise.resolve([...many, ...families()]));
    const asked = once(server, 'request');
    const idle = await idleClient();
    await asked;
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(itemsOf(body)).toHaveLength(rows);
    expect(body.length).toBeGreaterThan(12e6);
    await eventually(async () => {
      expect(await connections()).toBe(0);
    });
    // What had been sent is there, and then the connection breaks off.
    let received = 0;
    idle.on('data', (part: Buffer) => {
      received += part.length;
    });
    idle.resume();
    await once(idle, 'close');
    expect(received).toBeGreaterThan(0);
    expect(received).toBeLessThan(body.length);
  });

  test('beyond a number are refused, until others are done', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    setFamilySource(async () => {
      await held;
      return families();
    });
    const waiting = [ask(), ask(), ask(), ask()];
    await eventually(async () => {
      expect(await connections()).toBe(4);
    });
    await eventually(async () => {
      expect((await ask()).status).toBe(503);
    });
    release();
    for (const { status } of await Promise.all(waiting)) expect(status).toBe(200);
    expect((await ask()).status).toBe(200);
  });

  test('of clients that have gone are given up, and the next has its turn', async () => {
    let begun = 0;
    let release = (): void => undefined;
    setFamilySource(async () => {
      begun += 1;
      if (begun === 1)
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      return families();
    });
    const gone = await idleClient();
    await eventually(() => {
      expect(begun).toBe(1);
    });
    gone.destroy();
    await eventually(async () => {
      expect(await connections()).toBe(0);
    });
    const next = ask({ accept: 'application/openmetrics-text' });
    release();
    const { status, body } = await next;
    expect(status).toBe(200);
    expect(body.toString().endsWith('# EOF\n')).toBe(true);
    expect(begun).toBe(2);
  });
});

test.each(['identity', 'gzip'])(
  'a page stays what it was while a slow client takes it (%s)',
  async (encoding) => {
    const before = Buffer.from((await scrape()).body);
    const sent = httpRequest({
      port,
      host: '127.0.0.1',
      headers: { 'accept-encoding': encoding },
      agent: false,
    });
    const [response] = (await once(sent.end(), 'response')) as [IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of response) {
      parts.push(part as Buffer);
      // Values that are wider and as wide, rows that are new and that go.
      for (let index = 0; index < 100; index += 1) items.inc({ item: `item-${index * 200}` }, 1e7);
      items.inc({ item: `later-${encoding}-${parts.length}` });
      items.remove({ item: `item-${rows - parts.length}` });
      await scrape();
    }
    const body = Buffer.concat(parts);
    expect((encoding === 'gzip' ? gunzipSync(body) : body).equals(before)).toBe(true);
    const after = itemsOf(Buffer.from((await scrape()).body));
    expect(after.find(({ labels }) => labels.get('item') === 'item-200')?.value).toBeGreaterThan(1e7);
  },
);

test('a metric of the program that never answers holds nobody up for ever', async () => {
  new Gauge({
    ...{ name: 'handler_silent', help: 'S.', registers: [registry] },
    collect: () => new Promise(() => undefined),
  });
  pings.inc();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const scraping = scrape();
    await vi.advanceTimersByTimeAsync(5000);
    expect(Buffer.from((await scraping).body).toString()).toMatch(/^handler_pings_total \d+$/m);
  } finally {
    vi.useRealTimers();
  }
  expect((await ask()).status).toBe(200);
});
