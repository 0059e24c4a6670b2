import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { push } from '../../src/runtime/export/push.js';
import type { PushOptions } from '../../src/runtime/export/push.js';
import { pushMetrics } from '../../src/runtime/export/pushgateway.js';
import { counter } from '../../src/runtime/index.js';
import { startServer } from './push-server.js';
import type { PushServer, Received } from './push-server.js';

counter({ name: 'f_steps_total', help: 'Steps.' }).inc(3);

let server: PushServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function serverThat(
  answer: (response: ServerResponse, request: Received) => void,
): Promise<PushServer> {
  server = await startServer(answer);
  return server;
}

const secret = 'hunter2-pass/word';
const user = 'ci-user';

/** The address of a server, with a user and a password. */
function withUser(url: string): string {
  return url.replace('://', `://${user}:${encodeURIComponent(secret)}@`);
}

function expectNoSecret(text: string | undefined): void {
  const token = Buffer.from(`${user}:${secret}`).toString('base64');
  for (const each of [secret, encodeURIComponent(secret), user, token])
    expect(text ?? '').not.toContain(each);
}

describe('a push', () => {
  test('sends the page in the text format, with the headers of the program', async () => {
    const { url, received } = await serverThat((response) => response.writeHead(200).end());
    const headers = { 'X-Scope-OrgID': 'team-1' };
    await pushMetrics({ url: withUser(url), job: 'j', groupings: { instance: 'a/b' }, headers });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ method: 'PUT', path: '/metrics/job/j/instance@base64/YS9i' });
    expect(received[0]?.headers).toMatchObject({
      'content-type': expect.stringMatching(/^text\/plain; *version=0\.0\.4/) as string,
      authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
      'x-scope-orgid': 'team-1',
    });
    // Name, labels and value: the gateway refuses a page with a timestamp.
    expect(received[0]?.body).toMatch(/^f_steps_total 3$/m);
  });

  test.each([
    ['push', 'PUT'],
    ['pushAdd', 'POST'],
    ['delete', 'DELETE'],
  ] as const)('by %s is a %s', async (method, verb) => {
    const { url, received } = await serverThat((response) => response.writeHead(202).end());
    expect(await pushMetrics({ url, job: 'j', method })).toMatchObject({ sent: true, status: 202 });
    expect(received[0]?.method).toBe(verb);
    expect(received[0]?.body === '').toBe(method === 'delete');
  });

  test('lets a header of the program win over the user in the address', async () => {
    const { url, received } = await serverThat((response) => response.writeHead(200).end());
    await pushMetrics({ url: withUser(url), job: 'j', headers: { Authorization: 'Bearer t' } });
    expect(received[0]?.headers.authorization).toBe('Bearer t');
  });
});

describe('a push that fails is reported', () => {
  test.each([500, 401, 404, 503])(
    'where the gateway answers %i, which is not tried again',
    async (status) => {
      const { url, received } = await serverThat((response) => response.writeHead(status).end('a reason'));
      const report = await pushMetrics({ url, job: 'j' });
      expect(report).toMatchObject({ sent: false, status, error: `the gateway answered ${status}` });
      expect(received).toHaveLength(1);
    },
  );

  test('where the gateway sends it elsewhere, which gets nothing', async () => {
    const { url, received } = await serverThat((response, { path }) => {
      if (path.startsWith('/elsewhere')) response.writeHead(200).end();
      else response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await pushMetrics({ url, job: 'j' })).toMatchObject({ sent: false, status: 307 });
    expect(received).toHaveLength(1);
  });

  test('where nobody listens', async () => {
    const closed = await serverThat((response) => response.end());
    await closed.close();
    server = undefined;
    const report = await pushMetrics({ url: withUser(closed.url), job: 'j' });
    expect(report).toMatchObject({ sent: false, error: 'no connection to the gateway (ECONNREFUSED)' });
    expectNoSecret(report.error);
  });

  test('where the gateway hangs up each time, after a second try', async () => {
    const { url, received } = await serverThat((response) => response.destroy());
    const report = await pushMetrics({ url, job: 'j' });
    expect(report.sent).toBe(false);
    expect(report.error).toMatch(/^no connection to the gateway \(\w+\)$/);
    expect(received).toHaveLength(2);
  });

  test.each([
    ['says nothing', () => undefined],
    [
      'begins to explain and never ends',
      (response: ServerResponse) => {
        response.writeHead(400, { 'content-length': '100' });
        response.flushHeaders();
      },
    ],
  ])('where the gateway %s, at the deadline', async (_, answer) => {
    const { url } = await serverThat(answer);
    const report = await pushMetrics({ url, job: 'j', deadlineSeconds: 0.3 });
    expect(report).toMatchObject({ sent: false, error: 'the deadline passed' });
  });

  test('where the gateway breaks off its explanation', async () => {
    const { url } = await serverThat((response) => {
      response.writeHead(400, { 'content-length': '100' });
      response.flushHeaders();
      setTimeout(() => response.destroy(), 20);
    });
    expect(await pushMetrics({ url, job: 'j' })).toMatchObject({
      ...{ sent: false, status: 400, error: 'the gateway answered 400' },
    });
  });

  test('where the page cannot be read, and nothing is sent', async () => {
    const { url, received } = await serverThat((response) => response.end());
    const report = await push({ url, job: 'j' }, () => Promise.reject(new Error('no page')));
    expect(report).toMatchObject({ sent: false, error: 'the metrics could not be read' });
    expect(received).toHaveLength(0);
  });

  test('without the words of an answer that are secrets', async () => {
    const { url } = await serverThat((response, { headers }) => {
      response
        .writeHead(400)
        .end(`bad ${headers.authorization ?? ''} for ${user}:${secret}, ${String(headers['x-key'])}`);
    });
    const report = await pushMetrics({ url: withUser(url), job: 'j', headers: { 'X-Key': 'key-12345' } });
    expect(report.error).toMatch(/^the gateway answered 400: bad /);
    expectNoSecret(report.error);
    expect(report.error).not.toContain('key-12345');
  });

  test.each([
    ['not an address', { url: `http//${user}:${secret}` }],
    ['not http', { url: `ftp://${user}:${secret}@127.0.0.1` }],
    ['no port', { url: `http://${user}:pass@127.0.0.1:99999` }],
    ['no job', { job: '' }],
    ['job as grouping', { groupings: { job: 'x' } }],
    ['reserved grouping', { groupings: { __name__: 'x' } }],
    ['path as grouping', { groupings: { '../x': 'y' } }],
    ['header that is none', { headers: { 'x-key': `${secret}\nx` } }],
  ])('where it cannot be made: %s', async (_, options) => {
    const { url, received } = await serverThat((response) => response.end());
    const report = await pushMetrics({ url, job: 'j', ...options });
    expect(report).toMatchObject({ sent: false, error: expect.any(String) as string });
    expect(report).not.toHaveProperty('status');
    expectNoSecret(report.error);
    expect(received).toHaveLength(0);
  });

  test.each([
    [undefined],
    [null],
    [{}],
    [{ url: 1, job: 2 }],
    [{ url: 'http://127.0.0.1', job: 'j', groupings: { instance: 5 } }],
  ])('where the options are %j', async (options) => {
    const report = await pushMetrics(options as PushOptions);
    expect(report.sent).toBe(false);
  });
});
