import { authored } from '../../encode/authored-markdown.js';
import { code, join, link, marked, text, type Markdown } from '../../encode/markdown.js';
import type { Model } from '../../model/model.js';
import { runbookUrl } from '../../model/runbook.js';
import { seriesNamed } from '../../model/series.js';
import type { Expr } from '../../promql/ast.js';
import { selectors } from '../../promql/walk.js';
import type { PanelLink } from './dashboard.js';
import { alertLinks } from './panel-links.js';
import { objectivesWords } from './panels/objectives-words.js';
import { limitWords, opposite } from './thresholds.js';
import type { PanelView } from './view.js';

/** One sentence for each metric that expressions read: its help. */
function metricWords(model: Model, exprs: readonly Expr[]): readonly Markdown[] {
  const names = new Set(exprs.flatMap(selectors).flatMap(({ metric }) => metric ?? []));
  const metrics = new Set([...names].flatMap((name) => seriesNamed(model, name)?.metric ?? []));
  return [...metrics].map((metric) =>
    'help' in metric ? marked`${code(metric.name)}: ${text(metric.help)}` : code(metric.name),
  );
}

function subject(view: PanelView): readonly Markdown[] {
  const { model, panel } = view;
  const { source } = panel;
  switch (source.kind) {
    case 'metric':
      return [marked`${text(source.metric.help)} (${code(source.metric.name)})`];
    case 'queries':
      return metricWords(
        model,
        source.queries.flatMap(({ query }) => query.expr ?? []),
      );
    case 'alert': {
      const manner = view.alert?.manner;
      const how = manner === undefined ? marked`` : marked`, ${text(manner)}`;
      const words = view.alert === undefined ? [] : metricWords(model, [view.alert.measured]);
      return [marked`What alert ${code(source.alert.name)} watches${how}.`, ...words];
    }
    case 'expressions':
      return metricWords(
        model,
        source.expressions.map(({ expr }) => expr),
      );
    case 'foreign':
      return [
        marked`${text(panel.type === 'logs' ? 'Log lines' : 'Traces')} that match ${code(source.query.value)}`,
      ];
    case 'slo':
      return [marked`Objective ${code(source.slo.name)}.`];
    case 'objectives':
      return [marked`The objectives of ${code(model.service.name)}.`, objectivesWords];
    case 'text':
      return [marked`A note of the authors.`];
    case 'alertlist':
      return [
        marked`Alerts of ${source.slo === undefined ? code(model.service.name) : marked`the objective ${code(source.slo.name)}`} that fire or are about to.`,
      ];
  }
}

/** Who reads a number wants to know where it is good, what happens where it is not, and what to do then. */
function alertWords(view: PanelView, unit: string | undefined): readonly Markdown[] {
  if (view.alert === undefined) return [];
  const { alert, limit } = view.alert;
  const where = limit === undefined ? marked`` : marked` when it is ${text(limitWords(limit, unit))}`;
  const duration = alert.for === undefined ? marked`` : marked` for ${text(alert.for.text)}`;
  const url = runbookUrl(view.model, alert.name);
  const steps = url === undefined ? marked`` : marked` ${link(marked`Runbook`, url)}.`;
  const fires = marked`Alert ${code(alert.name)} (${text(alert.severity)}) fires${where}${duration}.${steps}`;
  return limit === undefined ? [fires] : [marked`Good: ${text(limitWords(opposite(limit), unit))}.`, fires];
}

/**
 * What a panel says of itself, as Markdown: what is shown, what is good, what happens and what to do where it is not.
 * @param unit the Grafana unit of its numbers
 */
export function describe(view: PanelView, unit?: string): string {
  const { description } = view.panel;
  const own = description === undefined ? [] : [authored(description)];
  return join([...own, ...subject(view), ...alertWords(view, unit)], '\n\n');
}

/** Links of a panel: to the first steps and the state of its alert. */
export function panelLinks({ model, panel }: PanelView): readonly PanelLink[] {
  return panel.thresholdsFrom === undefined ? [] : alertLinks(model, panel.thresholdsFrom.name);
}
