import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portFault } from '../../src/processes/ports.js';
import { isAlive, readStackState, type StackState } from '../../src/stack/run/state.js';
import { runCli, type Ended } from '../cli/run-cli.js';
import { NotifiedServer } from '../support/notified.js';
import { missingProgram } from '../support/program.js';
import { AgentProcess, compileExample } from './agent-process.js';
import { streamTask } from './client.js';
import { quickSpec } from './quick-spec.js';

const programs = ['prometheus', 'prometheus-alertmanager'];
const page = 'RunSuccessBudgetBurnPage';
/** Nobody listens there: what reaches the test does so because of `--webhook`. */
const receivers = 'http://127.0.0.1:9';

describe.skipIf(programs.some(missingProgram))('obs-gen stack up --native', () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-stack-'));
  const spec = join(folder, 'observability.yaml');
  const stateFolder = join(folder, '.obs-gen', 'stack');
  let webhook: NotifiedServer;
  let service: AgentProcess;
  let up: Ended;
  let state: StackState;

  const stack = (command: string, ...more: readonly string[]): Promise<Ended> =>
    runCli(['stack', command, '--spec', spec, '--out', join(folder, 'generated'), ...more], { cwd: folder });

  function partOf(name: string): StackState['parts'][number] {
    const found = state.parts.find(({ part }) => part === name);
    if (found === undefined) throw new Error(`no ${name} in ${JSON.stringify(state)}`);
    return found;
  }

  async function get(part: string, path: string): Promise<unknown> {
    const response = await fetch(partOf(part).url + path);
    return response.json();
  }

  /** What the doctor finds, a line each. */
  async function examined(): Promise<{ readonly code: number | null; readonly findings: readonly string[] }> {
    const { code, stdout, stderr } = await runCli(
      ['doctor', '--spec', spec, '--service', service.address, '--wait', '60', '--format', 'json'],
      { cwd: folder },
    );
    expect(stderr).toBe('');
    const { checks } = JSON.parse(stdout) as {
      readonly checks: readonly { readonly id: string; readonly verdict: string; readonly seen: string }[];
    };
    const findings = checks.filter(({ verdict }) => verdict === 'failed');
    return { code, findings: findings.map(({ id, seen }) => `${id}: ${seen}`) };
  }

  beforeAll(async () => {
    compileExample('stack-native');
    [webhook, service] = await Promise.all([NotifiedServer.start(), AgentProcess.start()]);
    writeFileSync(spec, quickSpec(receivers));
    up = await stack(
      'up',
      ...['--native', '--build', '--detach', '--ports', 'auto', '--webhook', `${webhook.address}/all`],
      ...['--target', new URL(service.address).host],
    );
    state = readStackState(stateFolder) ?? state;
  });

  afterAll(async () => {
    await stack('down', '--native');
    await Promise.allSettled([service.stop(), webhook.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('comes up in the background, and says where everything is', () => {
    expect(up.stderr).toBe('it runs in the background: `obs-gen stack status`, `obs-gen stack down`\n');
    expect(up.code).toBe(0);
    // A Collector or a store that is on the PATH runs as well.
    expect(state.parts.map(({ part }) => part).slice(-3)).toEqual(['alertmanager', 'prometheus', 'preview']);
    for (const { url } of state.parts) expect(up.stdout).toContain(url);
    expect(up.stdout).toContain(`alerts go to ${webhook.address}/all`);
  });

  it('lets an alert of the agent reach the webhook, and no receiver', async () => {
    const deadline = Date.now() + 120_000;
    while (webhook.toldOf('/all', page).length === 0) {
      if (Date.now() > deadline)
        throw new Error(`nobody was told: ${JSON.stringify(await get('prometheus', '/api/v1/alerts'))}`);
      await streamTask(service.address, { task: 'Stubbornly: the meaning of everything' });
      await sleep(100);
    }
    expect(webhook.toldOf('/all', page)[0]).toMatchObject({
      status: 'firing',
      labels: { severity: 'page', service: 'research-agent', slo: 'run-success', agent: 'researcher' },
    });
  });

  it('scrapes the agent, and evaluates all rules', async () => {
    const targets = (await get('prometheus', '/api/v1/targets?state=active')) as {
      readonly data: {
        readonly activeTargets: readonly { readonly labels: object; readonly health: string }[];
      };
    };
    expect(targets.data.activeTargets).toContainEqual(
      expect.objectContaining({
        labels: expect.objectContaining({
          job: 'research-agent',
          instance: new URL(service.address).host,
        }) as object,
        health: 'up',
      }),
    );
    const { data } = (await get('prometheus', '/api/v1/rules')) as {
      readonly data: {
        readonly groups: readonly {
          readonly rules: readonly { readonly name: string; readonly health: string }[];
        }[];
      };
    };
    const rules = data.groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(50);
    expect(rules.filter(({ health }) => health === 'err')).toEqual([]);
  });

  it('shows the dashboards on the data of the agent', async () => {
    expect(await get('preview', '/api/state')).toMatchObject({
      service: 'research-agent',
      mode: 'live',
      prometheus: { available: true },
    });
  });

  it('is well, as the doctor says', async () => {
    const { code, findings } = await examined();
    expect(findings.join('\n')).toBe('');
    expect(code).toBe(0);
  });

  it('is up, part by part, until one is killed: that one is named', async () => {
    const before = await stack('status');
    expect(before.stdout).toMatch(/^alertmanager +up .*\nprometheus +up .*\npreview +up /m);
    expect(before.code).toBe(0);

    process.kill(partOf('alertmanager').pid, 'SIGKILL');
    while (isAlive(partOf('alertmanager'))) await sleep(10);
    const after = await stack('status', '--format', 'json');
    expect(after.code).toBe(1);
    const { parts } = JSON.parse(after.stdout) as {
      readonly parts: readonly { readonly part: string; readonly health: string }[];
    };
    expect(parts.filter(({ health }) => health !== 'up').map(({ part }) => part)).toEqual(['alertmanager']);
    const { stdout } = await stack('logs', 'stack');
    expect(stdout).toContain('alertmanager has ended (SIGKILL); the others go on');
  });

  it.each(['alertmanager', 'preview', 'prometheus'])(
    'without %s it is not well: the doctor names it',
    async (part) => {
      // The Alertmanager is gone already.
      if (isAlive(partOf(part))) process.kill(partOf(part).pid, 'SIGKILL');
      while (isAlive(partOf(part))) await sleep(10);
      const { code, findings } = await examined();
      expect(code).toBe(1);
      expect(findings.join('\n').toLowerCase()).toContain(part);
    },
  );

  it('goes down without leaving a process, a port or a state behind', async () => {
    const { code, stdout } = await stack('down');
    expect(stdout).toBe('the stack of research-agent has ended\n');
    expect(code).toBe(0);
    expect([state.supervisor, ...state.parts].filter(isAlive)).toEqual([]);
    for (const { url } of state.parts) expect(await portFault(Number(new URL(url).port))).toBeUndefined();
    expect(readStackState(stateFolder)).toBeUndefined();
    expect((await stack('status', '--native')).code).toBe(2);
  });
});
