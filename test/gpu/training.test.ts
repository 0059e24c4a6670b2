import { expect, it } from 'vitest';
import { alertGroups } from '../../src/alerts/groups.js';
import { dcgmAlertSuites } from '../../src/gpu/dcgm/alert-proof.js';
import { firing, silent } from '../../src/prove/alerts/subject.js';
import type { Scenario } from '../../src/prove/scenario.js';
import { flat, type TestSeries } from '../../src/prove/series.js';
import { checkedModel, specOf } from '../presets/preset-model.js';
import { failures } from '../prove/alerts/run.js';
import { describeWithPromtool } from '../support/promtool.js';

const { model } = checkedModel(`${specOf(['gpu', 'training'])}gpu: { collectors: { nvidia: {} } }\n`);
const name = 'TrainingLeavesGpusIdle';
const groups = alertGroups(model)
  .map((group) => ({
    ...group,
    rules: group.rules.filter((rule) => rule.kind === 'alert' && rule.alert === name),
  }))
  .filter(({ rules }) => rules.length > 0);

type Labels = Readonly<Record<string, string>>;

const minutes = 75;
const series = (metric: string, labels: Labels, value: number): TestSeries => ({
  metric,
  labels: new Map(Object.entries(labels)),
  segments: [flat(value, minutes + 1)],
});

/** GPUs of one target, and a job of another one. @param host on which it fires; undefined: it does not */
function scenarioOf(what: string, gpus: Labels, job: Labels, host: string | undefined): Scenario {
  const rule = groups[0]?.rules[0];
  if (rule?.kind !== 'alert') throw new Error('there is no such alert');
  const at = minutes * 60;
  return {
    name: what,
    interval: 60,
    evaluationInterval: 60,
    series: [
      ...['0', '1'].map((gpu) =>
        series('gpu_utilization_ratio', { ...gpus, gpu, engine: 'general' }, gpu === '0' ? 0.1 : 0.2),
      ),
      // A second process of the job, on the same host.
      ...['m', 'n'].map((each) => series('training_active_runs', { ...job, model: each }, 1)),
    ],
    checks: [host === undefined ? silent(rule, at) : firing(rule, at, new Map([['host', host]]))],
  };
}

describeWithPromtool('a training job that leaves its GPUs idle', () => {
  it.each<[what: string, gpus: Labels, job: Labels, host: string | undefined]>([
    ['which it reports itself', { instance: 'a:9090' }, { instance: 'a:9090' }, 'a'],
    ['which obs-gen gpu reports on its host', { instance: 'a:9835' }, { instance: 'a:8080' }, 'a'],
    [
      'which obs-gen gpu reports on its node of a cluster',
      { instance: '10.0.0.7:9835', node: 'a' },
      { instance: '10.0.3.9:8080', node: 'a' },
      'a',
    ],
    [
      'which dcgm-exporter shows on its node, whose name is the instance of the records',
      { instance: 'a' },
      { instance: '10.0.3.9:8080', node: 'a' },
      'a',
    ],
    ['of another host: silent', { instance: 'b:9835' }, { instance: 'a:8080' }, undefined],
    [
      'of another node: silent, whatever their addresses are',
      { instance: '10.0.0.7:9835', node: 'b' },
      { instance: '10.0.0.7:8080', node: 'a' },
      undefined,
    ],
  ])('%s', (what, gpus, job, host) => {
    const scenarios = [scenarioOf(what, gpus, job, host)];
    expect(failures({ id: '', subject: '', ruleFile: '', groups, scenarios, untested: [] })).toBe('');
  });

  it("fires from dcgm-exporter's own series, by their records", () => {
    const suite = dcgmAlertSuites(model).find(({ id }) => id === `dcgm-alert-${name}`);
    if (suite === undefined) throw new Error('it is not proved');
    expect(suite.untested).toEqual([]);
    expect(suite.scenarios).toHaveLength(1);
    expect(failures(suite)).toBe('');
  });
});
