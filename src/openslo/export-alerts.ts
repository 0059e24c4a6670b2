import type { BurnArm, Slo } from '../model/model.js';
import { arms } from '../slo/windows.js';
import { annotations, apiVersion } from './annotations.js';
import { shorthand } from './durations.js';
import { freeName } from './export-names.js';

/** The alert policies of an objective, and what they cannot say. */
export interface ExportedAlerts {
  readonly policies: readonly { readonly name: string; readonly document: object }[];
  readonly severities: ReadonlySet<BurnArm['severity']>;
  readonly lost: readonly string[];
}

function policyOf(slo: Slo, arm: BurnArm, name: string, window: string): object {
  return {
    apiVersion,
    kind: 'AlertPolicy',
    metadata: { name, displayName: `${slo.name}: ${arm.severity} over ${arm.long.text}` },
    spec: {
      alertWhenNoData: slo.alerting.noData !== undefined,
      alertWhenResolved: false,
      alertWhenBreaching: true,
      conditions: [
        {
          kind: 'AlertCondition',
          metadata: { name, annotations: { [annotations.shortWindow]: arm.short.text } },
          spec: {
            severity: arm.severity,
            condition: {
              kind: 'burnrate',
              op: 'gt',
              threshold: arm.factor,
              lookbackWindow: window,
              alertAfter: '0m',
            },
          },
        },
      ],
      notificationTargets: [{ targetRef: arm.severity }],
    },
  };
}

/** A policy for each arm of the alerts of an objective. @param taken the names of policies, of which these become some */
export function exportAlerts(slo: Slo, taken: Set<string>): ExportedAlerts {
  const lost: string[] = [];
  const alerted = arms(slo).filter(({ severity }) => slo.alerting[severity]);
  const policies = alerted.flatMap((arm) => {
    const window = shorthand(arm.long.seconds);
    if (window === undefined) {
      lost.push(`an arm over ${arm.long.text}: windows are whole minutes`);
      return [];
    }
    const name = freeName(`${slo.name}-${arm.severity}-${arm.long.text}`, taken);
    return [{ name, document: policyOf(slo, arm, name, window) }];
  });
  if (policies.length > 0) {
    lost.push(
      `the short windows ${alerted.map(({ short }) => short.text).join(', ')}: a condition has one window (kept as annotations)`,
    );
    lost.push('bad events that have to have happened before an alert fires');
  }
  if (policies.length > 1) lost.push('that arms of one severity are one alert: each is a policy');
  return { policies, severities: new Set(alerted.map(({ severity }) => severity)), lost };
}

/** What notifications go to: Alertmanager finds out whom to tell. */
export function notificationTarget(severity: BurnArm['severity']): object {
  return {
    apiVersion,
    kind: 'AlertNotificationTarget',
    metadata: { name: severity },
    spec: {
      target: 'alertmanager',
      description: severity === 'page' ? 'Wakes whoever is on call.' : 'Files a ticket.',
    },
  };
}
