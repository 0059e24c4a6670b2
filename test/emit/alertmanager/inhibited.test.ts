import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerFile } from '../../../src/emit/alertmanager/emitter.js';
import { ruleGroupFiles } from '../../../src/emit/prometheus/files.js';
import { packageRoot } from '../../../src/package-root.js';
import { modelOf } from '../../support/model.js';
import { missingProgram } from '../../support/program.js';
import { RunningProgram } from '../../support/running-program.js';

type Labels = Readonly<Record<string, string>>;

const path = join(packageRoot, 'test', 'cases', 'alertmanager', 'observability.yaml');
const model = modelOf(readFileSync(path, 'utf8'));
const rules = ruleGroupFiles(model).flatMap(({ groups }) => groups.flatMap((group) => group.rules));

/** An alert with the labels that its rule sets, and those of one of its series. */
function firing(name: string, series: Labels = {}): Labels {
  const rule = rules.find((each) => each.kind === 'alert' && each.alert === name);
  if (rule === undefined) throw new Error(`there is no alert ${name}`);
  return { ...series, ...Object.fromEntries(rule.labels), alertname: name };
}

describe.skipIf(missingProgram('prometheus-alertmanager'))('a running Alertmanager', () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-inhibited-'));
  let alertmanager: RunningProgram;

  beforeAll(async () => {
    // Nobody is told of anything: groups wait for longer than the test takes.
    const config = (alertmanagerFile.files(model)[0]?.content ?? '').replace(
      /group_wait: .+/g,
      'group_wait: 1h',
    );
    writeFileSync(join(folder, 'alertmanager.yaml'), config);
    alertmanager = await RunningProgram.start('prometheus-alertmanager', (listen) => [
      `--config.file=${join(folder, 'alertmanager.yaml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${listen}`,
      '--cluster.listen-address=',
    ]);
  });

  afterAll(async () => {
    await alertmanager.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Which of some alerts are held back when all of them fire; then all of them end. */
  async function heldBack(alerts: readonly Labels[]): Promise<readonly boolean[]> {
    const post = async (endsAt: string | undefined): Promise<void> => {
      const body = JSON.stringify(alerts.map((labels) => ({ labels, endsAt })));
      const headers = { 'content-type': 'application/json' };
      const { ok } = await fetch(`${alertmanager.address}/api/v2/alerts`, { method: 'POST', headers, body });
      if (!ok) throw new Error('Alertmanager refuses the alerts');
    };
    await post(undefined);
    const told = (await alertmanager.get('/api/v2/alerts')) as readonly {
      readonly labels: Labels;
      readonly status: { readonly inhibitedBy: readonly string[] };
    }[];
    const key = (labels: Labels): string => JSON.stringify(Object.entries(labels).sort());
    const held = alerts.map(
      (labels) =>
        (told.find((each) => key(each.labels) === key(labels))?.status.inhibitedBy.length ?? -1) > 0,
    );
    await post(new Date(Date.now() - 1000).toISOString());
    return held;
  }

  it('holds the ticket of an objective back for the group whose page fires, and for no other', async () => {
    const group = (queue: string): Labels => ({ region: 'eu', queue });
    expect(
      await heldBack([
        firing('SuccessByRegionBudgetBurnPage', group('a')),
        firing('SuccessByRegionBudgetBurnTicket', group('a')),
        firing('SuccessByRegionBudgetBurnTicket', group('b')),
        firing('SuccessBudgetBurnTicket'),
        firing('SuccessNoData'),
      ]),
    ).toEqual([false, true, false, false, false]);
  });

  it('tells objectives apart whose pages share a rule', async () => {
    expect(
      await heldBack([
        firing('SuccessBudgetBurnPage'),
        firing('SuccessBudgetBurnTicket'),
        firing('CallsBudgetBurnTicket', { service: 'desk' }),
      ]),
    ).toEqual([false, true, false]);
    expect(
      await heldBack([
        firing('CallsBudgetBurnPage', { service: 'a' }),
        firing('CallsBudgetBurnTicket', { service: 'a' }),
        firing('CallsBudgetBurnTicket', { service: 'b' }),
      ]),
    ).toEqual([false, true, false]);
  });

  it('holds symptoms back for the same values of the labels that both have', async () => {
    expect(
      await heldBack([
        firing('QueueLong', { queue: 'a' }),
        firing('TasksFail', { queue: 'a', region: 'eu' }),
        firing('TasksFail', { queue: 'b', region: 'eu' }),
        firing('Noted', { queue: 'a' }),
      ]),
    ).toEqual([false, true, false, false]);
  });

  it('holds everything back but security events and the heartbeat, where an alert says so', async () => {
    expect(
      await heldBack([
        firing('TasksGone'),
        firing('QueueLong', { queue: 'a' }),
        firing('SuccessBudgetBurnPage'),
        firing('CallsFail', { service: 'a' }),
        firing('AuthFailedDetected'),
        firing('DeskHeartbeat'),
        { ...firing('QueueLong', { queue: 'a' }), service: 'another' },
      ]),
    ).toEqual([false, true, true, true, false, false, false]);
  });
});
