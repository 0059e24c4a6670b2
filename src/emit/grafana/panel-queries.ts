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
        query.expr === undefined ? [] : [authoredQuery(query.expr, name, title)],
      );
    case 'alert': {
      if (view.alert === undefined) return [];
      const { expr, bound } = view.alert;
      return [
        authoredQuery(expr, undefined, title),
        ...(bound === undefined ? [] : [authoredQuery(bound, 'limit', title)]),
      ];
    }
    case 'foreign':
    case 'slo':
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
