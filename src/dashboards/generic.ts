import type { Label, Metric, Model, Panel, PanelType, Show } from '../model/model.js';
import { labelSize } from '../model/series.js';
import { dimension, manner } from './flows.js';
import { outcomeLabel } from './outcomes.js';
import { watchedMetric } from './limits.js';
import { metricPanel } from './panels.js';
import { adviceOf, isState, isTrouble, titledBy, titleOf } from './words.js';

interface View {
  readonly type: PanelType;
  readonly show: readonly Show[];
  readonly by: readonly Label[];
  readonly stack: boolean;
}

const mostStats = 6;

/** More lines than this are a table. */
const mostLines = 12;

function listed(label: Label | undefined): readonly Label[] {
  return label === undefined ? [] : [label];
}

function viewOf(metric: Metric): View {
  const { type, labels } = metric;
  const main = dimension(metric);
  if (type === 'counter') {
    const outcome = outcomeLabel(metric);
    const by = listed(outcome ?? manner(metric) ?? main);
    return { type: 'timeseries', show: ['rate'], by, stack: outcome !== undefined };
  }
  if (type === 'histogram') {
    const few = main !== undefined && labelSize(main) <= mostLines;
    return {
      type: 'timeseries',
      show: few ? ['p95'] : ['p50', 'p95', 'p99'],
      by: few ? [main] : [],
      stack: false,
    };
  }
  if (isState(metric)) return { type: 'state-timeline', show: ['min'], by: labels.slice(0, 1), stack: false };
  if (/_info$/.test(metric.name)) return { type: 'table', show: ['max'], by: labels, stack: false };
  return { type: 'timeseries', show: ['value'], by: listed(manner(metric) ?? main), stack: false };
}

/** How a metric is shown that nothing more is known of than its type, its unit and its labels. */
export function genericPanel(model: Model, metric: Metric): Panel {
  const watched = watchedMetric(model, metric);
  const plain = viewOf(metric);
  const view = watched === undefined ? plain : { ...plain, show: [watched.show], by: watched.by };
  const quantile = view.show.length === 1 && /^p\d/.test(view.show[0] ?? '') ? `, ${view.show[0]}` : '';
  const told = view.type === 'table' ? [] : view.by;
  const title = titledBy(`${titleOf(model, metric)}${quantile}`, told);
  const words = { title, description: adviceOf(metric) };
  return metricPanel(model, metric, words, view, {
    type: view.type,
    stack: view.stack && view.by.length > 0,
    alert: watched?.alert,
  });
}

/** What a metric comes to now, as one number. */
export function genericStat(model: Model, metric: Metric): Panel {
  const watched = watchedMetric(model, metric);
  const show: Show =
    metric.type === 'counter' ? 'rate' : metric.type === 'histogram' ? 'p95' : (watched?.show ?? 'value');
  // Of a limit on the largest or least of each kind nothing changes where all kinds are looked at.
  const same = watched !== undefined && (watched.by.length === 0 || show === 'max' || show === 'min');
  const ending = metric.type === 'gauge' ? ', now' : metric.type === 'histogram' ? ', p95' : '';
  const words = { title: `${titleOf(model, metric)}${ending}`, description: adviceOf(metric) };
  return metricPanel(
    model,
    metric,
    words,
    { show: [show] },
    { type: 'stat', alert: same ? watched.alert : undefined },
  );
}

/** Numbers for the first glance of a board whose work nothing counts as such: what works first, then what fails. */
export function firstStats(model: Model, metrics: readonly Metric[]): readonly Panel[] {
  const rank = (metric: Metric): number =>
    (metric.type === 'gauge' ? 1 : 0) +
    (isTrouble(metric) ? 2 : 0) -
    (watchedMetric(model, metric) === undefined ? 0 : 1.5);
  return metrics
    .filter(({ type, deprecated }) => type !== 'histogram' && deprecated === undefined)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, mostStats)
    .map((metric) => genericStat(model, metric));
}
