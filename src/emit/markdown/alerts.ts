import { allDashboards } from '../../dashboards/index.js';
import {
  code,
  codeBlock,
  heading,
  link,
  marked,
  quotation,
  table,
  text,
  type Markdown,
} from '../../encode/markdown.js';
import { authored } from '../../encode/authored-markdown.js';
import { formatPromql } from '../../promql/print.js';
import type { AlertingRule } from '../../promql/rule.js';
import { alertRules } from '../../slo/alerts.js';
import { planSlo } from '../../slo/plan.js';
import { alertGroups } from '../../alerts/groups.js';
import { leastDeviatingEvents } from '../../alerts/conditions.js';
import { heartbeatRule } from '../../alerts/heartbeat.js';
import { securityAlerts } from '../../alerts/security.js';
import type { Alert, AlertCondition, Model, RatioCondition, Slo } from '../../model/model.js';
import { runbookUrl } from '../../model/runbook.js';
import {
  anchoredCode,
  blocks,
  byWords,
  entryHeading,
  facts,
  listed,
  percent,
  promqlColumns,
  promqlWords,
  reference,
  referenceOr,
} from './words.js';

function boundWords(
  above: number | undefined,
  below: number | undefined,
  words: (value: number) => string,
): Markdown {
  if (above !== undefined) return marked`above ${text(words(above))}`;
  return below === undefined ? marked`out of bounds` : marked`below ${text(words(below))}`;
}

/** How many events a ratio asks for: of the whole where the spec says how many, else of those that deviate. */
function enoughWords(condition: RatioCondition, minEvents: number | undefined): Markdown {
  const least = minEvents ?? leastDeviatingEvents(condition);
  if (least === 0) return marked``;
  if (minEvents !== undefined) return marked`, once there were ${least} events`;
  return condition.above === undefined
    ? marked`, once there were ${least} events that are not of the part`
    : marked`, once there were ${least} events of the part`;
}

/** When an alert's condition holds, as a sentence; the query of `expr` says it itself. */
export function conditionWords(condition: AlertCondition): Markdown | undefined {
  switch (condition.form) {
    case 'expr':
      return undefined;
    case 'ratio': {
      const { part, whole, by, over, above, below, minEvents } = condition;
      const enough = enoughWords(condition, minEvents);
      return marked`${promqlWords(part)} as a share of ${promqlWords(whole)}, over ${text(over.text)}${byWords(by)}, is ${boundWords(above, below, percent)}${enough}`;
    }
    case 'absent':
      return marked`nothing exposes ${promqlWords(condition.selector)} any more`;
    case 'anomaly': {
      const { query, deviations, direction, season, minimum } = condition;
      const side = { both: 'from', above: 'above', below: 'below' }[direction];
      const enough = minimum === undefined ? marked`` : marked`, while that is at least ${minimum}`;
      return marked`${promqlWords(query)} is more than ${deviations} standard deviations ${text(side)} its usual level, which repeats every ${text(season.text)}${enough}`;
    }
    case 'forecast': {
      const { metric, by, horizon, over, above, below } = condition;
      return marked`${code(metric.name)}, at the rate of the last ${text(over.text)}, will be ${boundWords(above, below, String)} within ${text(horizon.text)}${byWords(by)}`;
    }
  }
}

/** What stands around alerts, found in one pass over the model: metrics by the alert that reads them, dashboards by the alert they show. */
interface Surroundings {
  readonly metrics: ReadonlyMap<string, ReadonlySet<string>>;
  readonly dashboards: ReadonlyMap<string, ReadonlySet<string>>;
}

function surroundings(model: Model): Surroundings {
  const metrics = new Map<string, Set<string>>();
  const dashboards = new Map<string, Set<string>>();
  const note = (found: Map<string, Set<string>>, alert: string, name: string): void => {
    const names = found.get(alert);
    if (names === undefined) found.set(alert, new Set([name]));
    else names.add(name);
  };
  for (const { name, readers } of model.metrics.values()) {
    for (const reader of readers) {
      if (reader.startsWith('alert ')) note(metrics, reader.slice('alert '.length), name);
    }
  }
  for (const { name, rows } of allDashboards(model)) {
    for (const { thresholdsFrom } of rows.flatMap(({ panels }) => panels)) {
      if (thresholdsFrom !== undefined) note(dashboards, thresholdsFrom.name, name);
    }
  }
  return { metrics, dashboards };
}

/** The alert's own page, which is generated beside this one. */
function runbookLink(alert: string): Markdown {
  return link(marked`first steps`, `runbooks/${alert}.md`);
}

/** The rule's own expression, to paste where it can be run: what fires is read, and not what was meant. */
function ruleQuery({ expr }: AlertingRule): Markdown {
  return codeBlock(formatPromql(expr, promqlColumns), 'promql');
}

function alertSection(model: Model, alert: Alert, rule: AlertingRule, around: Surroundings): Markdown {
  const { condition, runbook } = alert;
  const url = runbookUrl(model, alert.name);
  return blocks([
    entryHeading('alert', alert.name),
    text(alert.summary.value),
    alert.description === undefined ? undefined : authored(alert.description.value),
    facts([
      ['Severity', text(alert.severity)],
      ['Fires when', conditionWords(condition)],
      ['For', alert.for === undefined ? marked`at once` : text(alert.for.text)],
      ['Keeps firing for', alert.keepFiringFor === undefined ? undefined : text(alert.keepFiringFor.text)],
      ['Runbook', url === undefined ? undefined : link(text(alert.name), url)],
      ['Page', runbookLink(alert.name)],
      [
        'Reads',
        listed(
          [...(around.metrics.get(alert.name) ?? [])].map((name) =>
            referenceOr('metric', name, model.metrics),
          ),
        ),
      ],
      [
        'Shown on',
        listed([...(around.dashboards.get(alert.name) ?? [])].map((name) => reference('dashboard', name))),
      ],
      ['Labels', listed([...alert.labels].map(([name, value]) => code(`${name}=${value}`)))],
      [
        'Owner',
        alert.owner === undefined || alert.owner === model.service.owner ? undefined : text(alert.owner),
      ],
      ['From preset', alert.origin.preset === undefined ? undefined : code(alert.origin.preset)],
    ]),
    ruleQuery(rule),
    runbook === undefined ? undefined : marked`First steps:\n\n${quotation(authored(runbook))}`,
  ]);
}

/** The alert of a security event: the process counts, the rule tells that a limit was passed. */
function securitySection(rule: AlertingRule, around: Surroundings): Markdown {
  const url = rule.annotations.get('runbook_url');
  const description = rule.annotations.get('description');
  return blocks([
    entryHeading('alert', rule.alert),
    text(rule.annotations.get('summary') ?? ''),
    description === undefined ? undefined : text(description),
    facts([
      ['Severity', text(rule.labels.get('severity') ?? '')],
      ['For', marked`at once`],
      ['Runbook', url === undefined ? undefined : link(text(rule.alert), url)],
      ['Page', runbookLink(rule.alert)],
      ['Reads', listed([...(around.metrics.get(rule.alert) ?? [])].map((name) => reference('metric', name)))],
    ]),
    ruleQuery(rule),
  ]);
}

/** The alerts that objectives make. */
function budgetAlerts(model: Model): readonly { readonly slo: Slo; readonly rule: AlertingRule }[] {
  return [...model.slos.values()].flatMap((slo) =>
    alertRules(model, planSlo(model, slo)).map((rule) => ({ slo, rule })),
  );
}

/** Whoever is paged looks for the name of the alert here; what it means stands with its objective. */
function budgetAlertTable(model: Model): Markdown | undefined {
  const rows = budgetAlerts(model).map(({ slo, rule: { alert, labels } }) => {
    return [
      anchoredCode('alert', alert),
      text(labels.get('severity') ?? ''),
      reference('slo', slo.name),
      runbookLink(alert),
    ];
  });
  if (rows.length === 0) return undefined;
  return blocks([
    heading(3, marked`Alerts of objectives`),
    table([marked`Alert`, marked`Severity`, marked`Objective`, marked`Runbook`], rows),
  ]);
}

/** The alert that always fires. It says nothing about the service, and stands last. */
function heartbeatSection(model: Model): Markdown | undefined {
  const rule = heartbeatRule(model);
  if (rule === undefined) return undefined;
  return blocks([
    entryHeading('alert', rule.alert),
    text(rule.annotations.get('description') ?? ''),
    facts([['Page', runbookLink(rule.alert)]]),
    ruleQuery(rule),
  ]);
}

const severities = ['page', 'ticket', 'info'];

/** The rules of the spec's alerts and of its security events, by their names. */
function alertingRules(model: Model): ReadonlyMap<string, AlertingRule> {
  const rules = alertGroups(model).flatMap((group) => group.rules);
  return new Map(rules.flatMap((rule) => (rule.kind === 'alert' ? [[rule.alert, rule]] : [])));
}

/** How many alerts the page speaks of. */
export function alertCount(model: Model): number {
  const heartbeats = heartbeatRule(model) === undefined ? 0 : 1;
  return heartbeats + model.alerts.size + securityAlerts(model).length + budgetAlerts(model).length;
}

/** Alerts, those that wake somebody first. */
export function alertsSection(model: Model): Markdown {
  const around = surroundings(model);
  const sections = [...alertingRules(model).values()].map((rule) => {
    const alert = model.alerts.get(rule.alert);
    return {
      severity: rule.labels.get('severity') ?? '',
      section: alert === undefined ? securitySection(rule, around) : alertSection(model, alert, rule, around),
    };
  });
  sections.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return blocks([
    ...sections.map(({ section }) => section),
    budgetAlertTable(model),
    heartbeatSection(model),
  ]);
}
