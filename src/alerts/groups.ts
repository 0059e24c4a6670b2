import type { Alert, Model } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import type { AlertingRule, RecordingRule, RuleGroup } from '../promql/rule.js';
import { grouped } from '../slo/groups.js';
import { annotationsOf, labelsOf } from './annotate.js';
import { anomaly } from './anomaly.js';
import { absent, expressionOf, forecast, ratio } from './conditions.js';
import { securityAlerts } from './security.js';

/** What an alert becomes: series to record first, and the rule that fires. */
interface AlertRules {
  readonly records: readonly RecordingRule[];
  readonly rule: AlertingRule;
}

/** A condition as rules; `carried` has the labels that the alert's series get from what is watched. */
interface Condition {
  readonly records: readonly RecordingRule[];
  readonly expr: Expr;
  readonly carried?: Expr;
}

function conditionOf(model: Model, alert: Alert): Condition {
  const { condition } = alert;
  switch (condition.form) {
    case 'expr':
      return { records: [], expr: expressionOf(condition.query) };
    case 'ratio':
      return { records: [], expr: ratio(condition) };
    case 'absent':
      return { records: [], expr: absent(condition) };
    case 'forecast':
      return { records: [], expr: forecast(condition, model.target.prometheus) };
    case 'anomaly': {
      const query = expressionOf(condition.query);
      const made = anomaly(model, alert, condition, query);
      return { records: made.records, expr: made.condition, carried: query };
    }
  }
}

function rulesOf(model: Model, alert: Alert): AlertRules {
  const { records, expr, carried = expr } = conditionOf(model, alert);
  return {
    records,
    rule: {
      kind: 'alert',
      alert: alert.name,
      expr,
      for: alert.for?.seconds,
      keepFiringFor: alert.keepFiringFor?.seconds,
      labels: labelsOf(model, carried, alert.severity, alert.owner, alert.labels),
      annotations: annotationsOf(model, alert.name, alert.summary.value, alert.description?.value),
    },
  };
}

const known = new WeakMap<Model, readonly RuleGroup[]>();

/** All rule groups of a model's alerts: those of security events too, and before them what anomalies record. */
export function alertGroups(model: Model): readonly RuleGroup[] {
  const groups = known.get(model) ?? groupsOf(model);
  known.set(model, groups);
  return groups;
}

function groupsOf(model: Model): readonly RuleGroup[] {
  const made = [...model.alerts.values()].map((alert) => rulesOf(model, alert));
  const name = model.service.name;
  const interval = model.target.prometheus.evaluationInterval.seconds;
  return [
    ...grouped(
      model,
      `${name}:anomalies`,
      interval,
      made.flatMap(({ records }) => records),
    ),
    ...grouped(
      model,
      `${name}:alerts`,
      interval,
      made.map(({ rule }) => rule),
    ),
    ...grouped(model, `${name}:security`, interval, securityAlerts(model)),
  ];
}
