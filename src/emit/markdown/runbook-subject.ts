import { heartbeatAlert } from '../../alertmanager/heartbeat.js';
import type { Alert, BurnArm, Model, Slo } from '../../model/model.js';
import { securityAlertName } from '../../model/security-alerts.js';
import type { AlertingRule } from '../../promql/rule.js';
import { noDataAlert } from '../../slo/names.js';
import { alertRules } from '../../slo/alerts.js';
import { planSlo, type SloPlan } from '../../slo/plan.js';
import { arms } from '../../slo/windows.js';
import { alertGroups } from '../../alerts/groups.js';
import { heartbeatRule } from '../../alerts/heartbeat.js';

export type SecurityEvent = NonNullable<NonNullable<Model['sections']['security']>['events']>[string];

/** What an alert is about: what its page has to explain. */
export type Subject =
  | { readonly kind: 'alert'; readonly alert: Alert }
  | {
      readonly kind: 'budget';
      readonly slo: Slo;
      readonly plan: SloPlan;
      readonly arms: readonly BurnArm[];
    }
  | { readonly kind: 'no-data'; readonly slo: Slo; readonly plan: SloPlan }
  | { readonly kind: 'security'; readonly name: string; readonly event: SecurityEvent }
  | { readonly kind: 'heartbeat' };

/** An alert as its rule has it, with what it is about. */
export interface RunbookAlert {
  readonly rule: AlertingRule;
  readonly subject: Subject;
}

function ofSlo(model: Model, slo: Slo): readonly RunbookAlert[] {
  const plan = planSlo(model, slo);
  return alertRules(model, plan).map((rule) => {
    if (rule.alert === noDataAlert(slo.name)) return { rule, subject: { kind: 'no-data', slo, plan } };
    const own = arms(slo).filter(({ severity }) => severity === rule.labels.get('severity'));
    return { rule, subject: { kind: 'budget', slo, plan, arms: own } };
  });
}

/** Every alert of a model: of the spec, of its objectives, of its security events, and the heartbeat. */
export function runbookAlerts(model: Model): readonly RunbookAlert[] {
  const events = new Map(
    Object.entries(model.sections.security?.events ?? {}).map(([name, event]) => [
      securityAlertName(name),
      { name, event },
    ]),
  );
  const rules = alertGroups(model).flatMap(({ rules: all }) => all.filter((rule) => rule.kind === 'alert'));
  const own = rules.flatMap((rule): readonly RunbookAlert[] => {
    const alert = model.alerts.get(rule.alert);
    if (alert !== undefined) return [{ rule, subject: { kind: 'alert', alert } }];
    const found = events.get(rule.alert);
    return found === undefined ? [] : [{ rule, subject: { kind: 'security', ...found } }];
  });
  const heartbeat = heartbeatAlert(model) === undefined ? undefined : heartbeatRule(model);
  return [
    ...own,
    ...[...model.slos.values()].flatMap((slo) => ofSlo(model, slo)),
    ...(heartbeat === undefined ? [] : [{ rule: heartbeat, subject: { kind: 'heartbeat' } as const }]),
  ];
}

/** What the metrics that an alert reads name as their reader. */
export function readerOf({ rule, subject }: RunbookAlert): string {
  return subject.kind === 'budget' || subject.kind === 'no-data'
    ? `slo ${subject.slo.name}`
    : `alert ${rule.alert}`;
}
