import { keptLabels } from './kept-labels.js';
import { authoredQuery, heatmapQuery, metricQueries, type PanelQuery, type Window } from './queries.js';
import type { PanelView } from './view.js';

interface Room {
  /** Whether one number is shown where nothing is asked for by label. */
  readonly single: boolean;
  readonly window: Window;
}

/** The queries of a panel that shows numbers; none for logs, traces and text. */
export function panelQueries(view: PanelView, room: Room): readonly PanelQuery[] {
  const { source, title } = view.panel;
  switch (source.kind) {
    case 'metric':
      return metricQueries({ ...source, ...room, title });
    case 'queries':
      return source.queries.flatMap(({ name, query }) =>
        query.expr === undefined ? [] : [authoredQuery(view.model, query.expr, name, title)],
      );
    case 'alert': {
      if (view.alert === undefined) return [];
      const { expr, measured, companions } = view.alert;
      // Recorded series have the labels of what they were measured from.
      const like = keptLabels(view.model, expr) === undefined ? measured : expr;
      const main = { ...authoredQuery(view.model, like, undefined, title), expr };
      if (room.single) return [main];
      const beside = companions.map((each) => ({
        ...authoredQuery(view.model, each.like, each.name, title),
        expr: each.expr,
      }));
      return [main, ...beside];
    }
    case 'expressions':
      return source.expressions.map(({ name, expr }) => authoredQuery(view.model, expr, name, title));
    case 'foreign':
    case 'slo':
    case 'objectives':
    case 'text':
    case 'alertlist':
      return [];
  }
}

/** The queries of a heatmap: a histogram's buckets, or numbers that Grafana sorts into buckets itself. */
export function heatmapQueries(view: PanelView): {
  readonly queries: readonly PanelQuery[];
  readonly bucketed: boolean;
} {
  const { source } = view.panel;
  if (source.kind === 'metric' && source.metric.type === 'histogram') {
    return { queries: [heatmapQuery(source.metric)], bucketed: true };
  }
  const queries = panelQueries(view, { single: false, window: 'step' });
  const bucketed = queries.some(
    ({ expr }) => expr.kind === 'aggregation' && expr.grouping?.labels.includes('le') === true,
  );
  return { queries, bucketed };
}
