import type { Model } from '../../model/model.js';
import { matcher, selector } from '../../promql/build.js';
import type { RecordingRule, RuleGroup } from '../../promql/rule.js';
import { dcgmRuleFile } from '../../emit/prometheus/files.js';
import type { Check, Scenario } from '../../prove/scenario.js';
import { flat, type TestSeries } from '../../prove/series.js';
import type { Suite } from '../../prove/suite.js';
import { collectorScenarios } from './collector-proof.js';
import { dcgmExamples, type Example, type Examples } from './examples.js';
import { dcgmGroups } from './groups.js';
import { recordsBehind } from './needed.js';

/** Samples that a scenario has; it is looked at with the last of them. */
const samples = 3;

/** Hosts, as exporters of several ages tell them; where none is told, it is the instance. */
const hosts = [
  { labels: { instance: '10.0.0.1:9400', Hostname: 'node-a' }, instance: 'node-a' },
  { labels: { instance: '10.0.0.2:9400', hostname: 'node-b' }, instance: 'node-b' },
  { labels: { instance: '10.0.0.3:9400' }, instance: '10.0.0.3:9400' },
] as const;

/** The host and the index of the device of an example: the same index stands on every host. */
function placeOf(index: number): { readonly host: (typeof hosts)[number]; readonly gpu: string } {
  const host = hosts[index % hosts.length] ?? hosts[0];
  return { host, gpu: String(Math.floor(index / hosts.length)) };
}

function seriesOf({ dcgm, labels = {}, beside }: Example, index: number): readonly TestSeries[] {
  const { host, gpu } = placeOf(index);
  const device = { job: 'dcgm-exporter', gpu, UUID: `GPU-${index}`, modelName: 'NVIDIA H100 80GB HBM3' };
  const made = Object.entries(dcgm).flatMap(([metric, values]) =>
    [values].flat().map((value, pod): TestSeries => {
      const all = { ...host.labels, ...device, pod: `pod-${pod}`, ...labels };
      // One spelling of the identity or the other.
      const own = Object.entries(all).filter(([label]) => label !== 'UUID' || labels['uuid'] === undefined);
      return { metric, labels: new Map(own), segments: [flat(value, samples)] };
    }),
  );
  return beside === undefined ? made : [...made, ...seriesOf({ ...beside, ours: undefined }, index)];
}

/** What is to be recorded; of a record without a device's labels nothing is said here. */
function checkOf({ record, labels, examples }: Examples, rule: RecordingRule, at: number): Check {
  return {
    kind: 'query',
    expr: selector(
      record,
      Object.entries(labels).map(([label, value]) => matcher(label, '=', value)),
    ),
    at,
    results: examples.flatMap(({ ours, told = {} }, index) => {
      if (ours === undefined) return [];
      const { host, gpu } = placeOf(index);
      const own = { __name__: record, instance: host.instance, gpu, ...told };
      return [{ labels: new Map([...Object.entries(own), ...rule.labels]), value: ours }];
    }),
  };
}

function scenarioOf(examples: Examples, rule: RecordingRule, interval: number): Scenario {
  const words = Object.entries(examples.labels).map(([label, value]) => `${label}="${value}"`);
  const name = words.length === 0 ? examples.record : `${examples.record}{${words.join(',')}}`;
  return {
    name: `${name}: is what dcgm-exporter says of each device, once, in our units, and absent where it does not know`,
    interval,
    evaluationInterval: interval,
    series: examples.examples.flatMap(seriesOf),
    checks: [checkOf(examples, rule, (samples - 1) * interval)],
  };
}

function isOf({ labels }: Examples, rule: RecordingRule): boolean {
  return Object.entries(labels).every(([label, value]) => rule.labels.get(label) === value);
}

/** Some rules, and those that they read. */
function groupsOf(groups: readonly RuleGroup[], own: readonly RecordingRule[]): readonly RuleGroup[] {
  const behind = new Set(recordsBehind(groups, own).flatMap(({ rules }) => rules));
  return groups
    .map((group) => ({
      ...group,
      rules: group.rules.filter((rule) => behind.has(rule) || own.some((each) => each === rule)),
    }))
    .filter(({ rules }) => rules.length > 0);
}

/** The tests of the records that are made from dcgm-exporter's series: one suite for each of our metrics. */
export function dcgmSuites(model: Model): readonly Suite[] {
  const groups = dcgmGroups(model);
  const rules = groups.flatMap((group) => group.rules).filter((rule) => rule.kind === 'record');
  const names = [...new Set(rules.map(({ record }) => record))];
  return names.map((record): Suite => {
    const interval = model.target.prometheus.evaluationInterval.seconds;
    const own = rules.filter((rule) => rule.record === record);
    const scenarios = own.flatMap((rule) => {
      const known = dcgmExamples.find((each) => each.record === record && isOf(each, rule));
      return known === undefined ? collectorScenarios(rule) : [scenarioOf(known, rule, interval)];
    });
    return {
      id: `dcgm-${record.replaceAll(':', '-')}`,
      subject: `gpu.dcgm.${record}`,
      ruleFile: dcgmRuleFile(model),
      groups: groupsOf(groups, own),
      scenarios,
      untested: scenarios.length > 0 ? [] : [{ rule: record, reason: 'nobody has written an example of it' }],
    };
  });
}
