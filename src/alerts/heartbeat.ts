import { heartbeatAlert, heartbeatSeverity } from '../alertmanager/heartbeat.js';
import type { Model } from '../model/model.js';
import { runbookUrl } from '../model/runbook.js';
import { escapeTemplate } from '../promql/alert-template.js';
import { call, number } from '../promql/build.js';
import type { AlertingRule, RuleGroup } from '../promql/rule.js';

/**
 * The alert that always fires. It says something about Prometheus and Alertmanager and nothing about the service, whose label it does not
 * carry: whoever lists the service's alerts does not see it, and nothing that silences them silences it.
 */
export function heartbeatRule(model: Model): AlertingRule | undefined {
  const alert = heartbeatAlert(model);
  if (alert === undefined) return undefined;
  const annotations = new Map([
    ['summary', `The alerts of ${escapeTemplate(model.service.name)} are on their way`],
    [
      'description',
      'Fires always. When its receiver does not hear of it any more, Prometheus or Alertmanager is down, or cannot reach the receiver: no other alert would arrive either.',
    ],
  ]);
  const url = runbookUrl(model, alert);
  if (url !== undefined) annotations.set('runbook_url', escapeTemplate(url));
  return {
    kind: 'alert',
    alert,
    expr: call('vector', number(1)),
    for: undefined,
    keepFiringFor: undefined,
    labels: new Map([['severity', heartbeatSeverity]]),
    annotations,
  };
}

/** The rule group of the heartbeat: none where no dead man's switch listens. */
export function heartbeatGroups(model: Model): readonly RuleGroup[] {
  const rule = heartbeatRule(model);
  if (rule === undefined) return [];
  const interval = model.target.prometheus.evaluationInterval.seconds;
  return [{ name: `${model.service.name}:heartbeat`, interval, rules: [rule] }];
}
