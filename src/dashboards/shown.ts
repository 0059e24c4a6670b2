import type { ExternalMetric, Metric, Model, Panel, PanelSource } from '../model/model.js';
import { namedMetrics, queriesOfAlert, queriesOfSli } from '../model/resolve/readers.js';
import { seriesNamed } from '../model/series.js';
import type { Alert, Query, Sli } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import { selectors } from '../promql/walk.js';

function ofExprs(model: Model, exprs: readonly (Expr | undefined)[]): readonly (Metric | ExternalMetric)[] {
  return exprs
    .flatMap((expr) => (expr === undefined ? [] : selectors(expr)))
    .flatMap(({ metric }) => (metric === undefined ? [] : (seriesNamed(model, metric)?.metric ?? [])));
}

function ofQueries(model: Model, queries: readonly Query[]): readonly (Metric | ExternalMetric)[] {
  return ofExprs(
    model,
    queries.map(({ expr }) => expr),
  );
}

/** The metrics that an alert reads. */
export function metricsOfAlert(model: Model, alert: Alert): readonly (Metric | ExternalMetric)[] {
  const { condition } = alert;
  return condition.form === 'forecast' ? [condition.metric] : ofQueries(model, queriesOfAlert(alert));
}

/** The metrics that an indicator reads. */
export function metricsOfSli(model: Model, sli: Sli): readonly (Metric | ExternalMetric)[] {
  return [...namedMetrics(sli), ...ofQueries(model, queriesOfSli(sli))];
}

function ofSource(model: Model, source: PanelSource): readonly (Metric | ExternalMetric)[] {
  switch (source.kind) {
    case 'metric':
      return [source.metric];
    case 'queries':
      return ofQueries(
        model,
        source.queries.map(({ query }) => query),
      );
    case 'expressions':
      return ofExprs(
        model,
        source.expressions.map(({ expr }) => expr),
      );
    case 'alert':
      return metricsOfAlert(model, source.alert);
    case 'slo':
    case 'objectives':
    case 'foreign':
    case 'text':
    case 'alertlist':
      return [];
  }
}

/** The service's metrics whose values panels show; what an objective is worked out from counts as shown nowhere. */
export function metricsShown(model: Model, panels: readonly Panel[]): ReadonlySet<Metric> {
  const read = panels.flatMap(({ source }) => ofSource(model, source));
  return new Set(read.flatMap(({ name }) => model.metrics.get(name) ?? []));
}
