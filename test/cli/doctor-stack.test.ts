import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { collector, loki, prometheus, prometheusSays } from '../inspect/doctor/answers.js';
import { FakePart, type Routes } from '../inspect/doctor/fake-part.js';
import { runCli, temporaryFolder } from './run-cli.js';

const text = `version: 1
service: { name: shop, runbooks: https://runbooks.example.com }
metrics: { orders_total: { type: counter, help: Orders. } }
stack: { compose: false }
`;

function specFile(content = text): string {
  const path = join(temporaryFolder(), 'observability.yaml');
  writeFileSync(path, content);
  return path;
}

function fileOf(content: string): string {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, content);
  return path;
}

async function part(routes: Routes): Promise<FakePart> {
  const fake = await FakePart.start(routes);
  onTestFinished(() => fake.close());
  return fake;
}

interface Report {
  readonly version: number;
  readonly service: string;
  readonly spec: Readonly<Record<string, string>>;
  readonly parts: readonly { readonly name: string; readonly url: string; readonly from: string }[];
  readonly checks: readonly { readonly id: string; readonly verdict: string; readonly seen: string }[];
  readonly counts: Readonly<Record<string, number>>;
}

const flags = { '/api/v1/status/flags': prometheusSays({ 'web.enable-lifecycle': 'false' }) };

describe('obs-gen doctor', () => {
  test('a stack that is well: exit code 0, and a report that programs read', async () => {
    const { url } = await part(prometheus({}, flags));
    const args = [
      'doctor',
      '--spec',
      specFile(),
      '--prometheus',
      url,
      '--service',
      'none',
      '--only',
      'access',
    ];
    const { code, stdout, stderr } = await runCli([...args, '--format', 'json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout) as Report;
    expect(Object.keys(report)).toEqual([
      'version',
      'service',
      'spec',
      'parts',
      'checks',
      'counts',
      'seconds',
    ]);
    expect(report).toMatchObject({
      version: 1,
      service: 'shop',
      parts: [{ name: 'prometheus', url, from: '--prometheus' }],
      counts: { failed: 0, 'not asked': 0 },
    });
    expect(report.spec).toEqual({
      rules: 'none',
      dashboards: expect.stringMatching(/^sha256:[0-9a-f]{16}$/) as string,
      alertmanager: 'none',
    });
    expect(report.checks.find(({ id }) => id === 'access.prometheus')).toMatchObject({ verdict: 'ok' });
  });

  test('a part that is dead comes first, with what to do; what hangs on it is not asked', async () => {
    const dead = await FakePart.start({});
    await dead.close();
    const otlp = await part(collector());
    const { code, stdout } = await runCli([
      ...['doctor', '--spec', specFile(), '--service', 'none', '--only', 'log'],
      ...['--loki', dead.url, '--collector', otlp.url],
    ]);
    expect(code).toBe(1);
    const lines = stdout.split('\n');
    expect(lines[1]).toMatch(/^failed {5}ready\.loki +Loki at .* nothing listens there$/);
    expect(stdout).toContain('to do: start it');
    expect(stdout).toMatch(/^not asked {2}log\.probe +because Loki does not answer$/m);
    expect(lines.at(-2)).toMatch(/^1 failed, 1 ok, 1 not asked, \d+ not there, in \d+\.\d s$/);
  });

  test('warnings are findings where it is strict', async () => {
    const { url } = await part({
      ...loki(),
      '/ready': () => ({ headers: { date: new Date(Date.now() + 10_000).toUTCString() } }),
    });
    const args = ['doctor', '--spec', specFile(), '--service', 'none', '--loki', url, '--only', 'clock.skew'];
    const relaxed = await runCli(args);
    expect(relaxed.code).toBe(0);
    expect(relaxed.stdout).toMatch(/^warning {4}clock\.skew/m);
    expect((await runCli([...args, '--strict'])).code).toBe(1);
  });

  test('secrets are shown to the parts and to nobody else', async () => {
    const fake = await part({ '/-/ready': { status: 403 } });
    const address = fake.url.replace('http://', 'http://kim:pa55@');
    const args = [
      'doctor',
      '--spec',
      specFile(),
      '--service',
      'none',
      '--only',
      'ready',
      '--alertmanager',
      address,
    ];
    const { code, stdout, stderr } = await runCli([...args, '--token-file', fileOf('t0ken\n')]);
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).not.toMatch(/pa55|t0ken/);
    expect(fake.asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('kim:pa55').toString('base64')}`);
  });

  test('the request that is named is sent as it stands, once', async () => {
    const service = await part({ '/health': {}, '/tasks': { status: 202 } });
    const store = await part(loki());
    const body = fileOf('{"task":"x"}');
    const { stdout } = await runCli([
      ...['doctor', '--spec', specFile(), '--service', service.url, '--loki', store.url, '--wait', '0'],
      ...['--request', 'POST', '/tasks', '--body', body, '--service-token-file', fileOf('own')],
    ]);
    expect(stdout).toMatch(/^failed +log\.service +Loki has no line of shop of the last hour$/m);
    const sent = service.asked.filter(({ path }) => path === '/tasks');
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      method: 'POST',
      body: '{"task":"x"}',
      headers: { authorization: 'Bearer own' },
    });
    expect(sent[0]?.headers).toMatchObject({
      tracestate: 'obsgen=doctor',
      'content-type': 'application/json',
    });
  });
});

describe('slips', () => {
  test.each<[readonly string[], RegExp]>([
    [['--spec', 'nowhere.yaml'], /there is no spec at nowhere\.yaml/],
    [['--only', 'trace.prob'], /there is no check trace\.prob[^]*did you mean trace\.probe\?/],
    [['--wait', '-1'], /--wait cannot be -1/],
    [['--request', 'GET', '//evil.example.com/'], /the path of --request begins with a slash/],
    [['--body', 'x.json'], /--body belongs to a request/],
    [['--cert', 'x.pem'], /--cert is only half of it/],
    [['--loki', 'ftp://user:pa55@host'], /--loki cannot be used: its scheme/],
    [['--token-file', '/nowhere/token'], /the file of --token-file cannot be read: \/nowhere\/token: ENOENT/],
    [['--state', '/nowhere'], /no stack has been started in \/nowhere/],
  ])('%j', async (args, message) => {
    const spec = args.includes('--spec') ? [] : ['--spec', specFile()];
    const { code, stdout, stderr } = await runCli(['doctor', ...spec, ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('pa55');
  });

  test('a spec without a stack, and without addresses', async () => {
    const spec = specFile('version: 1\nservice: { name: shop }\n');
    const { code, stderr } = await runCli(['doctor', '--spec', spec]);
    expect(code).toBe(2);
    expect(stderr).toContain('there is nothing to look at: the spec has no `stack`');
  });

  test('a spec with errors is told as `validate` tells it', async () => {
    const { code, stderr } = await runCli([
      'doctor',
      '--spec',
      specFile('version: 1\nservice: { nam: shop }\n'),
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error\[OBS\d{4}\]/);
  });
});
