import type { Label, Metric, Show } from '../../model/model.js';
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
const mostLines = 10;

const quantiles: ReadonlyMap<Show, number> = new Map([
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
]);

export interface MetricPanel {
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
  const group = grouping(labels);
  const quantile = quantiles.get(show);
  if (quantile !== undefined) return aggregate('quantile', rateOf(metric.name), group, number(quantile));
  switch (show) {
    case 'increase':
      return aggregate('sum', increaseOf(metric.name, window), group);
    case 'value':
      return aggregate('sum', selector(metric.name), group);
    case 'avg':
    case 'min':
    case 'max':
      return aggregate(show, rateOf(metric.name), group);
    default:
      return aggregate('sum', rateOf(metric.name), group);
  }
}

function gaugeExpr({ metric, single, window }: MetricPanel, show: Show, labels: readonly string[]): Expr {
  const group = grouping(labels);
  const plain = selector(metric.name);
  const value = isTimestamp(metric.name) ? binary('-', call('time'), plain) : plain;
  const quantile = quantiles.get(show);
  if (quantile !== undefined) return aggregate('quantile', value, group, number(quantile));
  switch (show) {
    case 'rate':
      return aggregate('sum', call('deriv', selector(metric.name, [], { range: rateInterval })), group);
    case 'increase':
      return aggregate('sum', call('delta', selector(metric.name, [], { range: windows[window] })), group);
    case 'value':
      return single || labels.length > 0 ? aggregate(gaugeTotal(metric), value, group) : value;
    default:
      return aggregate(show as 'sum' | 'avg' | 'min' | 'max', value, group);
  }
}

function histogramExpr(
  { metric: { name }, window }: MetricPanel,
  show: Show,
  labels: readonly string[],
): Expr {
  const group = grouping(labels);
  const quantile = quantiles.get(show) ?? (show === 'max' ? 1 : show === 'min' ? 0 : undefined);
  if (quantile !== undefined) {
    const buckets = aggregate('sum', rateOf(`${name}_bucket`), grouping(['le', ...labels]));
    return call('histogram_quantile', number(quantile), buckets);
  }
  const sum = aggregate('sum', rateOf(`${name}_sum`), group);
  const count = aggregate('sum', rateOf(`${name}_count`), group);
  switch (show) {
    case 'rate':
      return count;
    case 'increase':
      return aggregate('sum', increaseOf(`${name}_count`, window), group);
    case 'avg':
      return binary('/', sum, binary('>', count, number(0)));
    default:
      return sum;
  }
}

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
  const { metric, show, by } = panel;
  const labels = by.map(({ wire }) => wire);
  const open = by.some(({ bound }) => bound.kind === 'open' && bound.cap > mostLines);
  return show.map((each): PanelQuery => {
    const expr = exprOf(panel, each, labels);
    const isPlain = metric.type === 'gauge' && each === 'value' && expr.kind !== 'aggregation';
    const rows = isPlain ? metric.labels : by;
    const legend = labelLegend(isPlain ? [...metric.labels.map(({ wire }) => wire), 'instance'] : labels);
    const word = show.length > 1 || legend === '' ? each : '';
    return {
      expr: open ? aggregate('topk', expr, undefined, number(mostLines)) : expr,
      legend: word === '' ? legend : `${word} ${legend}`.trim(),
      exemplar: metric.exemplars && quantiles.has(each),
      by: rows,
    };
  });
}

/** A query that the author wrote; the legend is the name given to it, or the labels that its aggregation keeps. */
export function authoredQuery(expr: Expr, name: string | undefined): PanelQuery {
  const kept =
    expr.kind === 'aggregation' && expr.grouping?.mode === 'by' ? labelLegend(expr.grouping.labels) : '';
  return { expr, legend: [name, kept].filter(Boolean).join(' ') || '__auto', exemplar: false, by: undefined };
}

/** How many observations fell into each bucket, for a heatmap. */
export function heatmapQuery(metric: Metric): PanelQuery {
  const buckets = aggregate('sum', increaseOf(`${metric.name}_bucket`, 'step'), grouping(['le']));
  return { expr: buckets, legend: '{{le}}', exemplar: metric.exemplars, by: [] };
}
