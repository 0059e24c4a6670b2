import { nearest } from '../../diagnostics/did-you-mean.js';
import type { Alert, AlertCondition, Dashboard, Model, Sli, Slo } from '../../model/model.js';
import { labelCard, logCard, metricCard, spanCard, type Card } from '../cards.js';
import { specProperty, textArgument, ToolFailure, type Tool } from '../tool.js';

/** What can be described, with the entries of each kind. */
const kinds: Readonly<Record<string, (model: Model) => ReadonlyMap<string, (model: Model) => Card>>> = {
  metric: ({ metrics }) => cards(metrics, (model, metric) => metricCard(model, metric)),
  label: ({ labels }) => cards(labels, labelCard),
  span: ({ spans }) => cards(spans, (model, span) => spanCard(model, span)),
  log: ({ logs }) => cards(logs.events, (model, event) => logCard(model, event)),
  sli: ({ slis }) => cards(slis, (_, sli) => sliCard(sli)),
  slo: ({ slos }) => cards(slos, (_, slo) => sloCard(slo)),
  alert: ({ alerts }) => cards(alerts, (_, alert) => alertCard(alert)),
  dashboard: ({ dashboards }) => cards(dashboards, dashboardCard),
};

function cards<T>(
  entries: ReadonlyMap<string, T>,
  card: (model: Model, entry: T, name: string) => Card,
): ReadonlyMap<string, (model: Model) => Card> {
  return new Map([...entries].map(([name, entry]) => [name, (model: Model) => card(model, entry, name)]));
}

function sliCard(sli: Sli): Card {
  const { name, form, description } = sli;
  return { name, form, description: description ?? null };
}

function sloCard({ name, description, sli, objective, period, by, alerting, owner }: Slo): Card {
  return {
    ...{ name, description: description ?? null, sli: sliCard(sli) },
    objectivePercent: objective,
    period: period.text,
    by: by.map(({ wire }) => wire),
    alerts: { page: alerting.page, ticket: alerting.ticket, noData: alerting.noData?.text ?? null },
    owner: owner ?? null,
  };
}

function conditionOf(condition: AlertCondition): Card {
  switch (condition.form) {
    case 'expr':
      return { form: 'expr', expr: condition.query.text.value };
    case 'ratio':
      return {
        ...{ form: 'ratio', part: condition.part.text.value, whole: condition.whole.text.value },
        ...{ over: condition.over.text, above: condition.above ?? null, below: condition.below ?? null },
      };
    case 'absent':
      return { form: 'absent', metric: condition.metric.name, selector: condition.selector.text.value };
    case 'anomaly':
      return {
        form: 'anomaly',
        query: condition.query.text.value,
        season: condition.season.text,
        deviations: condition.deviations,
      };
    case 'forecast':
      return {
        form: 'forecast',
        metric: condition.metric.name,
        horizon: condition.horizon.text,
        above: condition.above ?? null,
        below: condition.below ?? null,
      };
  }
}

function alertCard(alert: Alert): Card {
  const { name, severity, summary, description, runbook, owner, condition } = alert;
  return {
    ...{ name, severity, condition: conditionOf(condition), for: alert.for?.text ?? null },
    summary: summary.value,
    description: description?.value ?? null,
    runbook: runbook ?? null,
    owner: owner ?? null,
  };
}

function dashboardCard(_: Model, { title, rows }: Dashboard, name: string): Card {
  return {
    name,
    title,
    rows: rows.map((row) => ({
      title: row.title,
      panels: row.panels.map((panel) => ({ title: panel.title, type: panel.type })),
    })),
  };
}

export const describe: Tool = {
  name: 'describe',
  title: 'Describe one thing of the spec',
  description:
    'Everything about one metric, label, span, log event, SLI, SLO, alert or dashboard of this service, by its name in the spec. Use it when you know the name; find_metrics, find_spans and find_logs look for names.',
  inputSchema: {
    type: 'object',
    properties: {
      kind: { type: 'string', enum: Object.keys(kinds), description: 'What it is' },
      name: { type: 'string', minLength: 1, maxLength: 300, description: 'Its name in the spec' },
      ...specProperty,
    },
    required: ['kind', 'name'],
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: { kind: { type: 'string' }, entry: { type: 'object' } },
    required: ['kind', 'entry'],
  },
  readOnly: true,
  call(given, workspace) {
    const model = workspace.model(textArgument(given, 'spec'));
    const kind = textArgument(given, 'kind') ?? '';
    const name = textArgument(given, 'name') ?? '';
    const entries = kinds[kind]?.(model) ?? new Map<string, (model: Model) => Card>();
    const entry = entries.get(name);
    if (entry !== undefined) return { data: { kind, entry: entry(model) } };
    const meant = nearest(name, [...entries.keys()]);
    throw new ToolFailure(`there is no ${kind} ${JSON.stringify(name)}`, [
      meant === undefined
        ? `declare it in ${workspace.spec}, or look for another with the tools whose names begin with find_`
        : `did you mean ${meant}?`,
    ]);
  },
};
