import type { Model } from '../../model/model.js';
import type { Matcher } from '../../promql/ast.js';
import { matcher } from '../../promql/build.js';
import { burnAlert, noDataAlert } from '../../slo/names.js';
import { securityAlertName } from '../prometheus/security.js';

/** The names of all alerts that the service's rules can raise. */
function alertNames(model: Model): readonly string[] {
  const events = Object.entries(model.sections.security?.events ?? {});
  return [
    ...model.alerts.keys(),
    ...[...model.slos.values()].flatMap(({ name, alerting }) => [
      ...(alerting.page ? [burnAlert(name, 'page')] : []),
      ...(alerting.ticket ? [burnAlert(name, 'ticket')] : []),
      ...(alerting.noData === undefined ? [] : [noDataAlert(name)]),
    ]),
    ...events.flatMap(([name, { alert }]) => (alert === undefined ? [] : [securityAlertName(name)])),
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
