import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PreviewState } from '../../../src/preview/index.js';
import { ended, runCli, startCli, temporaryFolder, type Ended } from '../../cli/run-cli.js';
import { describeWithChromium, describeWithPrometheus } from '../../support/preview.js';
import { shopSpec } from './specs.js';
import { eventually } from '../../support/eventually.js';

/** Milliseconds: made-up data takes its time on a busy machine. */

interface Workspace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A folder with a spec, and with a place of its own for temporary files. */
function workspace(): Workspace {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'observability.yaml'), shopSpec);
  mkdirSync(join(cwd, 'tmp'));
  return { cwd, env: { TMPDIR: join(cwd, 'tmp'), PROMETHEUS_URL: '' } };
}

interface Served {
  readonly url: string;
  readonly child: ChildProcess;
  readonly end: Promise<Ended>;
  state(): Promise<PreviewState>;
}

/** Starts a preview and waits until it says where. */
async function served(place: Workspace, ...args: readonly string[]): Promise<Served> {
  const child = startCli(['preview', '--port', '0', ...args], place);
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const end = ended(child);
  await eventually(() => {
    expect(stdout).toContain('\n');
  });
  const url = new URL(stdout.trim());
  return {
    url: `${url.origin}/`,
    child,
    end,
    state: async () => (await (await fetch(`${url.origin}/api/state`)).json()) as PreviewState,
  };
}

describe('preview', () => {
  it.each([
    [['--sample', '--prometheus', 'http://x'], 'error: --sample and --prometheus cannot go together'],
    [['--screenshot', 'x', '--watch'], 'error: --screenshot and --watch cannot go together'],
    [['--screenshot', 'x', '--open'], 'error: --screenshot and --open cannot go together'],
    [['--port', '70000'], 'error: --port has to be a whole number from 0 to 65535'],
    [['--screenshot', 'x', '--width', '1'], 'error: --width has to be a whole number from 320 to 7680'],
    [['--width', '900'], 'error: --width is the width of pictures, and none are taken'],
    [['--theme', 'drak'], 'error: --theme cannot be drak'],
    [['--prometheus', 'me:hunter2@host'], 'error: --prometheus cannot be used: its scheme has to be http'],
    [['--prometheus='], 'error: --prometheus needs a value'],
    [['--sample=yes'], 'error: --sample takes no value'],
    [['--dashboard', 'a', '--dashboard', 'b'], 'error: the page begins with one dashboard'],
  ])('%j is refused with exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await runCli(['preview', ...args], workspace());
    expect(stderr.split('\n')[0]).toContain(message);
    expect(stderr).not.toContain('hunter2');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('a dashboard that there is not is refused with those that there are', async () => {
    const { code, stderr } = await runCli(['preview', '--port', '0', '--dashboard', 'order'], workspace());
    expect(stderr).toContain('error: there is no dashboard order\nhelp: did you mean orders?');
    expect(code).toBe(2);
  });

  it('errors of the spec end it, as they end validate', async () => {
    const place = workspace();
    writeFileSync(join(place.cwd, 'observability.yaml'), shopSpec.replace('type: counter', 'type: countr'));
    const validated = await runCli(['validate'], place);
    const { code, stdout, stderr } = await runCli(['preview', '--sample'], place);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`made-up data\n${validated.stderr}`);
  });

  it('a port that is taken is refused where it is named', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const { code, stderr } = await runCli(['preview', '--port', String(port)], workspace());
    expect(stderr).toContain(`error: port ${port} on 127.0.0.1 cannot be used: EADDRINUSE\n`);
    expect(code).toBe(2);
  });

  it('--prometheus and PROMETHEUS_URL name a running one, of which no credentials are shown', async () => {
    const place = workspace();
    const address = 'http://me:hunter2@127.0.0.1:1';
    const named = await served(place, '--prometheus', address);
    expect(await named.state()).toMatchObject({ mode: 'live', now: null });
    await eventually(async () => {
      expect((await named.state()).prometheus.available).toBe(false);
    });
    named.child.kill('SIGTERM');
    const { stderr } = await named.end;
    expect(stderr).toMatch(/^data of the Prometheus at http:\/\/127\.0\.0\.1:1\n/);
    expect(stderr).toContain('error: there is no data: Prometheus at http://127.0.0.1:1 cannot be reached');
    expect(stderr).not.toContain('hunter2');

    const meant = { ...place, env: { ...place.env, PROMETHEUS_URL: address } };
    const found = await served(meant);
    expect((await found.state()).mode).toBe('live');
    found.child.kill('SIGTERM');
    expect((await found.end).stderr).toMatch(/, which PROMETHEUS_URL names; --sample shows made-up data\n/);
    const made = await served(meant, '--sample');
    expect((await made.state()).mode).not.toBe('live');
    made.child.kill('SIGTERM');
    await made.end;
  });

  it('says what to install where there is no Prometheus', async () => {
    const place = workspace();
    const preview = await served({ ...place, env: { ...place.env, PATH: join(place.cwd, 'tmp') } });
    expect(await preview.state()).toMatchObject({ mode: 'none' });
    preview.child.kill('SIGINT');
    const { stderr } = await preview.end;
    expect(stderr).toMatch(/^made-up data, since no Prometheus is named; --prometheus URL shows/);
    expect(stderr).toContain('error: there is no data: there is no prometheus on the PATH\nhelp: install');
  });
});

describeWithPrometheus('preview, with Prometheus', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends it, and nothing is left behind', async (signal, code) => {
    const place = workspace();
    const preview = await served(place, '--sample', '--theme', 'light', '--dashboard', 'orders');
    const query = `${preview.url}prometheus/api/v1/query?query=stock&time=${(await preview.state()).now ?? 0}`;
    const { data } = (await (await fetch(query)).json()) as { data: { result: { metric: object }[] } };
    expect(data.result.length).toBeGreaterThan(0);
    expect(readdirSync(join(place.cwd, 'tmp')).length).toBeGreaterThan(0);
    preview.child.kill(signal);
    const end = await preview.end;
    expect(end.code).toBe(code);
    expect(end.stdout).toBe(`${preview.url}?dashboard=orders&theme=light\n`);
    expect(readdirSync(join(place.cwd, 'tmp'))).toEqual([]);
  });

  it('a fault of obs-gen leaves nothing behind either', async () => {
    const place = workspace();
    const throwing = `data:text/javascript,process.on('SIGUSR2',()=>{setTimeout(()=>{throw new Error('oh')})})`;
    const child = startCli(['preview', '--sample', '--port', '0'], {
      ...place,
      node: ['--import', throwing],
    });
    const end = ended(child);
    const tmp = join(place.cwd, 'tmp');
    await eventually(() => {
      expect(readdirSync(tmp).flatMap((name) => readdirSync(join(tmp, name)))).toContain('prometheus.yaml');
    });
    child.kill('SIGUSR2');
    expect((await end).code).toBe(70);
    expect(readdirSync(tmp)).toEqual([]);
  });

  it('--watch shows changes, and the problems where there are some', async () => {
    const place = workspace();
    const file = join(place.cwd, 'observability.yaml');
    const preview = await served(place, '--watch');
    const before = await preview.state();
    expect(before.problems).toEqual([]);

    writeFileSync(file, shopSpec.replace('title: Orders\n', 'title: All orders\n'));
    await eventually(async () => {
      const { dashboards, generation } = await preview.state();
      expect(dashboards.map(({ title }) => title)).toContain('All orders');
      expect(generation).toBeGreaterThan(before.generation);
    });

    writeFileSync(file, shopSpec.replace('metric: stock', 'metric: stok'));
    await eventually(async () => {
      const { dashboards, problems } = await preview.state();
      expect(problems).toEqual([
        expect.stringMatching(/^error\[OBS\d{4}\]: .*stok[^]*observability\.yaml:\d+/),
      ]);
      expect(dashboards.map(({ title }) => title)).toContain('All orders');
    });

    writeFileSync(file, shopSpec);
    await eventually(async () => {
      const { dashboards, problems } = await preview.state();
      expect(problems).toEqual([]);
      expect(dashboards.map(({ title }) => title)).toContain('Orders');
    });
    preview.child.kill('SIGINT');
    expect((await preview.end).stderr).toContain('watching ./observability.yaml; Ctrl-C ends\n');
  });

  it('--watch begins with a spec that has errors', async () => {
    const place = workspace();
    const file = join(place.cwd, 'observability.yaml');
    writeFileSync(file, 'version: 1\n');
    const preview = await served(place, '--watch');
    expect((await preview.state()).problems.length).toBeGreaterThan(0);
    writeFileSync(file, shopSpec);
    await eventually(async () => {
      expect(await preview.state()).toMatchObject({ service: 'shop', problems: [] });
    });
    preview.child.kill('SIGINT');
    expect((await preview.end).code).toBe(130);
  });
});

describeWithChromium('preview --screenshot', () => {
  it('takes a picture of each dashboard, and says what is on it', async () => {
    const place = workspace();
    const args = [
      'preview',
      '--sample',
      '--screenshot',
      'pictures',
      '--dashboard',
      'orders',
      '--width',
      '900',
    ];
    const { code, stdout, stderr } = await runCli(args, place);
    expect(stderr).toMatch(/^made-up data\n/);
    expect(stdout).toBe(`${join('pictures', 'orders.png')}: 2 panels\n`);
    expect(code).toBe(0);
    const picture = readFileSync(join(place.cwd, 'pictures', 'orders.png'));
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.readUInt32BE(16)).toBe(900);
    expect(readdirSync(join(place.cwd, 'tmp'))).toEqual([]);
  });

  it('fails where a panel has nothing to show its query on', async () => {
    const place = workspace();
    const env = { ...place.env, OBSGEN_PROMETHEUS: '/nowhere/prometheus' };
    const args = ['preview', '--screenshot', 'pictures', '--dashboard', 'orders', '--theme', 'light'];
    const { code, stdout, stderr } = await runCli(args, { ...place, env });
    expect(stderr).toContain('there is no data: there is no program at /nowhere/prometheus\n');
    expect(stdout).toMatch(/orders\.png: 2 panels; 2 without data: "Orders"/);
    expect(code).toBe(1);
  });

  it('says which browser is missing', async () => {
    const place = workspace();
    const env = { ...place.env, CHROME_PATH: '/nowhere/chromium' };
    const { code, stdout, stderr } = await runCli(['preview', '--screenshot', 'pictures'], { ...place, env });
    expect(stderr).toContain('error: there is no browser at /nowhere/chromium\n');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(existsSync(join(place.cwd, 'pictures'))).toBe(false);
  });
});
