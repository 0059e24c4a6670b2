import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { prometheusRules } from '../../src/emit/prometheus/emitter.js';
import { presetNames } from '../../src/spec/presets.js';
import { missingProgram } from '../support/program.js';
import { checkedModel, specOf } from './preset-model.js';

/** For each alert of a preset: series that make it fire, and series of a healthy service. Values are a minute apart. */
const situations: Readonly<Record<string, { readonly firing: Series; readonly quiet: Series }>> = {
  FileDescriptorsRunOut: {
    firing: { 'process_open_fds{instance="a"}': '950x30', 'process_max_fds{instance="a"}': '1000x30' },
    quiet: { 'process_open_fds{instance="a"}': '850x30', 'process_max_fds{instance="a"}': '1000x30' },
  },
  ModelWithoutPrice: {
    firing: { 'agent_unpriced_tokens_total{model="new"}': '0 0 500x28' },
    quiet: { 'agent_unpriced_tokens_total{model="new"}': '0x30' },
  },
  PolicyEngineFails: {
    firing: {
      'agent_policy_decisions_total{policy="p",stage="input",decision="allow"}': '0+60x30',
      'agent_policy_decisions_total{policy="p",stage="input",decision="error"}': '0+6x30',
    },
    quiet: {
      'agent_policy_decisions_total{policy="p",stage="input",decision="allow"}': '0+60x30',
      'agent_policy_decisions_total{policy="p",stage="input",decision="deny"}': '0+60x30',
      'agent_policy_decisions_total{policy="p",stage="input",decision="error"}': '0x30',
    },
  },
  GpuNeedsRecovery: {
    firing: { 'gpu_recovery_action{instance="a",gpu="0"}': '0x5 2x25' },
    quiet: { 'gpu_recovery_action{instance="a",gpu="0"}': '0x30' },
  },
  GpuMemoryErrors: {
    firing: { 'gpu_ecc_errors_total{instance="a",gpu="0",error_type="uncorrected"}': '0x5 1x25' },
    quiet: {
      'gpu_ecc_errors_total{instance="a",gpu="0",error_type="uncorrected"}': '0x30',
      'gpu_ecc_errors_total{instance="a",gpu="0",error_type="corrected"}': '0+5x30',
    },
  },
};

type Series = Readonly<Record<string, string>>;

describe('alerts of the presets', () => {
  const { model } = checkedModel(specOf(presetNames));
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-presets-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const rules = prometheusRules.files(model).map(({ path, content }) => {
    const file = join(folder, basename(path));
    writeFileSync(file, content);
    return file;
  });

  /** What promtool says of the firing alerts half an hour into the series. */
  function promtool(series: Series, firing: readonly string[]): string {
    const test = {
      rule_files: rules,
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
          promql_expr_test: [
            {
              expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
              eval_time: '30m',
              exp_samples: firing.map((alertname) => ({ labels: `{alertname="${alertname}"}`, value: 1 })),
            },
          ],
        },
      ],
    };
    const file = join(folder, 'test.json');
    writeFileSync(file, JSON.stringify(test));
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' });
    return status === 0 ? 'as expected' : `${stdout}${stderr}`;
  }

  it('have a situation here each', () => {
    expect(Object.keys(situations).sort()).toEqual([...model.alerts.keys()].sort());
  });

  it('name no severity that wakes somebody: a preset does not know who is on call', () => {
    expect([...model.alerts.values()].filter((alert) => alert.severity === 'page')).toEqual([]);
    expect([...model.alerts.values()].filter((alert) => alert.runbook === undefined)).toEqual([]);
  });

  it.skipIf(missingProgram('promtool')).each(Object.entries(situations))(
    '%s fires when it has to',
    (name, { firing }) => {
      expect(promtool(firing, [name])).toBe('as expected');
    },
  );

  it.skipIf(missingProgram('promtool')).each(Object.entries(situations))(
    '%s is quiet otherwise',
    (_, { quiet }) => {
      expect(promtool(quiet, [])).toBe('as expected');
    },
  );
});
