import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { prometheusRules } from '../../src/emit/prometheus/emitter.js';
import { dcgmRuleFile } from '../../src/emit/prometheus/files.js';
import { ruleFile } from '../../src/emit/prometheus/rule-file.js';
import { courses } from '../../src/gpu/dcgm/alert-courses.js';
import { dcgmAlertSuites } from '../../src/gpu/dcgm/alert-proof.js';
import { dcgmGroups, dcgmRules } from '../../src/gpu/dcgm/groups.js';
import { dcgmSuites } from '../../src/gpu/dcgm/proof.js';
import { dcgmRecords, devicesSeen } from '../../src/gpu/dcgm/records.js';
import type { Model } from '../../src/model/model.js';
import { mutantsOf } from '../../src/prove/mutants/index.js';
import { testFiles } from '../../src/prove/test-file.js';
import { checkedModel, specOf } from '../presets/preset-model.js';
import { missingProgram } from '../support/program.js';
import { describeWithPromtool, promtool } from '../support/promtool.js';

function modelWith(gpu: string, service = '{ name: example, owner: team }'): Model {
  const spec = specOf(['gpu', 'training']).replace(/^service: .*$/m, `service: ${service}`);
  return checkedModel(`${spec}${gpu}\n`).model;
}

const model = modelWith('gpu: { collectors: { nvidia: {} } }');

describe('records of what dcgm-exporter shows', () => {
  it.each(['gpu: { collectors: { nvidia: {} } }', 'gpu: { collectors: { nvidia: { source: dcgm } } }'])(
    'are there with %s',
    (gpu) => {
      expect(dcgmGroups(modelWith(gpu))).not.toEqual([]);
    },
  );

  it.each([
    '',
    'gpu: { collectors: { nvidia: { source: nvidia-smi } } }',
    'gpu: { collectors: { amd: {} } }',
    'gpu: { collectors: { nvidia: null } }',
  ])('are not there with %s', (gpu) => {
    expect(dcgmGroups(modelWith(gpu))).toEqual([]);
  });

  it('name metrics of the preset, with values that their labels have', () => {
    for (const { record, labels } of dcgmRecords) {
      if (record === devicesSeen) continue;
      const metric = model.metrics.get(record);
      expect(metric, record).toBeDefined();
      for (const [wire, value] of Object.entries(labels)) {
        const bound = metric?.labels.find((label) => label.wire === wire)?.bound;
        expect(bound?.kind === 'closed' ? bound.values : [], `${record}{${wire}}`).toContain(value);
      }
    }
  });

  it('leave out what the spec takes from the preset', () => {
    const spec = 'metrics: { gpu_fan_speed_ratio: null }\ngpu: { collectors: { nvidia: {} } }';
    const names = new Set(dcgmRules(modelWith(spec)).map(({ record }) => record));
    expect(names.has('gpu_fan_speed_ratio')).toBe(false);
    expect(names.has('gpu_power_watts')).toBe(true);
  });

  it('carry the labels that the series of this service are told by', () => {
    const shared = modelWith(
      'gpu: { collectors: { nvidia: {} } }',
      '{ name: example, owner: team, selector: { job: trainer } }',
    );
    const shown = dcgmRules(shared).filter(({ record }) => record !== devicesSeen);
    expect(shown.every(({ labels }) => labels.get('job') === 'trainer')).toBe(true);
  });

  it('of services that no label tells apart are the same file with the same group', () => {
    const [one, other] = ['one', 'other'].map((name) =>
      modelWith('gpu: { collectors: { nvidia: {} } }', `{ name: ${name}, owner: team }`),
    );
    if (one === undefined || other === undefined) throw new Error('there are two');
    expect(dcgmRuleFile(one)).toBe(dcgmRuleFile(other));
    expect(dcgmGroups(one)).toEqual(dcgmGroups(other));
    const selected = modelWith(
      'gpu: { collectors: { nvidia: {} } }',
      '{ name: one, owner: team, selector: { job: one } }',
    );
    expect(dcgmRuleFile(selected)).toBe('prometheus/rules/one-dcgm.yaml');
    expect(dcgmGroups(selected)[0]?.name).toBe('one:dcgm');
  });

  it('have a test each', () => {
    const suites = dcgmSuites(model);
    expect(suites.flatMap(({ untested }) => untested)).toEqual([]);
    expect(suites.map(({ subject }) => subject)).toEqual(
      [...new Set(dcgmRecords.map(({ record }) => record))].map((record) => `gpu.dcgm.${record}`),
    );
    expect(suites.every((suite) => mutantsOf(suite).length > 0)).toBe(true);
  });

  it('make every alert fire of which dcgm-exporter shows anything', () => {
    const suites = dcgmAlertSuites(model);
    expect(suites.flatMap(({ untested }) => untested)).toEqual([]);
    expect(suites.map(({ subject }) => subject.replace('gpu.dcgm.alerts.', '')).sort()).toEqual(
      [...courses.keys()].sort(),
    );
  });
});

describeWithPromtool('the records of two services in one Prometheus', () => {
  it('count no device twice', () => {
    const rules = Object.fromEntries(
      ['one', 'other'].map((name) => {
        const made = modelWith('gpu: { collectors: { nvidia: {} } }', `{ name: ${name}, owner: team }`);
        return [`${name}.yaml`, ruleFile(dcgmGroups(made))];
      }),
    );
    const test = `
rule_files: [one.yaml, other.yaml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - { series: 'DCGM_FI_DEV_POWER_USAGE{instance="a:9400",Hostname="a",gpu="0"}', values: '300x10' }
      - { series: 'DCGM_FI_DEV_POWER_USAGE{instance="a:9400",Hostname="a",gpu="1"}', values: '200x10' }
    promql_expr_test:
      - { expr: sum(gpu_power_watts), eval_time: 5m, exp_samples: [{ labels: '{}', value: 500 }] }
      - { expr: count(gpu_power_watts), eval_time: 5m, exp_samples: [{ labels: '{}', value: 2 }] }
`;
    const { status, output } = promtool(['test', 'rules', 'test.yaml'], { ...rules, 'test.yaml': test });
    expect(output).toContain('SUCCESS');
    expect(status).toBe(0);
  });
});

describe.skipIf(missingProgram('promtool'))('promtool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-dcgm-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('accepts the rules and finds that their tests pass', () => {
    const tests = [...dcgmSuites(model), ...dcgmAlertSuites(model)].flatMap((suite) =>
      testFiles(model, suite),
    );
    for (const { path, content } of [...prometheusRules.files(model), ...tests]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const run = spawnSync('promtool', ['test', 'rules', ...tests.map(({ path }) => path)], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(`${run.stdout}${run.stderr}`).not.toContain('FAILED');
    expect(run.status).toBe(0);
  });
});
