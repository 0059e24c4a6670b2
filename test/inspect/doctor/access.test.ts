import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openPorts } from '../../../src/inspect/doctor/listening.js';
import { modelOf } from '../../support/model.js';
import { prometheus, prometheusSays } from './answers.js';
import { ask, nobody, part, spec } from './visit.js';

describe('access.prometheus', () => {
  test.each([
    [{ 'web.enable-admin-api': 'false', 'web.enable-lifecycle': 'false' }, 'ok'],
    [{ 'web.enable-admin-api': 'true', 'web.enable-lifecycle': 'false' }, 'failed'],
    [{ 'web.enable-admin-api': 'false', 'web.enable-lifecycle': 'true' }, 'failed'],
    [{ 'web.enable-remote-write-receiver': 'true' }, 'failed'],
  ])('%j', async (flags, verdict) => {
    const fake = await part(prometheus({}, { '/api/v1/status/flags': prometheusSays(flags) }));
    expect((await ask({ prometheus: fake.url }, 'access.prometheus')).verdict).toBe(verdict);
    // What is dangerous is not tried out.
    expect(fake.asked.every(({ method }) => method === 'GET')).toBe(true);
  });
});

describe('access.grafana', () => {
  const grafana = (open: { anonymous?: boolean; admin?: boolean }) =>
    part({
      '/api/health': { body: { version: '13.2.0' } },
      '/api/search': { status: open.anonymous === true ? 200 : 401, body: [] },
      '/api/user': ({ headers }) => ({
        status: open.admin === true && headers.authorization === 'Basic YWRtaW46YWRtaW4=' ? 200 : 401,
      }),
    });

  test.each([
    [{}, 'ok', 'it refuses whoever has no name (401), and admin/admin (401)'],
    [{ anonymous: true }, 'failed', 'Grafana shows its dashboards to whoever asks'],
    [{ admin: true }, 'failed', 'Grafana lets in admin with the password admin'],
  ])('%j', async (open, verdict, seen) => {
    const fake = await grafana(open);
    const credentials = { grafanaPassword: 'right' };
    expect(await ask({ grafana: fake.url }, 'access.grafana', { credentials })).toMatchObject({
      verdict,
      seen,
    });
    // Grafana shuts out a user who was wrong five times.
    expect(fake.asked.filter(({ path }) => path === '/api/user')).toHaveLength(1);
  });
});

/** An authority, a server's and a client's certificate, made with openssl. */
function certificates() {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-doctor-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const openssl = (...args: readonly string[]): void => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-days',
    '1',
    '-subj',
    '/CN=authority',
  );
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1\n');
  for (const name of ['server', 'client']) {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'],
      ...['-days', '1', '-out', `${name}.crt`, '-extfile', 'names'],
    );
  }
  const file = (name: string): Buffer => readFileSync(join(folder, name));
  return {
    server: { cert: file('server.crt'), key: file('server.key'), ca: file('ca.crt') },
    client: { certificate: file('client.crt'), key: file('client.key'), authority: file('ca.crt') },
  };
}

describe('access.anonymous, with TLS', () => {
  const model = () => modelOf(`${spec}  access: { tls: true }\n`);

  async function loki(server: object, requestCert: boolean): Promise<string> {
    const options = { ...server, requestCert, rejectUnauthorized: requestCert };
    const secure = createServer(options, (_, response) => {
      response.end('{}');
    });
    secure.listen(0, '127.0.0.1');
    await once(secure, 'listening');
    onTestFinished(() => {
      secure.closeAllConnections();
      secure.close();
    });
    return `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
  }

  test('a part that asks for certificates is asked with one, and refuses whoever has none', async () => {
    const { server, client } = certificates();
    const url = await loki(server, true);
    const options = { model: model(), credentials: client };
    expect((await ask({ loki: url }, 'ready.loki', options)).verdict).toBe('ok');
    expect(await ask({ loki: url }, 'access.anonymous', options)).toMatchObject({ verdict: 'ok' });
    const without = await ask({ loki: url }, 'ready.loki', { credentials: { authority: client.authority } });
    expect(without.verdict).toBe('failed');
    const unknown = await ask({ loki: url }, 'ready.loki');
    expect(unknown.seen).toMatch(/do not agree on TLS: (?:UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)/);
    expect(unknown.todo).toContain('--ca');
  });

  test('a part that answers everybody is named', async () => {
    const { server, client } = certificates();
    const url = await loki(server, false);
    expect(
      await ask({ loki: url }, 'access.anonymous', { model: model(), credentials: client }),
    ).toMatchObject({
      verdict: 'failed',
      seen: 'Loki answers whoever asks, and `access.tls` is on',
    });
  });

  test('it is not asked for, or nobody answers', async () => {
    const { url } = await part({});
    expect((await ask({ loki: url }, 'access.anonymous')).verdict).toBe('not there');
    expect((await ask({ loki: await nobody() }, 'access.anonymous', { model: model() })).verdict).toBe(
      'not asked',
    );
  });
});

describe('access.listening', () => {
  test('a part that listens for all the world', async () => {
    const server = createServer();
    server.listen(0, '0.0.0.0');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    if (openPorts() === undefined) return;
    expect(await ask({ tempo: `http://127.0.0.1:${port}` }, 'access.listening')).toMatchObject({
      verdict: 'warning',
      seen: `Tempo on port ${port}: other machines can reach it, and nothing is asked of them`,
    });
    const { url } = await part({});
    expect((await ask({ tempo: url }, 'access.listening')).verdict).toBe('ok');
    expect((await ask({ tempo: 'http://tempo.example.com:3200' }, 'access.listening')).verdict).toBe(
      'not there',
    );
  });

  test("the kernel's tables", () => {
    const folder = mkdtempSync(join(tmpdir(), 'obs-gen-doctor-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    expect(openPorts(folder)).toBeUndefined();
    writeFileSync(
      join(folder, 'tcp'),
      [
        '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
        '   0: 00000000:2382 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1',
        '   1: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2',
        '   2: 00000000:0C1C 0100007F:0C1D 01 00000000:00000000 00:00000000 00000000     0        0 3',
        '',
      ].join('\n'),
    );
    writeFileSync(
      join(folder, 'tcp6'),
      '   0: 00000000000000000000000000000000:0C80 00000000000000000000000000000000:0000 0A 0 0 0 0 0 4\n',
    );
    expect([...(openPorts(folder) ?? [])]).toEqual([9090, 3200]);
  });
});

describe('clock.skew', () => {
  const ahead = (seconds: number) => ({
    headers: { date: new Date(Date.now() + seconds * 1000).toUTCString() },
  });

  test.each([
    [0, 'ok', '1 clock within 2 s of this one'],
    [10, 'warning', 'ahead of this machine'],
    [-90, 'failed', 'behind this machine'],
  ])('%d s', async (seconds, verdict, seen) => {
    const { url } = await part({ '/ready': () => ahead(seconds) });
    const outcome = await ask({ loki: url }, 'clock.skew');
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.seen).toContain(seen);
  });

  test("Prometheus's own time is another clock", async () => {
    const at = Date.now() / 1000 + 600;
    const { url } = await part(
      prometheus({}, { '/api/v1/query': prometheusSays({ resultType: 'scalar', result: [at, String(at)] }) }),
    );
    const outcome = await ask({ prometheus: url }, 'clock.skew');
    expect(outcome.seen).toMatch(/^Prometheus's time\(\) is (?:599|600)\.\d s ahead of this machine$/);
  });
});
