import type { Label, Metric, Model, Show } from '../../model/model.js';
import { seriesNamed } from '../../model/series.js';
import type { Expr } from '../../promql/ast.js';
import {
  aggregate,
  binary,
  by as grouping,
  call,
  durationVariable,
  number,
  selector,
} from '../../promql/build.js';
import { selectors } from '../../promql/walk.js';
import { keptLabels } from './kept-labels.js';
import { isTimestamp } from './units.js';

/** A query of a panel before it is narrowed by variables and printed. */
export interface PanelQuery {
  readonly expr: Expr;
  /** What the legend says: text of ours with `{{label}}` in it, or a name that the author gave. */
  readonly legend: string;
  /** Whether a trace is known for single observations. */
  readonly exemplar: boolean;
  /** The labels that tell the lines apart; undefined where that is not known. */
  readonly by: readonly Label[] | undefined;
}

/** At least four scrapes, and no less than a step of the graph. */
const rateInterval = durationVariable('$__rate_interval');

/** What events are counted in: each step of a graph, so that bars add up, or all of the time that is shown. */
export type Window = 'step' | 'whole';
const windows = { step: durationVariable('$__interval'), whole: durationVariable('$__range') };

/** More lines than this nobody reads. */
export const mostLines = 10;

const quantiles: ReadonlyMap<Show, number> = new Map([
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
]);

export interface MetricPanel {
  /** What one line without labels is called. */
  readonly title: string;
  readonly metric: Metric;
  readonly show: readonly Show[];
  readonly by: readonly Label[];
  /** Whether the panel has room for one number where nothing is asked for by label. */
  readonly single: boolean;
  readonly window: Window;
}

/** Units of which one instance's value and another's add up to nothing that means anything. */
const intensive: ReadonlySet<string> = new Set(['ratio', 'celsius', 'seconds', 'hertz', 'volts']);

/** What several instances' values of a gauge come to: their sum, or the largest where a sum means nothing. */
function gaugeTotal(metric: Metric): 'sum' | 'max' | 'min' {
  const [low, high] = metric.range ?? [];
  if (low === 0 && high === 1) return metric.unit === undefined ? 'min' : 'max';
  return metric.unit !== undefined && intensive.has(metric.unit) ? 'max' : 'sum';
}

function rateOf(name: string): Expr {
  return call('rate', selector(name, [], { range: rateInterval }));
}

function increaseOf(name: string, window: Window): Expr {
  return call('increase', selector(name, [], { range: windows[window] }));
}

function counterExpr({ metric, window }: MetricPanel, show: Show, labels: readonly string[]): Expr {
  const perSecond = show !== 'increase';
  return aggregate(
    'sum',
    perSecond ? rateOf(metric.name) : increaseOf(metric.name, window),
    grouping(labels),
  );
}

function gaugeExpr({ metric, single }: MetricPanel, show: Show, labels: readonly string[]): Expr {
  const group = grouping(labels);
  const plain = selector(metric.name);
  const value = isTimestamp(metric.name) ? binary('-', call('time'), plain) : plain;
  if (show === 'sum' || show === 'avg' || show === 'min' || show === 'max')
    return aggregate(show, value, group);
  return single || labels.length > 0 ? aggregate(gaugeTotal(metric), value, group) : value;
}

function histogramExpr({ metric, window }: MetricPanel, show: Show, labels: readonly string[]): Expr {
  const { name } = metric;
  const group = grouping(labels);
  const quantile = quantiles.get(show);
  if (quantile !== undefined) {
    const buckets = aggregate('sum', rateOf(`${name}_bucket`), grouping(['le', ...labels]));
    return call('histogram_quantile', number(quantile), buckets);
  }
  if (show === 'increase') return aggregate('sum', increaseOf(`${name}_count`, window), group);
  const count = aggregate('sum', rateOf(`${name}_count`), group);
  if (show !== 'avg') return count;
  // No traffic is no average, rather than a division by zero.
  return binary('/', aggregate('sum', rateOf(`${name}_sum`), group), binary('>', count, number(0)));
}

/** What can be shown of each type is the checks' to say: `rate` and `increase` of counters, no rate of a gauge, and so on. */
function exprOf(panel: MetricPanel, show: Show, labels: readonly string[]): Expr {
  if (panel.metric.type === 'counter') return counterExpr(panel, show, labels);
  if (panel.metric.type === 'gauge') return gaugeExpr(panel, show, labels);
  return histogramExpr(panel, show, labels);
}

/** `{{tool}} {{outcome}}`; what tells the series of a gauge apart that is shown as it is includes the instance. */
function labelLegend(labels: readonly string[]): string {
  return labels.map((label) => `{{${label}}}`).join(' ');
}

/** The queries of a panel that shows a metric, one for each thing shown of it. */
export function metricQueries(panel: MetricPanel): readonly PanelQuery[] {
  const { metric, show, by, title } = panel;
  const labels = by.map(({ wire }) => wire);
  const open = by.some(({ bound }) => bound.kind === 'open' && bound.cap > mostLines);
  return show.map((each): PanelQuery => {
    const expr = exprOf(panel, each, labels);
    const isPlain = metric.type === 'gauge' && each === 'value' && expr.kind !== 'aggregation';
    const rows = isPlain ? metric.labels : by;
    const legend = labelLegend(isPlain ? [...metric.labels.map(({ wire }) => wire), 'instance'] : labels);
    const name = legend === '' ? (show.length > 1 || quantiles.has(each) ? each : title) : legend;
    return {
      expr: open ? aggregate('topk', expr, undefined, number(mostLines)) : expr,
      legend: legend !== '' && show.length > 1 ? `${each} ${legend}` : name,
      exemplar: metric.exemplars && quantiles.has(each),
      by: rows,
    };
  });
}

/** The labels of the spec that names on the wire mean in an expression; undefined where one of them is not the spec's. */
function labelsNamed(model: Model, expr: Expr, names: readonly string[]): readonly Label[] | undefined {
  const read = selectors(expr).flatMap(({ metric }) => seriesNamed(model, metric ?? '')?.metric.name ?? []);
  const labels = read.flatMap((name) => model.metrics.get(name)?.labels ?? []);
  const own = names.filter((name) => name !== 'instance' && name !== 'job');
  const found = own.map((name) => labels.find(({ wire }) => wire === name));
  return found.every((label) => label !== undefined) ? found : undefined;
}

/**
 * A query that the author wrote, or that was built; the legend is the name given to it, and the labels that tell its lines apart.
 * @param title what one line without a name is called
 */
export function authoredQuery(model: Model, expr: Expr, name: string | undefined, title: string): PanelQuery {
  const kept = keptLabels(model, expr);
  const legend = [name, labelLegend(kept ?? [])].filter(Boolean).join(' ');
  return {
    expr,
    legend: legend || (kept === undefined ? '__auto' : title),
    exemplar: observesExemplars(model, expr),
    by: kept && labelsNamed(model, expr, kept),
  };
}

/** Whether an expression is a quantile of a histogram that keeps a trace of single observations. */
function observesExemplars(model: Model, expr: Expr): boolean {
  if (expr.kind !== 'call' || expr.func !== 'histogram_quantile') return false;
  return selectors(expr).some(({ metric }) => {
    const name = seriesNamed(model, metric ?? '')?.metric.name;
    return name !== undefined && model.metrics.get(name)?.exemplars === true;
  });
}

/** How many observations fell into each bucket, for a heatmap. */
export function heatmapQuery(metric: Metric): PanelQuery {
  const buckets = aggregate('sum', increaseOf(`${metric.name}_bucket`, 'step'), grouping(['le']));
  return { expr: buckets, legend: '{{le}}', exemplar: metric.exemplars, by: [] };
}
