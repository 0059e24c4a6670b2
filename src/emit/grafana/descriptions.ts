import type { Alert, Model } from '../../model/model.js';
import { seriesNamed } from '../../model/series.js';
import { selectors } from '../../promql/walk.js';
import { authored } from '../../encode/authored-markdown.js';
import { code, join, markdown, link, text, type Markdown } from '../../encode/markdown.js';
import type { PanelLink } from './dashboard.js';
import { limitWords, type Limit } from './thresholds.js';
import type { PanelView } from './view.js';

/** Where an alert's first steps are written down, if the service has a place for runbooks. */
export function runbookUrl(model: Model, alert: Alert): string | undefined {
  return model.service.runbooks === undefined
    ? undefined
    : `${model.service.runbooks}/${encodeURIComponent(alert.name)}`;
}

/** Who reads a number wants to know from where on it is bad, what happens then, and what to do. */
function alertWords(view: PanelView): Markdown | undefined {
  if (view.alert === undefined) return undefined;
  const { alert, limit } = view.alert;
  const where = limit === undefined ? markdown`` : markdown` when it is ${text(limitWords(limit))}`;
  const duration = alert.for === undefined ? markdown`` : markdown` for ${text(alert.for.text)}`;
  const url = runbookUrl(view.model, alert);
  const steps =
    url === undefined
      ? markdown``
      : markdown` ${link(
          markdown`
Runbook
          `,
          url,
        )}.`;
  return markdown`Alert ${code(alert.name)} (${text(alert.severity)}) fires${where}${duration}.${steps}`;
}

/** One sentence for each metric that a query reads: its help. */
function metricWords(view: PanelView): readonly Markdown[] {
  const { source } = view.panel;
  const exprs =
    source.kind === 'queries'
      ? source.queries.flatMap(({ query }) => query.expr ?? [])
      : source.kind === 'alert' && view.alert !== undefined
        ? [view.alert.expr]
        : [];
  const names = new Set(exprs.flatMap(selectors).flatMap(({ metric }) => metric ?? []));
  const metrics = new Set([...names].flatMap((name) => seriesNamed(view.model, name)?.metric ?? []));
  return [...metrics].map((metric) =>
    'help' in metric ? markdown`${code(metric.name)}: ${text(metric.help)}` : code(metric.name),
  );
}

function goodWords(limit: Limit | undefined): Markdown | undefined {
  if (limit === undefined) return undefined;
  const opposite: Record<Limit['bad'], Limit['bad']> = {
    '>': '<=',
    '>=': '<',
    '<': '>=',
    '<=': '>',
    '==': '!=',
    '!=': '==',
  };
  return markdown`Good: ${text(limitWords({ ...limit, bad: opposite[limit.bad] }))}.`;
}

function subject(view: PanelView): readonly Markdown[] {
  const { panel } = view;
  const { source } = panel;
  switch (source.kind) {
    case 'metric':
      return [markdown`${text(source.metric.help)} (${code(source.metric.name)})`];
    case 'queries':
      return metricWords(view);
    case 'alert': {
      const manner = view.alert?.manner;
      const shown = markdown`What alert ${code(source.alert.name)} watches${manner === undefined ? markdown`` : markdown`, ${text(manner)}`}.`;
      return [shown, ...metricWords(view)];
    }
    case 'foreign':
      return [
        markdown`${text(panel.type === 'logs' ? 'Log lines' : 'Traces')} that match ${code(source.query.value)}`,
      ];
    case 'slo':
      return [markdown`Objective ${code(source.slo.name)}`];
    case 'text':
      return [
        markdown`
A note of the authors.
        `,
      ];
    case 'alertlist':
      return [markdown`Alerts of ${code(view.model.service.name)} that fire or are about to.`];
  }
}

/** What a panel says of itself, as Markdown: what is shown, what is good, what happens and what to do where it is not. */
export function describe(view: PanelView): string {
  const { description } = view.panel;
  const paragraphs = [
    ...(description === undefined ? [] : [authored(description)]),
    ...subject(view),
    goodWords(view.alert?.limit),
    alertWords(view),
  ].filter((each) => each !== undefined);
  return join(paragraphs, '\n\n');
}

/** Links of a panel: the runbook of its alert. */
export function panelLinks(view: PanelView): readonly PanelLink[] {
  const alert = view.panel.thresholdsFrom;
  const url = alert && runbookUrl(view.model, alert);
  return alert === undefined || url === undefined
    ? []
    : [{ targetBlank: true, title: `Runbook: ${alert.name}`, url }];
}
