import { anomaly } from '../alerts/anomaly.js';
import { analyse } from '../promql/analysis/analyse.js';
import type { Environment } from '../promql/analysis/environment.js';
import { adding } from '../promql/analysis/labels.js';
import { joined, type Value } from '../promql/analysis/value.js';
import type { RecordingRule, RuleGroup } from '../promql/rule.js';
import { groupsOfSlo, quantileGroups } from '../slo/groups.js';
import type { Model, Slo } from './model.js';
import { queriesOfSli } from './resolve/readers.js';

type Recording = Partial<Pick<Model, 'service' | 'slos' | 'slis' | 'alerts' | 'target'>>;

interface Recorded {
  readonly rule: RecordingRule;
  /** Seconds. */
  readonly interval: number;
}

/** Whether rules can be made of an objective: nothing that they are made of was reported. */
function isMeasurable({ sli, repaired }: Slo): boolean {
  const matchers = sli.form === 'latency' ? sli.matchers : undefined;
  const queries = [...queriesOfSli(sli), ...(matchers === undefined ? [] : [matchers])];
  return (
    sli.form !== 'quantile' &&
    repaired.size === 0 &&
    sli.repaired.size === 0 &&
    queries.every(({ expr }) => expr !== undefined)
  );
}

function recordsOf(groups: readonly RuleGroup[]): readonly Recorded[] {
  return groups.flatMap(({ rules, interval }) =>
    rules.flatMap((rule) => (rule.kind === 'record' ? [{ rule, interval }] : [])),
  );
}

function anomalyRecords(model: Model): readonly Recorded[] {
  const { prometheus } = model.target;
  return [...model.alerts.values()].flatMap((alert) => {
    const { condition, repaired } = alert;
    if (condition.form !== 'anomaly' || condition.query.expr === undefined || repaired.size > 0) return [];
    const { records } = anomaly(model, alert, condition, condition.query.expr);
    return records.map((rule) => ({ rule, interval: prometheus.evaluationInterval.seconds }));
  });
}

function recordings(model: Model): ReadonlyMap<string, readonly Recorded[]> {
  const all = [
    ...recordsOf(quantileGroups(model)),
    ...[...model.slos.values()].filter(isMeasurable).flatMap((slo) => recordsOf(groupsOfSlo(model, slo))),
    ...anomalyRecords(model),
  ];
  const byName = new Map<string, Recorded[]>();
  for (const each of all) {
    const same = byName.get(each.rule.record);
    if (same === undefined) byName.set(each.rule.record, [each]);
    else same.push(each);
  }
  return byName;
}

function valueOf({ rule, interval }: Recorded, environment: Environment): Value {
  const { value } = analyse(rule.expr, environment, 'rule');
  let labels = value.labels;
  for (const [label] of rule.labels) labels = labels && adding(labels, label, true);
  return { ...value, kind: 'instant', labels, interval, startsEmpty: false };
}

/**
 * What this model's own rules record under a name, worked out when it is first asked for: most specs read none of their records in
 * queries of their own.
 */
export function recordedSeries(
  source: Recording,
  environment: () => Environment,
): (name: string) => Value | undefined {
  let rules: ReadonlyMap<string, readonly Recorded[]> | undefined;
  const values = new Map<string, Value | undefined>();
  return (name) => {
    if (!/^(?:sl[io]:|slo_info$|anomaly:)/.test(name) || !isWhole(source)) return undefined;
    if (values.has(name)) return values.get(name);
    // While its own rules are read nothing is known of it: a rule that reads what it writes says nothing of it.
    values.set(name, undefined);
    rules ??= recordings(source);
    const found = rules.get(name) ?? [];
    const value = found.length === 0 ? undefined : joined(found.map((each) => valueOf(each, environment())));
    values.set(name, value);
    return value;
  };
}

function isWhole(source: Recording): source is Model {
  return source.slos !== undefined && source.alerts !== undefined && source.target !== undefined;
}
