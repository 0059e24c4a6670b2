import type { Model } from '../../model/model.js';
import type { Matcher } from '../../promql/ast.js';
import { matcher } from '../../promql/build.js';
import { burnAlert, noDataAlert } from '../../slo/names.js';
import { securityAlerts } from '../../alerts/security.js';

/** The names of all alerts that the service's rules can raise. */
function alertNames(model: Model): readonly string[] {
  return [
    ...model.alerts.keys(),
    ...[...model.slos.values()].flatMap(({ name, alerting }) => [
      ...(alerting.page ? [burnAlert(name, 'page')] : []),
      ...(alerting.ticket ? [burnAlert(name, 'ticket')] : []),
      ...(alerting.noData === undefined ? [] : [noDataAlert(name)]),
    ]),
    ...securityAlerts(model).map(({ alert }) => alert),
  ];
}

/**
 * What picks out the service's own alerts: the label `service` of its rules, or their names where metrics of the service have a label of
 * that name, which then stands on the alert instead.
 */
export function ownAlerts(model: Model): Matcher {
  const taken = [...model.labels.values()].some(({ wire }) => wire === 'service');
  if (!taken) return matcher('service', '=', model.service.name);
  return matcher('alertname', '=~', [...new Set(alertNames(model))].sort().join('|'));
}
