import { securityAlerts } from '../alerts/security.js';
import { resultLabels, type ResultLabels } from '../model/analysis.js';
import type { Alert, Model, Slo } from '../model/model.js';
import { burnAlert, noDataAlert, sloIdentity } from '../slo/names.js';
import { arms } from '../slo/windows.js';
import type { Severity } from './settings.js';

/** What routing and inhibition need to know of an alert. It can be told of a model whose queries have faults, too. */
export interface RoutedAlert {
  readonly name: string;
  /** The label: one of the severities, unless the alert's own labels say something else. */
  readonly severity: string;
  /** Labels that its rule sets, besides the severity. */
  readonly set: ReadonlySet<string>;
  /** Labels that come from the series; undefined: nothing is certain. */
  readonly carried: ResultLabels | undefined;
  /** The alert of the spec; undefined for those of objectives and security events. */
  readonly alert: Alert | undefined;
  /** The objective that it belongs to. */
  readonly slo: Slo | undefined;
}

function carriedBy(model: Model, { condition }: Alert): ResultLabels | undefined {
  switch (condition.form) {
    case 'ratio':
    case 'forecast':
      return { closed: true, labels: new Set(condition.by.map(({ wire }) => wire)) };
    case 'anomaly': {
      const { expr } = condition.query;
      return expr && resultLabels(model, expr);
    }
    case 'expr':
      return condition.query.expr && resultLabels(model, condition.query.expr);
    case 'absent': {
      const { expr } = condition.selector;
      const equal = expr?.kind === 'selector' ? expr.matchers.filter(({ operator }) => operator === '=') : [];
      return { closed: true, labels: new Set(equal.map(({ label }) => label)) };
    }
  }
}

function ownAlert(model: Model, alert: Alert): RoutedAlert {
  const carried = carriedBy(model, alert);
  const set = new Set(alert.labels.keys());
  // Where the series have a label of this name, the rule leaves it to them.
  if (carried?.labels.has('service') !== true) set.add('service');
  set.delete('severity');
  return {
    name: alert.name,
    severity: alert.labels.get('severity') ?? alert.severity,
    set,
    carried,
    alert,
    slo: undefined,
  };
}

function alertsOfSlo(model: Model, slo: Slo): readonly RoutedAlert[] {
  const set = new Set(sloIdentity(slo, model.service.name).keys());
  const made = (name: string, severity: Severity, groups: readonly string[]): RoutedAlert => ({
    name,
    severity,
    set,
    carried: { closed: true, labels: new Set(groups) },
    alert: undefined,
    slo,
  });
  const by = slo.by.map(({ wire }) => wire);
  const fired = new Set(arms(slo).map(({ severity }) => severity));
  return [
    ...(['page', 'ticket'] as const)
      .filter((severity) => fired.has(severity) && slo.alerting[severity])
      .map((severity) => made(burnAlert(slo.name, severity), severity, by)),
    ...(slo.alerting.noData === undefined ? [] : [made(noDataAlert(slo.name), 'ticket', [])]),
  ];
}

/** Every alert of a model, with its labels; without the heartbeat, which has a route of its own. */
export function routedAlerts(model: Model): readonly RoutedAlert[] {
  const ofEvents = securityAlerts(model).map(({ alert, labels }) => ({
    name: alert,
    severity: labels.get('severity') ?? '',
    set: new Set([...labels.keys()].filter((label) => label !== 'severity')),
    carried: { closed: true, labels: new Set<string>() },
    alert: undefined,
    slo: undefined,
  }));
  return [
    ...[...model.alerts.values()].map((alert) => ownAlert(model, alert)),
    ...[...model.slos.values()].flatMap((slo) => alertsOfSlo(model, slo)),
    ...ofEvents,
  ];
}
