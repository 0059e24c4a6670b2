import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { portFault } from '../../src/processes/ports.js';
import { isAlive, readStackState } from '../../src/stack/run/state.js';
import { FakeDocker, type FakeDaemon } from '../stack/run/fake-docker.js';
import { fakeProgram } from '../stack/run/fake-program.js';
import { ended, runCli, startCli, temporaryFolder, type Ended } from './run-cli.js';

const spec = `version: 1
service: { name: checkout, owner: payments }
metrics:
  runs_total: { type: counter, help: Agent runs. }
alerts:
  NoRuns: { expr: 'rate(runs_total[5m]) == 0', for: 10m, severity: page, summary: No runs., description: None. }
stack:
  alertmanager:
    page: { slack: { webhookFile: /run/secrets/slack, channel: '#shop' } }
`;

/** A folder with a spec, and what is called in it. */
class Place {
  readonly folder = temporaryFolder();

  constructor(text = spec) {
    writeFileSync(join(this.folder, 'observability.yaml'), text);
  }

  docker(daemon: FakeDaemon): FakeDocker {
    return new FakeDocker(this.folder, daemon);
  }

  stack(args: readonly string[], docker?: FakeDocker): Promise<Ended> {
    const path = `${docker === undefined ? '' : `${docker.folder}:`}${process.env['PATH'] ?? ''}`;
    return runCli(['stack', ...args], { cwd: this.folder, env: { PATH: path } });
  }

  give(secret: string): void {
    const folder = join(this.folder, 'generated', 'stack', 'secrets');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, secret), 'https://hooks.example.com/1');
  }
}

describe('obs-gen stack with containers', () => {
  it('never builds in silence', async () => {
    const place = new Place();
    const { code, stderr } = await place.stack(['up'], place.docker({}));
    expect(code).toBe(1);
    expect(stderr).toContain('error[OBS4102]: `generated/alertmanager/alertmanager.yaml` is missing');
    expect(stderr).toContain('run `obs-gen build` first, or let it be built with --build');
    expect(existsSync(join(place.folder, 'generated'))).toBe(false);
  });

  it('makes what can be made, and names what only somebody has; then it starts', async () => {
    const place = new Place();
    const docker = place.docker({ looks: [{ prometheus: 'healthy' }] });
    const first = await place.stack(['up', '--build'], docker);
    expect(first.code).toBe(2);
    expect(first.stderr).toContain('made: generated/stack/secrets/grafana-admin-password\n');
    expect(first.stderr).toContain('generated/stack/secrets/slack: the address of Slack');
    expect(docker.calls().some((call) => call.endsWith(' up --detach --remove-orphans'))).toBe(false);

    place.give('slack');
    const { code, stdout, stderr } = await place.stack(['up'], docker);
    expect(stderr).toBe('Grafana: user admin, password in generated/stack/secrets/grafana-admin-password\n');
    expect(stdout).toBe('prometheus  http://127.0.0.1:9090  queries, rules, targets\n');
    expect(code).toBe(0);
    expect(docker.calls().at(-1)).toMatch(/^inspect /);
  });

  it('passes status, logs and down on', async () => {
    const place = new Place();
    const docker = place.docker({ looks: [{ prometheus: 'healthy', loki: 'exited' }] });
    await runCli(['build', '--quiet'], { cwd: place.folder });

    const status = await place.stack(['status'], docker);
    expect(status.stdout).toMatch(
      /^prometheus +up +http:\/\/127\.0\.0\.1:9090 +since 2026-08-22T10:00:00Z$/m,
    );
    expect(status.stdout).toMatch(/^loki +down .*exited, exit code 2$/m);
    expect(status.code).toBe(1);

    const logs = await place.stack(['logs', 'loki', '--lines', '7', '--follow'], docker);
    expect(logs).toMatchObject({ code: 0, stdout: 'logs was asked for\n' });
    expect(docker.calls().at(-1)).toMatch(/ logs --follow --tail 7 loki$/);

    expect((await place.stack(['down'], docker)).code).toBe(0);
    expect(docker.calls().at(-1)).toMatch(/ down --remove-orphans$/);
    const refused = await place.stack(['down', '--volumes'], docker);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('add --yes');
    await place.stack(['down', '--volumes', '--yes'], docker);
    expect(docker.calls().at(-1)).toMatch(/ down --remove-orphans --volumes$/);
  });
});

describe('obs-gen stack says what cannot be', () => {
  it.each([
    [['up', '--webhook', 'http://x/'], '--webhook goes with --native'],
    [['up', '--native', '--webhook', 'ftp://x'], '--webhook cannot be ftp://x'],
    [['up', '--native', '--target', 'checkout'], '--target cannot be checkout'],
    [['up', '--detach'], '--detach goes with --native'],
    [['logs', 'lokki'], 'there is no part lokki'],
    [['status', '--native'], 'no stack runs for ./observability.yaml'],
    [['up', '--native', '--spec', 'none.yaml'], 'there is no spec at none.yaml'],
  ] as const)('%j', async (args, message) => {
    const { code, stderr } = await new Place().stack(args);
    expect(stderr).toContain(`error: ${message}\n`);
    expect(code).toBe(2);
  });

  it('of a spec without a stack', async () => {
    const place = new Place('version: 1\nservice: { name: checkout, owner: payments }\n');
    const { code, stderr } = await place.stack(['up', '--native']);
    expect(stderr).toContain('write `stack: {}` in it');
    expect(code).toBe(2);
  });
});

describe.skipIf(process.platform === 'win32')('obs-gen stack up --native in the foreground', () => {
  async function started(): Promise<{
    readonly place: Place;
    readonly result: Promise<Ended>;
    readonly pid: number;
    readonly state: NonNullable<ReturnType<typeof readStackState>>;
  }> {
    const place = new Place();
    const programs = join(place.folder, 'programs');
    mkdirSync(programs);
    for (const name of ['prometheus', 'alertmanager']) fakeProgram(programs, name);
    const args = ['stack', 'up', '--native', '--build', '--ports', 'auto', '--webhook', 'none'];
    const child = startCli(args, {
      cwd: place.folder,
      // Alone, so that nothing else that is installed runs as well.
      env: { PATH: programs, OBSGEN_STACK_PROGRAMS: '', OBSGEN_PROMETHEUS: '' },
    });
    const result = ended(child);
    await Promise.race([
      child.stdout && once(child.stdout, 'data'),
      result.then(({ stderr }) => Promise.reject(new Error(stderr))),
    ]);
    const state = readStackState(join(place.folder, '.obs-gen', 'stack'));
    if (state === undefined || child.pid === undefined) throw new Error('there is no state');
    return { place, result, pid: child.pid, state };
  }

  it('ends everything with Ctrl+C', async () => {
    const { place, result, pid, state } = await started();
    expect(state.parts.map(({ part }) => part)).toEqual(['alertmanager', 'prometheus', 'preview']);
    process.kill(pid, 'SIGINT');
    const { code, stderr } = await result;
    expect(code).toBe(130);
    expect(stderr).toContain('note: alerts reach Alertmanager, and nobody is told\n');
    expect(state.parts.filter(isAlive)).toEqual([]);
    for (const { url } of state.parts) expect(await portFault(Number(new URL(url).port))).toBeUndefined();
    expect(readStackState(join(place.folder, '.obs-gen', 'stack'))).toBeUndefined();
  });

  it('lets no second one begin, and is ended from another terminal', async () => {
    const { place, result, state } = await started();
    const second = await place.stack(['up', '--native']);
    expect(second.stderr).toContain('error: a stack of checkout runs already\n');
    expect(second.code).toBe(2);
    const logs = await place.stack(['logs', 'prometheus']);
    expect(logs.stdout).toBe('listening\n');
    const down = await place.stack(['down', '--volumes', '--yes']);
    expect(down).toMatchObject({ code: 0, stdout: 'the stack of checkout has ended\n' });
    expect((await result).code).toBe(143);
    expect(state.parts.filter(isAlive)).toEqual([]);
    expect(existsSync(join(place.folder, '.obs-gen', 'stack', 'data'))).toBe(false);
  });
});
