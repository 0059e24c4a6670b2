import type { Dashboard, Model, Panel } from '../../model/model.js';
import type { Expr } from '../../promql/ast.js';
import { printPromql } from '../../promql/print.js';
import type { DataSources } from './data-sources.js';
import type { PrometheusTarget } from './dashboard.js';
import type { PanelQuery } from './queries.js';
import type { ScopeVariable } from './scope.js';
import type { AlertView } from './alert-view.js';

/** All that a panel is drawn from. */
export interface PanelView {
  readonly model: Model;
  readonly dashboard: Dashboard;
  readonly panel: Panel;
  readonly sources: DataSources;
  /** The alert of `thresholdsFrom`, with its condition taken apart. */
  readonly alert: AlertView | undefined;
  readonly variables: readonly ScopeVariable[];
  /** Adds the matchers of the dashboard's variables. */
  narrow(expr: Expr): Expr;
}

function refId(index: number): string {
  return String.fromCharCode(65 + index);
}

interface Form {
  readonly instant?: boolean | undefined;
  /** Whether the panel can draw single observations. */
  readonly exemplars?: boolean | undefined;
  readonly format?: PrometheusTarget['format'] | undefined;
}

/** The queries as Grafana sends them: over the time that is shown, or once at its end. */
export function targets(
  view: PanelView,
  queries: readonly PanelQuery[],
  form: Form = {},
): readonly PrometheusTarget[] {
  const { instant = false, exemplars = false, format = 'time_series' } = form;
  return queries.map(({ expr, legend, exemplar }, index) => ({
    datasource: view.sources.ref('metrics'),
    editorMode: 'code',
    exemplar: exemplar && exemplars,
    expr: printPromql(view.narrow(expr)),
    format,
    instant,
    // No finer than the samples are: $__rate_interval, too, is worked out from it.
    interval: instant ? undefined : view.model.target.prometheus.scrapeInterval.text,
    legendFormat: legend,
    range: !instant,
    refId: refId(index),
  }));
}
