import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prometheusAddress, startPreview, type Preview } from '../../../src/preview/index.js';
import { startTestPreview } from '../../support/preview.js';
import { asking, raw } from './raw.js';
import { shopModel } from './specs.js';
import { startUpstream, success, type Upstream } from './upstream.js';

const secret = 'hunter2';
let upstream: Upstream;
let preview: Preview;
let port: number;

beforeAll(async () => {
  upstream = await startUpstream((request, response) => {
    if (request.url?.includes('hang') === true) return;
    if (request.url?.includes('redirect') === true) {
      response.writeHead(302, { Location: 'http://127.0.0.1:1/elsewhere' }).end();
    } else if (request.url?.includes('garbage') === true) {
      response.setHeader('Content-Type', 'text/html');
      response.end('<script>alert(1)</script>');
    } else if (request.url?.includes('refuse') === true) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic' }).end('who are you?');
    } else if (request.url?.includes('mistake') === true) {
      response.writeHead(400, { 'Content-Type': 'application/json' });
      response.end('{"status":"error","errorType":"bad_data","error":"parse error: 1:3"}');
    } else success(response, { version: '3.5.3' });
  });
  const prometheus = prometheusAddress(`http://reader:${secret}@127.0.0.1:${upstream.port}/`);
  if (typeof prometheus === 'string') throw new Error(prometheus);
  preview = await startTestPreview(shopModel(), { prometheus });
  await preview.ready;
  port = Number(new URL(preview.url).port);
});
afterAll(async () => {
  await preview.close();
  await upstream.close();
});

/** Nothing of what was asked has come through to Prometheus. */
async function unasked(ask: () => Promise<unknown>): Promise<void> {
  const before = upstream.asked.length;
  await ask();
  expect(upstream.asked.slice(before)).toEqual([]);
}

const query = '/prometheus/api/v1/query?query=up';

describe('who may ask', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])('a page at %s', async (host) => {
    expect((await asking(port, '/api/state', { Host: `${host}:${port}` })).status).toBe(200);
  });

  it.each([
    ['a name that now points here', () => `rebound.example.com:${port}`],
    ['another port', () => `localhost:${port + 1}`],
    ['no port', () => 'localhost'],
    ['a name that begins as ours', () => `localhost.example.com:${port}`],
    ['a name that ends as ours', () => `example.com@127.0.0.1:${port}`],
    ['all addresses', () => `0.0.0.0:${port}`],
    ['nothing', () => ''],
  ])('nobody through %s', async (_, host) => {
    for (const path of ['/', '/api/state', '/assets/main.js', query]) {
      await unasked(async () => {
        const { status, body } = await asking(port, path, { Host: host() });
        expect(status).toBe(403);
        expect(body).not.toContain('shop');
      });
    }
  });

  it('nobody without a Host', async () => {
    expect((await raw(port, `GET /api/state HTTP/1.0\r\n\r\n`)).status).toBe(403);
    expect((await raw(port, `GET /api/state HTTP/1.1\r\nConnection: close\r\n\r\n`)).status).toBe(400);
  });

  it.each([
    'https://example.com',
    'null',
    'http://localhost',
    'https://localhost:PORT',
    'http://127.0.0.1:1',
  ])('no page of the origin %s', async (origin) => {
    await unasked(async () => {
      const answer = await asking(port, query, { Origin: origin.replace('PORT', String(port)) });
      expect(answer.status).toBe(403);
      expect(answer.headers).not.toMatch(/access-control/i);
    });
  });

  it('our own page, by its origin', async () => {
    const headers = { Origin: `http://127.0.0.1:${port}`, 'Sec-Fetch-Site': 'same-origin' };
    expect((await asking(port, '/api/state', headers)).status).toBe(200);
  });

  it.each(['cross-site', 'same-site'])('no page elsewhere, which browsers call %s', async (site) => {
    const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'script' };
    expect((await asking(port, '/assets/uplot.js', headers)).status).toBe(403);
    const visit = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
    expect((await asking(port, '/?dashboard=orders', visit)).status).toBe(200);
    expect((await asking(port, '/', { ...visit, 'Sec-Fetch-Dest': 'iframe' })).status).toBe(403);
    expect((await asking(port, '/api/state', visit)).status).toBe(403);
  });

  it('nobody from another machine', async () => {
    const addresses = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of addresses) {
      const socket = connect(port, address);
      await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED');
    }
  });
});

describe('what may be asked', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('nothing by %s', async (method) => {
    for (const path of ['/', '/api/state', query, '/prometheus/api/v1/admin/tsdb/delete_series']) {
      await unasked(async () => {
        const { status, headers } = await asking(port, path, {}, method);
        expect(status).toBe(405);
        expect(headers).toContain('Allow: GET, HEAD');
      });
    }
  });

  it.each([
    '/prometheus/api/v1/admin/tsdb/delete_series?match[]=up',
    '/prometheus/api/v1/admin/tsdb/snapshot',
    '/prometheus/api/v1/write',
    '/prometheus/api/v1/read',
    '/prometheus/api/v1/status/config',
    '/prometheus/api/v1/targets',
    '/prometheus/api/v1/series?match[]=up',
    '/prometheus/api/v1/label/__name__/values/',
    '/prometheus/api/v1/values',
    '/prometheus/api/v1/constructor',
    '/prometheus/api/v1/query/../admin/tsdb/snapshot',
    '/prometheus/api/v1/query/%2e%2e/admin/tsdb/snapshot',
    '/prometheus/api/v1/%61dmin/tsdb/snapshot',
    '/prometheus/api/v1/query%2f..%2fadmin%2ftsdb%2fsnapshot',
    '/prometheus/api/v1/label/..%2f..%2fadmin/values',
    '/prometheus//api/v1/query?query=up',
    '/prometheus/-/reload',
    '/prometheus/-/quit',
    '/prometheus/metrics',
    '/prometheus/',
    '//prometheus/api/v1/query?query=up',
    '/PROMETHEUS/api/v1/query?query=up',
    'http://127.0.0.1/prometheus/api/v1/query?query=up',
    '/\\prometheus/api/v1/query?query=up',
    '*',
  ])('Prometheus gets nothing of %s', async (path) => {
    await unasked(async () => {
      const { status } = await asking(port, path);
      expect([400, 404]).toContain(status);
    });
  });

  it.each([
    ['a parameter that is not of the request', 'query?query=up&stats=all'],
    ['one that is in every object', 'query?query=up&constructor=1'],
    ['a query twice', 'query?query=up&query=down'],
    ['an empty query', 'query?query='],
    ['a time that is none', 'query?query=up&time=now'],
    ['a step that is none', 'query_range?query=up&start=1&end=2&step=1s%0d%0a'],
    ['a label that is none', 'label/a-b/values'],
    ['many selectors', `label/job/values?${'match[]=up&'.repeat(17)}`],
    ['a long query', `query?query=${'a'.repeat(16_385)}`],
  ])('nor %s', async (_, path) => {
    await unasked(async () => {
      const { status, body } = await asking(port, `/prometheus/api/v1/${path}`);
      expect(status).toBe(400);
      expect(JSON.parse(body)).toMatchObject({ status: 'error', errorType: 'bad_data' });
    });
  });

  it('a first line without end is cut off', async () => {
    await unasked(async () => {
      expect((await asking(port, `${query}${'a'.repeat(70_000)}`)).status).toBe(431);
    });
  });

  it.each([
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets//etc/passwd',
    '/assets/....//package.json',
    '/assets/main.ts',
    '/assets/',
    '/assets/__proto__',
    '/assets/main.js%00.css',
    '/package.json',
    '/api/dashboards/../state',
    '/api/dashboards/..%2f..%2fpackage.json',
    '/api/dashboards/__proto__',
    '/api/dashboards/constructor',
    '/api/dashboards/',
    '/api/dashboards/none',
  ])('there is no %s', async (path) => {
    const { status, body } = await asking(port, path);
    expect(status).toBe(404);
    expect(body).not.toContain('obs-gen"');
  });

  it('passes on what the page asks for, and nothing of the caller', async () => {
    const before = upstream.asked.length;
    const paths = [
      'query?query=up&time=1790000000.5',
      'query_range?query=up&start=2026-11-21T10:00:00Z&end=1790000000&step=15s',
      'query_exemplars?query=up&start=1&end=2',
      'label/job/values?match%5B%5D=up&match%5B%5D=down',
    ];
    for (const path of paths)
      expect((await asking(port, `/prometheus/api/v1/${path}`, { Cookie: 'a=b' })).status).toBe(200);
    expect(upstream.asked.slice(before)).toEqual(
      paths.map((path) => `GET /api/v1/${path.replaceAll(':', '%3A')}`),
    );
  });

  it('logs and traces of a running Prometheus are not made up', async () => {
    for (const path of ['/api/logs', '/api/traces']) {
      const { status, body } = await asking(port, path);
      expect(status).toBe(404);
      expect(body).toContain('reason');
    }
  });
});

describe('a Prometheus that misbehaves', () => {
  const ask = (what: string) => asking(port, `/prometheus/api/v1/query?query=${what}`);

  it('its redirects are not followed', async () => {
    const { status, body } = await ask('redirect');
    expect(status).toBe(502);
    expect(body).toContain('redirects (302)');
    expect(body).not.toContain('elsewhere');
  });

  it('its pages do not become ours', async () => {
    const { status, headers, body } = await ask('garbage');
    expect(status).toBe(502);
    expect(headers).toContain('application/json');
    expect(body).not.toContain('alert');
  });

  it('its errors come as it gave them', async () => {
    const { status, body } = await ask('mistake');
    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({ status: 'error', errorType: 'bad_data', error: 'parse error: 1:3' });
  });

  it('that it wants credentials is said', async () => {
    const { status, headers, body } = await ask('refuse');
    expect(status).toBe(502);
    expect(headers).not.toMatch(/www-authenticate/i);
    expect(body).toContain('credentials');
  });

  it('where it hangs, only that answer waits, and is given up with the caller', async () => {
    const gone = new AbortController();
    const hanging = fetch(`${preview.url}prometheus/api/v1/query?query=hang`, { signal: gone.signal });
    expect((await ask('up')).status).toBe(200);
    gone.abort();
    await expect(hanging).rejects.toThrow('abort');
  });

  it('the credentials of its address reach it, and nobody else', async () => {
    expect(upstream.credentials.at(-1)).toBe(`Basic ${Buffer.from(`reader:${secret}`).toString('base64')}`);
    for (const path of ['/', '/api/state', query, '/prometheus/api/v1/query?query=redirect']) {
      const { headers, body } = await asking(port, path);
      expect(headers + body).not.toContain(secret);
      expect(headers + body).not.toContain('reader');
    }
  });

  it('one that is not there is said to be so, without its credentials', async () => {
    const prometheus = prometheusAddress(`http://reader:${secret}@127.0.0.1:1`);
    if (typeof prometheus === 'string') throw new Error(prometheus);
    const other = await startTestPreview(shopModel(), { prometheus });
    try {
      await other.ready;
      const state = await (await fetch(`${other.url}api/state`)).text();
      expect(JSON.parse(state)).toMatchObject({ mode: 'live', now: null, prometheus: { available: false } });
      expect(state).toContain('http://127.0.0.1:1 cannot be reached');
      expect(state).not.toContain(secret);
    } finally {
      await other.close();
    }
  });

  it.each(['', 'localhost:9090', 'ftp://localhost', 'http://localhost/?token=hunter2', 'http://a b'])(
    'the address %j is refused, and not repeated',
    (address) => {
      const reason = prometheusAddress(address);
      expect(reason).toEqual(expect.any(String));
      expect(reason).not.toContain(secret);
    },
  );
});

describe('what is sent', () => {
  it('a page may run and load our own files alone, and scripts in it only by their hash', async () => {
    const { status, headers, body } = await asking(port, '/');
    expect(status).toBe(200);
    const policy = /^Content-Security-Policy: (.*)$/m.exec(headers)?.[1] ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'sha256-[\w+/]{43}='; style-src 'self';/);
    expect(policy).not.toMatch(/unsafe|http|\*/);
    expect(body).toContain('/assets/uplot.js');
  });

  it.each(['/', '/api/state', '/assets/main.js', '/nothing', query])('%s is kept by nobody', async (path) => {
    const { headers } = await asking(port, path);
    expect(headers).toContain('Cache-Control: no-store');
    expect(headers).toContain('X-Content-Type-Options: nosniff');
    expect(headers).toContain('X-Frame-Options: DENY');
    expect(headers).toMatch(/^Content-Security-Policy: default-src 'none'/m);
    expect(headers).not.toMatch(/access-control|x-powered-by|^server:/im);
  });

  it('HEAD is answered without a body', async () => {
    const { status, headers, body } = await asking(port, '/api/state', {}, 'HEAD');
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(Number(/^Content-Length: (\d+)$/m.exec(headers)?.[1])).toBeGreaterThan(10);
  });
});

describe('where it is served', () => {
  it('on the port that is named, or not at all', async () => {
    await expect(startPreview({ model: shopModel(), problems: [], port, page: [] })).rejects.toThrow(
      'EADDRINUSE',
    );
  });
});
