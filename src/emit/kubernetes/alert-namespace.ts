import { routedAlerts } from '../../alertmanager/alerts.js';
import { heartbeatAlert } from '../../alertmanager/heartbeat.js';
import type { Model } from '../../model/model.js';
import type { AlertingRule, RuleGroup } from '../../promql/rule.js';
import { hasReceivers } from './alertmanager-config.js';

/** The label by which the Prometheus Operator decides which alerts an AlertmanagerConfig is about. */
export const namespaceLabel = 'namespace';

/** Where the namespace that an alert brings from its series is kept. */
const broughtAlong = 'exported_namespace';

/**
 * The namespace that alerts have to carry so that their AlertmanagerConfig hears of them: by itself the Operator lets it see those alone
 * that are labelled with its own namespace, and most alerts have lost that label in an aggregation. Undefined where there is no such
 * resource, or nobody knows its namespace.
 */
export function alertNamespace(model: Model): string | undefined {
  return hasReceivers(model) ? model.stack?.kubernetes?.namespace : undefined;
}

/** Alerts by name of which it is certain that their series have no label `namespace`. */
function withoutNamespace(model: Model): ReadonlySet<string> {
  const heartbeat = heartbeatAlert(model);
  const certain = routedAlerts(model).filter(
    ({ carried }) => carried?.closed === true && !carried.labels.has(namespaceLabel),
  );
  return new Set([...certain.map(({ name }) => name), ...(heartbeat === undefined ? [] : [heartbeat])]);
}

/** Groups whose alerts carry a namespace: those that say it themselves keep their own. */
export function withAlertNamespace(
  model: Model,
  namespace: string,
  groups: readonly RuleGroup[],
): readonly RuleGroup[] {
  const bare = withoutNamespace(model);
  const labelled = (rule: AlertingRule): AlertingRule => {
    if (rule.labels.has(namespaceLabel)) return rule;
    const labels = new Map([...rule.labels, [namespaceLabel, namespace]]);
    // Alerts that differ in their namespace alone would be one, which Prometheus refuses.
    if (!bare.has(rule.alert)) labels.set(broughtAlong, `{{ $labels.${namespaceLabel} }}`);
    return { ...rule, labels };
  };
  return groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => (rule.kind === 'alert' ? labelled(rule) : rule)),
  }));
}
