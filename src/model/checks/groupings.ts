import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import { selectors } from '../../promql/walk.js';
import type { ExternalMetric, Label, Metric, Model, Origin, Query, Sli } from '../model.js';
import { namedMetrics, queriesOfSli } from '../resolve/readers.js';
import { seriesNamed } from '../series.js';
import { itemRange } from './places.js';
import type { Rule } from './rule.js';
import { itsLabels } from './words.js';

type AnyMetric = Metric | ExternalMetric;

/** The names on the wire of a metric's labels; undefined where any label may be there. */
export function wiresOf(metric: AnyMetric): readonly string[] | undefined {
  if (!('repaired' in metric)) return metric.labels;
  return metric.repaired.has('labels') ? undefined : metric.labels.map((label) => label.wire);
}

/** The metrics that a query reads, those that are unknown left out. */
export function metricsOfQuery(model: Model, { expr }: Query): AnyMetric[] {
  const names = expr === undefined ? [] : selectors(expr).map((selector) => selector.metric);
  const metrics = names.map((name) => (name === undefined ? undefined : seriesNamed(model, name)?.metric));
  return [...new Set(metrics.filter((metric) => metric !== undefined))];
}

/** The metrics all of which need a label that an SLI is grouped by; undefined for queries, whose labels only their analysis tells. */
export function metricsOfSli(model: Model, sli: Sli): readonly AnyMetric[] | undefined {
  if (sli.form === 'timeSlice' || sli.form === 'query') return undefined;
  return [...namedMetrics(sli), ...queriesOfSli(sli).flatMap((query) => metricsOfQuery(model, query))];
}

function lacking(metrics: readonly AnyMetric[], label: Label, range: Range): Diagnostic | undefined {
  const metric = metrics.find((each) => !(wiresOf(each)?.includes(label.wire) ?? true));
  if (metric === undefined) return undefined;
  return diagnostic('OBS3111', {
    message: `\`${metric.name}\` has no label \`${label.key}\` to group by`,
    range,
    related: [{ range: metric.origin.key, message: `\`${metric.name}\` is declared here` }],
    help: itsLabels('repaired' in metric ? metric.labels.map((each) => each.key) : (metric.labels ?? [])),
  });
}

function* lackingOf(
  metrics: readonly AnyMetric[] | undefined,
  by: readonly Label[],
  origin: Origin,
  ...path: string[]
): Iterable<Diagnostic> {
  if (metrics === undefined) return;
  for (const label of by) {
    const found = lacking(metrics, label, itemRange(origin, label, ...path));
    if (found !== undefined) yield found;
  }
}

/** OBS3111: what SLOs, ratios, forecasts and quantiles are grouped by is a label of all metrics that they read. */
export const groupings: Rule = function* ({ model }) {
  for (const { sli, by, origin } of model.slos.values()) {
    yield* lackingOf(metricsOfSli(model, sli), by, origin, 'by');
  }
  for (const sli of model.slis.values()) {
    if (sli.form === 'quantile') yield* lackingOf([sli.histogram], sli.by, sli.origin, 'quantile', 'by');
  }
  for (const { condition, origin } of model.alerts.values()) {
    if (condition.form === 'ratio') {
      const metrics = [condition.part, condition.whole].flatMap((query) => metricsOfQuery(model, query));
      yield* lackingOf(metrics, condition.by, origin, 'ratio', 'by');
    } else if (condition.form === 'forecast') {
      yield* lackingOf([condition.metric], condition.by, origin, 'forecast', 'by');
    }
  }
};
