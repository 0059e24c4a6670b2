import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emit } from '../../src/emit/index.js';
import { modelOf } from '../support/model.js';
import { NotifiedServer } from '../support/notified.js';
import { missingProgram } from '../support/program.js';
import { RunningProgram } from '../support/running-program.js';
import { AgentProcess, compileExample } from './agent-process.js';
import { streamTask } from './client.js';
import { quickSpec } from './quick-spec.js';

const page = 'RunSuccessBudgetBurnPage';
const ticket = 'RunSuccessBudgetBurnTicket';

/** Writes what a spec compiles to for Prometheus and Alertmanager. */
function writeOutput(spec: string, folder: string): void {
  for (const { path, content } of emit(modelOf(spec))) {
    if (!/^(?:prometheus\/rules|alertmanager)\//.test(path)) continue;
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

interface ApiAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly status: { readonly state: string; readonly inhibitedBy: readonly string[] };
}

const programs = ['prometheus', 'prometheus-alertmanager'];

describe.skipIf(programs.some(missingProgram))('an agent that fails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-alerting-'));
  const stops: (() => Promise<unknown>)[] = [];
  let receivers: NotifiedServer;
  let service: AgentProcess;
  let alertmanager: RunningProgram;
  let prometheus: RunningProgram;

  beforeAll(async () => {
    compileExample('alerting');
    receivers = await NotifiedServer.start();
    stops.push(() => receivers.stop());
    writeOutput(quickSpec(receivers.address), folder);

    service = await AgentProcess.start();
    stops.push(() => service.stop());
    alertmanager = await RunningProgram.start('prometheus-alertmanager', (listen) => [
      `--config.file=${join(folder, 'alertmanager', 'alertmanager.yaml')}`,
      `--storage.path=${join(folder, 'notifications')}`,
      `--web.listen-address=${listen}`,
      '--cluster.listen-address=',
    ]);
    stops.push(() => alertmanager.stop());
    const config = {
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: [join(folder, 'prometheus', 'rules', '*.yaml')],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager.address).host] }] }] },
      scrape_configs: [
        { job_name: 'research-agent', static_configs: [{ targets: [new URL(service.address).host] }] },
      ],
    };
    writeFileSync(join(folder, 'prometheus.json'), JSON.stringify(config));
    prometheus = await RunningProgram.start('prometheus', (listen) => [
      `--config.file=${join(folder, 'prometheus.json')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${listen}`,
      // What it sends before it has found its Alertmanager is lost until then.
      '--rules.alert.resend-delay=1s',
    ]);
    stops.push(() => prometheus.stop());
  });

  afterAll(async () => {
    await Promise.allSettled(stops.reverse().map((stop) => stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  /** Lets the agent work until something is so; throws where it does not come about in time. */
  async function workUntil(task: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 120_000;
    while (!(await holds())) {
      if (Date.now() > deadline) {
        const rules = JSON.stringify(await prometheus.get('/api/v1/alerts'));
        throw new Error(`it did not happen in time; alerts: ${rules}\n${alertmanager.log}`);
      }
      await Promise.all([task, task].map((each) => streamTask(service.address, { task: each })));
      await sleep(100);
    }
  }

  async function alertsNamed(name: string): Promise<readonly ApiAlert[]> {
    const filter = encodeURIComponent(`alertname="${name}"`);
    return (await alertmanager.get(`/api/v2/alerts?filter=${filter}`)) as readonly ApiAlert[];
  }

  const good = 'Compute: 6 * 7';
  const bad = 'Stubbornly: the meaning of everything';

  it('pages, holds its ticket back, and is well again', async () => {
    const scraped = async (): Promise<boolean> => {
      const query = encodeURIComponent('slo:sli_total:rate15s{slo="run-success"} > 0');
      const { data } = (await prometheus.get(`/api/v1/query?query=${query}`)) as {
        readonly data: { readonly result: readonly unknown[] };
      };
      return data.result.length > 0;
    };
    await workUntil(good, scraped);
    expect(receivers.toldOf('/page', page)).toEqual([]);

    await workUntil(bad, () => receivers.toldOf('/page', page).length > 0);
    expect(receivers.toldOf('/page', page)[0]).toMatchObject({
      status: 'firing',
      labels: { severity: 'page', service: 'research-agent', slo: 'run-success', agent: 'researcher' },
      annotations: { runbook_url: `https://runbooks.example.com/research-agent/${page}` },
    });

    // The same budget burns fast enough for a ticket as well: it fires, and nobody is told, for longer than its group waits.
    const since = Date.now();
    await workUntil(bad, async () => {
      const [[held], [cause]] = [await alertsNamed(ticket), await alertsNamed(page)];
      if (cause?.status.state !== 'active' || held?.status.state !== 'suppressed') return false;
      expect(held.status.inhibitedBy).toHaveLength(1);
      return Date.now() - since > 4000;
    });
    expect(receivers.toldOf('/ticket', ticket)).toEqual([]);

    const isOver = (): boolean => receivers.toldOf('/page', page).some(({ status }) => status === 'resolved');
    await workUntil('What is a burn rate?', isOver);
    expect(receivers.toldOf('/page', ticket)).toEqual([]);
  });

  it('is heard of all the time by the dead man’s switch', () => {
    const beats = receivers.toldOf('/heartbeat', 'ResearchAgentHeartbeat');
    expect(beats.length).toBeGreaterThan(3);
    expect(beats.every(({ status }) => status === 'firing')).toBe(true);
    const others = receivers.received.filter(({ path }) => path === '/heartbeat').length;
    expect(others).toBe(beats.length);
  });

  it('has rules that all work', async () => {
    const { data } = (await prometheus.get('/api/v1/rules')) as {
      readonly data: {
        readonly groups: readonly {
          readonly rules: readonly { readonly name: string; readonly lastError?: string }[];
        }[];
      };
    };
    const failing = data.groups.flatMap(({ rules }) =>
      rules.filter(({ lastError }) => lastError !== undefined && lastError !== ''),
    );
    expect(failing).toEqual([]);
  });
});
