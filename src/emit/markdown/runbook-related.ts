import { allDashboards } from '../../dashboards/index.js';
import { anchorId, code, link, marked, table, text, type Markdown } from '../../encode/markdown.js';
import type { Metric, Model, Panel, PanelSource } from '../../model/model.js';
import { seriesNamed } from '../../model/series.js';
import type { Expr } from '../../promql/ast.js';
import { selectors } from '../../promql/walk.js';
import { dashboardUid } from '../grafana/uid.js';
import { readerOf, type RunbookAlert } from './runbook-subject.js';
import type { Kind } from './words.js';

/** An entry of the page of all telemetry, from a page of a runbook. */
export function referenceTo(kind: Kind, name: string): string {
  return `../TELEMETRY.md#${anchorId(kind, name)}`;
}

/** The service's own metrics that an alert reads. */
export function metricsOf(model: Model, alert: RunbookAlert): readonly Metric[] {
  const reader = readerOf(alert);
  return [...model.metrics.values()].filter(({ readers }) => readers.includes(reader));
}

/** The expressions that a panel shows. */
function expressionsOf(source: PanelSource): readonly Expr[] {
  if (source.kind === 'expressions') return source.expressions.map(({ expr }) => expr);
  return source.kind === 'queries' ? source.queries.flatMap(({ query }) => query.expr ?? []) : [];
}

const read = new WeakMap<Model, Map<PanelSource, ReadonlySet<string>>>();

/** The metrics that a panel's expressions read; each alert asks about each panel. */
function metricsRead(model: Model, source: PanelSource): ReadonlySet<string> {
  const ofModel = read.get(model) ?? new Map<PanelSource, ReadonlySet<string>>();
  read.set(model, ofModel);
  const found = ofModel.get(source);
  if (found !== undefined) return found;
  const names = expressionsOf(source)
    .flatMap(selectors)
    .flatMap(({ metric }) => (metric === undefined ? [] : (seriesNamed(model, metric)?.metric.name ?? [])));
  const made = new Set(names);
  ofModel.set(source, made);
  return made;
}

/** How a panel has to do with an alert; undefined: not at all. */
function relation(
  model: Model,
  { subject }: RunbookAlert,
  metrics: ReadonlySet<string>,
  { source, thresholdsFrom }: Panel,
): string | undefined {
  if (subject.kind === 'alert') {
    const { alert } = subject;
    if (thresholdsFrom === alert || (source.kind === 'alert' && source.alert === alert)) return 'its limit';
  }
  if (subject.kind === 'budget' || subject.kind === 'no-data') {
    if (source.kind === 'slo' && source.slo === subject.slo) return 'the objective';
    if (source.kind === 'objectives' && source.slos.includes(subject.slo)) return 'the objective';
  }
  if (source.kind === 'metric') return metrics.has(source.metric.name) ? 'what it reads' : undefined;
  return [...metricsRead(model, source)].some((name) => metrics.has(name)) ? 'what it reads' : undefined;
}

/** More panels than this nobody opens while something is wrong. */
const mostPanels = 8;

/** Panels that show what an alert is about: those with its limit first, then in the order of the dashboards; nothing where there are none. */
export function panelTable(model: Model, alert: RunbookAlert): Markdown {
  const metrics = new Set(metricsOf(model, alert).map(({ name }) => name));
  const found = allDashboards(model).flatMap((dashboard) =>
    dashboard.rows.flatMap((row) =>
      row.panels.flatMap((panel) => {
        const shows = relation(model, alert, metrics, panel);
        if (shows === undefined) return [];
        return [
          {
            isNear: shows !== 'what it reads',
            cells: [
              text(panel.title),
              text(row.title),
              link(text(dashboard.title), `../../grafana/dashboards/${dashboard.name}.json`),
              code(`/d/${dashboardUid(model.service.name, dashboard.name)}`),
              text(shows),
            ],
          },
        ];
      }),
    ),
  );
  const rows = [...found.filter(({ isNear }) => isNear), ...found.filter(({ isNear }) => !isNear)]
    .slice(0, mostPanels)
    .map(({ cells }) => cells);
  return table([marked`Panel`, marked`Row`, marked`Dashboard`, marked`In Grafana`, marked`Shows`], rows);
}

/** The metrics that an alert reads, with what they are. */
export function metricTable(model: Model, alert: RunbookAlert): Markdown {
  return table(
    [marked`Metric`, marked`Type`, marked`What it is`],
    metricsOf(model, alert).map(({ name, type, help }) => [
      link(code(name), referenceTo('metric', name)),
      text(type),
      text(help),
    ]),
  );
}
