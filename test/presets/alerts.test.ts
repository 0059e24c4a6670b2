import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { prometheusRules } from '../../src/emit/prometheus/emitter.js';
import { presetNames } from '../../src/spec/presets.js';
import { rulesBehind } from '../emit/prometheus/rules-behind.js';
import { isLong } from '../support/long.js';
import { missingProgram } from '../support/program.js';
import { promtoolEnvironment } from '../support/promtool.js';
import type { Metric } from '../../src/model/model.js';
import { checkedModel, specOf } from './preset-model.js';
import { situations, type Series, type Situation } from './situations.js';

/** Gauges that are not 0 while a service is healthy and has nothing to do; what is left of a rate limit is what the last call saw. */
const atRest: Readonly<Record<string, number>> = {
  agent_ratelimit_remaining_ratio: 0.01,
  agent_sandbox_up: 1,
  agent_queue_workers: 2,
  gpu_collector_up: 1,
  gpu_temperature_margin_celsius: 30,
  process_max_fds: 1000,
  process_start_time_seconds: 100,
};

/** The series of a metric of a service that does nothing, with the first value of each label. */
function idle({ name, type, labels }: Metric): readonly (readonly [string, string])[] {
  const row = labels.map(({ wire, bound }) => [
    wire,
    bound.kind === 'closed' ? (bound.values[0] ?? '') : 'x',
  ]);
  const series = (part: string, more: readonly (readonly string[])[] = []): string =>
    `${name}${part}{${[['instance', 'a'], ...row, ...more].map(([key, value]) => `${key ?? ''}="${value ?? ''}"`).join(',')}}`;
  // Samples go on arriving: their time goes with the clock.
  if (name === 'gpu_collector_success_timestamp_seconds') return [[series(''), '0+60x200']];
  if (type !== 'histogram') return [[series(''), `${atRest[name] ?? 0}x200`]];
  return [
    [series('_bucket', [['le', '+Inf']]), '0x200'],
    [series('_sum'), '0x200'],
    [series('_count'), '0x200'],
  ];
}

describe('alerts of the presets', () => {
  const { model } = checkedModel(specOf(presetNames));
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-presets-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const rules = Object.fromEntries(
    prometheusRules.files(model).map(({ path, content }) => [basename(path), content]),
  );

  /** The rules as files: those of all presets together are what takes the time, so the short run has those of the alert alone. */
  function ruleFiles(alert: string | undefined): readonly string[] {
    const kept = alert === undefined || isLong ? rules : rulesBehind(rules, [`ALERTS{alertname="${alert}"}`]);
    return Object.entries(kept).map(([name, content]) => {
      const file = join(folder, name);
      writeFileSync(file, content);
      return file;
    });
  }

  /** What promtool says of the firing alerts at a time into the series. @param about the alert that is looked at; all where it is left out */
  function promtool(
    series: Series,
    firing: readonly string[],
    { step = '1m', at = '30m', about }: Pick<Situation, 'step' | 'at'> & { readonly about?: string } = {},
  ): string {
    const test = {
      rule_files: ruleFiles(about),
      evaluation_interval: step,
      tests: [
        {
          interval: step,
          input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
          promql_expr_test: [
            {
              expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
              eval_time: at,
              exp_samples: firing.map((alertname) => ({ labels: `{alertname="${alertname}"}`, value: 1 })),
            },
          ],
        },
      ],
    };
    const file = join(folder, 'test.json');
    writeFileSync(file, JSON.stringify(test));
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], {
      encoding: 'utf8',
      env: promtoolEnvironment,
    });
    return status === 0 ? 'as expected' : `${stdout}${stderr}`;
  }

  it('have a situation here each', () => {
    expect(Object.keys(situations).sort()).toEqual([...model.alerts.keys()].sort());
  });

  it('name no severity that wakes somebody: a preset does not know who is on call', () => {
    expect([...model.alerts.values()].filter((alert) => alert.severity === 'page')).toEqual([]);
    expect([...model.alerts.values()].filter((alert) => alert.runbook === undefined)).toEqual([]);
  });

  it('wait before they fire', () => {
    expect([...model.alerts.values()].filter((alert) => (alert.for?.seconds ?? 0) === 0)).toEqual([]);
  });

  it.each([...model.alerts.keys()])('%s is left out where the spec says null', (name) => {
    const { model: without } = checkedModel(`${specOf(presetNames)}alerts: { ${name}: null }\n`);
    expect([...without.alerts.keys()]).toEqual([...model.alerts.keys()].filter((each) => each !== name));
  });

  it('can be made to wake somebody by the spec', () => {
    const { model: raised } = checkedModel(
      `${specOf(['queue'])}alerts: { QueueWithoutWorkers: { severity: page } }\n`,
    );
    expect(raised.alerts.get('QueueWithoutWorkers')?.severity).toBe('page');
  });

  it.skipIf(missingProgram('promtool'))('are quiet about a service that has not started yet', () => {
    expect(promtool({ 'up{instance="other"}': '1x200' }, [], { at: '3h' })).toBe('as expected');
  });

  it.skipIf(missingProgram('promtool'))('are quiet about a service that has nothing to do', () => {
    const series = Object.fromEntries([...model.metrics.values()].flatMap(idle));
    expect(promtool(series, [], { at: '3h' })).toBe('as expected');
  });

  it.skipIf(missingProgram('promtool')).each(Object.entries(situations))(
    '%s fires when it has to',
    (name, { firing, ...when }) => {
      expect(promtool(firing, [name], { ...when, about: name })).toBe('as expected');
    },
  );

  it.skipIf(missingProgram('promtool')).each(Object.entries(situations))(
    '%s is quiet otherwise',
    (name, { quiet, ...when }) => {
      expect(promtool(quiet, [], { ...when, about: name })).toBe('as expected');
    },
  );
});
