import { allDashboards } from '../../dashboards/index.js';
import type { Label, Model, Span } from '../../model/model.js';
import { seriesNamed } from '../../model/series.js';
import { selectors } from '../../promql/walk.js';
import type { PanelLink } from './dashboard.js';
import { logsUrl, tracesUrl } from './explore.js';
import { choiceUrl } from './own-boards.js';
import type { PanelQuery } from './queries.js';
import type { PanelView } from './view.js';

/** How Grafana names the labels of what was clicked: of a line, or of a row in a table. */
export type Clicked = 'line' | 'row';

function valueOf(label: Label, clicked: Clicked): string {
  return clicked === 'line' ? `\${__field.labels.${label.wire}}` : `\${__data.fields.${label.wire}}`;
}

/** The labels that all lines of a panel have: what is clicked has a value of each. */
function commonLabels(queries: readonly PanelQuery[]): readonly Label[] {
  const [first = [], ...others] = queries.map(({ by }) => by ?? []);
  return first.filter(({ wire }) => others.every((labels) => labels.some((each) => each.wire === wire)));
}

/** The span that all that is shown was measured at, where it is one. */
function spanOf(model: Model, queries: readonly PanelQuery[]): Span | undefined {
  const metrics = new Set(
    queries
      .flatMap(({ expr }) => selectors(expr))
      .flatMap(({ metric }) => seriesNamed(model, metric ?? '')?.metric ?? []),
  );
  const measures = ({ record }: Span): boolean =>
    [record.count, record.duration, record.firstChunk].some(
      (each) => each !== undefined && metrics.has(each),
    );
  const [span, ...others] = [...model.spans.values()].filter(measures);
  return others.length === 0 ? span : undefined;
}

/** Log lines of the service with the same values, as far as events have fields of the labels' names. */
function toLogs(view: PanelView, labels: readonly Label[], clicked: Clicked): readonly PanelLink[] {
  const { model, sources } = view;
  const fields = new Set(
    [...model.logs.events.values()].flatMap((event) => event.fields.map(({ name }) => name)),
  );
  const shared = labels.filter(({ wire }) => fields.has(wire));
  const equal = new Map(shared.map((label) => [label.wire, valueOf(label, clicked)]));
  const url = logsUrl(model, sources, { equal });
  return url === undefined ? [] : [{ targetBlank: true, title: 'Logs of this time', url }];
}

/** Traces of the span that was measured, with the attributes that the labels come from. */
function toTraces(
  view: PanelView,
  queries: readonly PanelQuery[],
  labels: readonly Label[],
  clicked: Clicked,
): readonly PanelLink[] {
  const { model, sources } = view;
  const span = spanOf(model, queries);
  const equal = new Map(
    (span?.attributes ?? []).flatMap(({ label, exportedName, sensitivity }) => {
      const shared = labels.find((each) => each === label);
      return shared === undefined || sensitivity !== 'none'
        ? []
        : [[exportedName, valueOf(shared, clicked)] as const];
    }),
  );
  const url = tracesUrl(model, sources, { span: span?.name, equal });
  return url === undefined ? [] : [{ targetBlank: true, title: 'Traces of this time', url }];
}

/** The dashboard that is about one of the labels, with the value that was clicked chosen. */
function toBoards(view: PanelView, labels: readonly Label[], clicked: Clicked): readonly PanelLink[] {
  const { model, dashboard } = view;
  const label = labels.find(({ key }) => dashboard.variables.every((each) => each.key !== key));
  if (label === undefined) return [];
  const board = allDashboards(model).find(
    (each) =>
      each.topic !== undefined &&
      each.topic !== 'slo' &&
      each.name !== dashboard.name &&
      each.variables.some(({ key }) => key === label.key),
  );
  if (board === undefined) return [];
  const url = choiceUrl(model, board, label, valueOf(label, clicked));
  return [{ targetBlank: false, title: `${board.title}: this ${label.wire.replaceAll('_', ' ')}`, url }];
}

/**
 * Where a click on what a panel shows leads: the dashboard of what was clicked, and logs and traces of the time that is shown. Labels
 * are kept wherever the other side knows them.
 */
export function dataLinks(
  view: PanelView,
  queries: readonly PanelQuery[],
  clicked: Clicked = 'line',
): readonly PanelLink[] {
  const labels = commonLabels(queries);
  return [
    ...toBoards(view, labels, clicked),
    ...toLogs(view, labels, clicked),
    ...toTraces(view, queries, labels, clicked),
  ];
}
