import { code, codeBlock, link, marked, quotation, text, type Markdown } from '../../encode/markdown.js';
import { authored } from '../../encode/authored-markdown.js';
import type { AlertingRule } from '../../promql/rule.js';
import { securityAlerts } from '../prometheus/security.js';
import type { Alert, AlertCondition, Model } from '../../model/model.js';
import { runbookUrl } from '../../model/runbook.js';
import {
  blocks,
  byWords,
  entryHeading,
  facts,
  listed,
  percent,
  promqlText,
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

/** When an alert's condition holds, as a sentence; the query of `expr` says it itself. */
function conditionWords(condition: AlertCondition): Markdown | undefined {
  switch (condition.form) {
    case 'expr':
      return undefined;
    case 'ratio': {
      const { part, whole, by, over, above, below, minEvents } = condition;
      const enough = minEvents === undefined ? marked`` : marked`, once there were ${minEvents} events`;
      return marked`${promqlWords(part)} as a share of ${promqlWords(whole)}, over ${text(over.text)}${byWords(by)}, is ${boundWords(above, below, percent)}${enough}`;
    }
    case 'absent':
      return marked`nothing exposes ${promqlWords(condition.selector)} any more`;
    case 'anomaly':
      return marked`${promqlWords(condition.query)} is more than ${condition.deviations} standard deviations from its usual level, which repeats every ${text(condition.season.text)}`;
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
  for (const { name, rows } of model.dashboards.values()) {
    for (const { thresholdsFrom } of rows.flatMap(({ panels }) => panels)) {
      if (thresholdsFrom !== undefined) note(dashboards, thresholdsFrom.name, name);
    }
  }
  return { metrics, dashboards };
}

function alertSection(model: Model, alert: Alert, around: Surroundings): Markdown {
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
    condition.form === 'expr' ? codeBlock(promqlText(condition.query), 'promql') : undefined,
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
      ['Reads', listed([...(around.metrics.get(rule.alert) ?? [])].map((name) => reference('metric', name)))],
    ]),
  ]);
}

const severities = ['page', 'ticket', 'info'];

/** How many alerts the page speaks of, those on budgets aside, which stand with their objectives. */
export function alertCount(model: Model): number {
  return model.alerts.size + securityAlerts(model).length;
}

/** Alerts, those that wake somebody first. */
export function alertsSection(model: Model): Markdown {
  const around = surroundings(model);
  const sections = [
    ...[...model.alerts.values()].map((alert) => ({
      severity: alert.severity,
      section: alertSection(model, alert, around),
    })),
    ...securityAlerts(model).map((rule) => ({
      severity: rule.labels.get('severity') ?? '',
      section: securitySection(rule, around),
    })),
  ];
  sections.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return blocks(sections.map(({ section }) => section));
}
