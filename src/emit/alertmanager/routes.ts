import { routedAlerts } from '../../alertmanager/alerts.js';
import { heartbeatAlert, heartbeatSeverity } from '../../alertmanager/heartbeat.js';
import { receiverOf, severities, type AlertmanagerSpec, type Severity } from '../../alertmanager/settings.js';
import { heartbeatTiming, timingOf, type Timing } from '../../alertmanager/timing.js';
import type { Model } from '../../model/model.js';
import { printDuration } from '../../promql/duration.js';

/** The name of the receiver of the dead man's switch. */
export const heartbeatReceiver = 'heartbeat';

/** The name of the receiver that tells nobody. */
export const noReceiver = 'nobody';

/** Labels that the alerts of one notification have in common, where the spec does not say. */
export const defaultGroups = ['alertname', 'service', 'slo'];

/** A severity that alerts of the model have, and the receiver that gets them. */
export interface SeverityRoute {
  readonly severity: Severity;
  readonly receiver: Severity;
}

/** A route for each severity that an alert of the model has; a check has refused severities that nobody gets. */
export function severityRoutes(model: Model, spec: AlertmanagerSpec): readonly SeverityRoute[] {
  const used = new Set(routedAlerts(model).map(({ severity }) => severity));
  return severities.flatMap((severity) => {
    const receiver = receiverOf(spec, severity);
    return receiver === undefined || !used.has(severity) ? [] : [{ severity, receiver }];
  });
}

function printed({ groupWait, groupInterval, repeatInterval }: Timing): object {
  return {
    group_wait: printDuration(groupWait),
    group_interval: printDuration(groupInterval),
    repeat_interval: printDuration(repeatInterval),
  };
}

/**
 * What gets alerts that are not the service's, should others send theirs to the same Alertmanager, without a severity that is known here:
 * they can wait for the morning.
 */
export function defaultReceiver(spec: AlertmanagerSpec): Severity | typeof noReceiver {
  return receiverOf(spec, 'ticket') ?? receiverOf(spec, 'info') ?? noReceiver;
}

/** The tree of routes: a route matches one severity, so that every alert of the model reaches exactly one receiver. */
export function routeTree(model: Model, spec: AlertmanagerSpec): object {
  const heartbeat = heartbeatAlert(model);
  const switched = spec.deadMansSwitch;
  const beat =
    heartbeat === undefined || switched === undefined
      ? []
      : [
          {
            matchers: [`alertname="${heartbeat}"`, `severity="${heartbeatSeverity}"`],
            receiver: heartbeatReceiver,
            group_by: ['alertname'],
            ...printed(heartbeatTiming(switched)),
          },
        ];
  return {
    receiver: defaultReceiver(spec),
    group_by: spec.groupBy ?? defaultGroups,
    ...printed(timingOf(spec, 'ticket')),
    routes: [
      ...beat,
      ...severityRoutes(model, spec).map(({ severity, receiver }) => ({
        matchers: [`severity="${severity}"`],
        receiver,
        ...printed(timingOf(spec, severity)),
      })),
    ],
  };
}
