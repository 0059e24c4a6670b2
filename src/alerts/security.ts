import type { Alert, Model } from '../model/model.js';
import { detectionCounter, securityAlertName } from '../model/security-alerts.js';
import { escapeTemplate } from '../promql/alert-template.js';
import type { Expr } from '../promql/ast.js';
import { aggregate, binary, call, duration, matcher, number, selector } from '../promql/build.js';
import type { AlertingRule } from '../promql/rule.js';
import { parseDuration } from '../promql/duration.js';
import { annotationsOf, labelsOf } from './annotate.js';

type SecurityEvents = NonNullable<NonNullable<Model['sections']['security']>['events']>;
type SecurityEvent = SecurityEvents[string];

const severities: Readonly<Record<SecurityEvent['severity'], Alert['severity']>> = {
  low: 'info',
  medium: 'ticket',
  high: 'page',
  critical: 'page',
};

/**
 * An event was detected within the window. increase() does not see the first increment of a series that did not exist before, so a
 * series that is new within the window and not 0 counts as well.
 */
function detected(event: string, window: number): Expr {
  const matchers = [matcher('event', '=', event)];
  const now = selector(detectionCounter, matchers);
  const before = selector(detectionCounter, matchers, { offset: duration(window) });
  const rises = aggregate(
    'sum',
    call('increase', selector(detectionCounter, matchers, { range: duration(window) })),
  );
  const appears = aggregate('sum', binary('unless', now, before));
  return binary('or', binary('>', rises, number(0)), binary('>', appears, number(0)));
}

function ruleOf(
  model: Model,
  event: string,
  { severity, description, alert }: SecurityEvent,
): AlertingRule | undefined {
  const window = alert === undefined ? undefined : parseDuration(alert.per);
  if (alert === undefined || window === undefined) return undefined;
  const expr = detected(event, window);
  const name = securityAlertName(event);
  const limit =
    alert.above === 0 ? 'it happened' : `it happened more than ${alert.above} times in ${alert.per}`;
  const each = alert.by === undefined ? '' : ` for one ${alert.by}`;
  return {
    kind: 'alert',
    alert: name,
    expr,
    for: undefined,
    keepFiringFor: undefined,
    labels: labelsOf(model, expr, severities[severity], model.service.owner, new Map([['event', event]])),
    annotations: annotationsOf(
      model,
      name,
      `Security event ${event}: ${limit}${each}`,
      description === undefined ? undefined : escapeTemplate(description),
    ),
  };
}

/**
 * The alerts of security events. The process counts events by the field that the alert names, because such a field must not become a
 * label; what the rules read is the counter of the times that a limit was exceeded, which the preset `security` declares.
 */
export function securityAlerts(model: Model): readonly AlertingRule[] {
  if (!model.metrics.has(detectionCounter)) return [];
  const events = Object.entries(model.sections.security?.events ?? {});
  return events
    .map(([event, definition]) => ruleOf(model, event, definition))
    .filter((rule) => rule !== undefined)
    .filter((rule) => !model.alerts.has(rule.alert));
}
