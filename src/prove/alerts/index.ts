import { alertGroups } from '../../alerts/groups.js';
import { alertRuleFile } from '../../emit/prometheus/files.js';
import type { Alert, Model } from '../../model/model.js';
import { securityAlertName } from '../../model/security-alerts.js';
import type { AlertingRule } from '../../promql/rule.js';
import { proofFor } from '../kept-proofs.js';
import type { Suite } from '../suite.js';
import { absentScenarios } from './absent.js';
import { anomalyScenarios } from './anomaly.js';
import { expressionScenarios } from './expression.js';
import { forecastScenarios } from './forecast.js';
import { groupsOfAlert, recordsOf } from './groups.js';
import { heartbeatSuites } from './heartbeat.js';
import { ratioScenarios } from './ratio.js';
import { securityScenarios } from './security.js';
import type { Proof, Subject } from './subject.js';

function proofOf(subject: Subject, alert: Alert): Proof {
  const { condition } = alert;
  switch (condition.form) {
    case 'ratio':
      return ratioScenarios({ ...subject, alert, condition });
    case 'absent':
      return absentScenarios({ ...subject, alert, condition });
    case 'forecast':
      return forecastScenarios({ ...subject, alert, condition });
    case 'anomaly':
      return anomalyScenarios({ ...subject, alert, condition });
    case 'expr':
      return expressionScenarios(subject.model, alert, subject.rule, subject.groups);
  }
}

/**
 * The tests of every alert of a spec, those of its security events included. Rules that read others come with them.
 * @param wanted whether tests of a rule are asked for: looking for the series of an expression takes a while
 */
export function alertSuites(
  model: Model,
  wanted: (rule: AlertingRule) => boolean = () => true,
): readonly Suite[] {
  const groups = alertGroups(model);
  const events = new Map(
    Object.keys(model.sections.security?.events ?? {}).map((event) => [securityAlertName(event), event]),
  );
  const rules = groups.flatMap((group) =>
    group.rules.flatMap((rule) => (rule.kind === 'alert' && wanted(rule) ? [{ group, rule }] : [])),
  );
  const suites = rules.map(({ group, rule }): Suite => {
    const alert = model.alerts.get(rule.alert);
    const used = groupsOfAlert(model, groups, group, rule);
    const subject = { model, rule, records: recordsOf(used), groups: used };
    const proof = proofFor(model, { alert, rule }, used, () =>
      alert === undefined ? securityScenarios(subject) : proofOf(subject, alert),
    );
    return {
      id: `alert-${rule.alert}`,
      subject:
        alert === undefined
          ? `security.events.${events.get(rule.alert) ?? rule.alert}`
          : `alerts.${rule.alert}`,
      ruleFile: alertRuleFile(model),
      groups: used,
      ...proof,
    };
  });
  return [...suites, ...heartbeatSuites(model)];
}
