import {
  anchor,
  anchorId,
  code,
  codeBlock,
  heading,
  link,
  marked,
  quotation,
  text,
  type Markdown,
} from '../../encode/markdown.js';
import { authored } from '../../encode/authored-markdown.js';
import type { Alert, AlertCondition, Label, Model } from '../../model/model.js';
import { blocks, facts, listed, percent, promqlText, promqlWords, reference, referenceOr } from './words.js';

function byWords(labels: readonly Label[]): Markdown {
  if (labels.length === 0) return marked``;
  return marked`, for each ${listed(
    labels.map(({ wire }) => code(wire)),
    ' and ',
  )}`;
}

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

/** The dashboards that show an alert's limit. */
function dashboardsWith(model: Model, alert: Alert): readonly string[] {
  return [...model.dashboards.values()]
    .filter(({ rows }) =>
      rows.some(({ panels }) => panels.some(({ thresholdsFrom }) => thresholdsFrom === alert)),
    )
    .map(({ name }) => name);
}

function metricsOf(model: Model, alert: Alert): readonly string[] {
  return [...model.metrics.values()]
    .filter(({ readers }) => readers.includes(`alert ${alert.name}`))
    .map(({ name }) => name);
}

function alertSection(model: Model, alert: Alert): Markdown {
  const { condition, runbook } = alert;
  const url =
    model.service.runbooks === undefined
      ? undefined
      : `${model.service.runbooks}/${encodeURIComponent(alert.name)}`;
  return blocks([
    anchor(anchorId('alert', alert.name)),
    heading(3, text(alert.name)),
    text(alert.summary.value),
    alert.description === undefined ? undefined : authored(alert.description.value),
    facts([
      ['Severity', text(alert.severity)],
      ['Fires when', conditionWords(condition)],
      ['For', alert.for === undefined ? marked`at once` : text(alert.for.text)],
      ['Keeps firing for', alert.keepFiringFor === undefined ? undefined : text(alert.keepFiringFor.text)],
      ['Runbook', url === undefined ? undefined : link(text(alert.name), url)],
      ['Reads', listed(metricsOf(model, alert).map((name) => referenceOr('metric', name, model.metrics)))],
      ['Shown on', listed(dashboardsWith(model, alert).map((name) => reference('dashboard', name)))],
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

const severities = ['page', 'ticket', 'info'];

/** Alerts, those that wake somebody first. */
export function alertsSection(model: Model): Markdown {
  const sorted = [...model.alerts.values()].sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  return blocks(sorted.map((alert) => alertSection(model, alert)));
}
