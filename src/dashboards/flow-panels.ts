import type { Label, Model, Panel } from '../model/model.js';
import { labelSize } from '../model/series.js';
import type { Expr } from '../promql/ast.js';
import type { DraftRow } from './board.js';
import { counted, dimension, type Flow } from './flows.js';
import { quantile, rate, share } from './fragments.js';
import { watchedMetric } from './limits.js';
import { failuresOf, outcomeLabel } from './outcomes.js';
import { linesPanel, metricPanel } from './panels.js';
import { titled, titledBy, titleOf } from './words.js';

/** What people call the work of a flow: `Model calls`. */
export function nounOf(model: Model, { count, name }: Flow): string {
  return count === undefined ? titled(name) : titleOf(model, count);
}

const advice = {
  rate: 'Good: its usual level for the time of day. Where it stops, look at what sends the work; where it jumps, at who sends more.',
  errors:
    'The share of it that fails. Good: near 0 %. Where it rises, see which one fails and how, then read log lines and traces of that time.',
  time: 'Good: flat. Where p95 leaves p50 behind, a few take long: open the traces of the slow ones; where both rise, look at what it waits for.',
} as const;

/** How many a second, as one number. */
export function rateStat(model: Model, flow: Flow, title = nounOf(model, flow)): Panel | undefined {
  const metric = counted(flow);
  if (metric === undefined) return undefined;
  return metricPanel(
    model,
    metric,
    { title, description: advice.rate },
    { show: ['rate'] },
    { type: 'stat' },
  );
}

/** The share that fails; undefined where the spec does not say what a failure is. */
export function failureShare(model: Model, flow: Flow, labels: readonly Label[] = []): Expr | undefined {
  const failures = flow.count && failuresOf(model, flow.count, flow.span);
  if (failures === undefined) return undefined;
  const { metric, part, whole } = failures;
  return share(rate(metric, labels, part), rate(metric, labels, whole));
}

/** The share that fails, as one number. */
export function failureStat(model: Model, flow: Flow, title: string): Panel | undefined {
  const expr = failureShare(model, flow);
  if (expr === undefined || flow.count === undefined) return undefined;
  return linesPanel(model, flow.count, { title, description: advice.errors }, [{ expr }], { type: 'stat' });
}

/** The time that most take at the most, as one number. */
export function timeStat(model: Model, flow: Flow, title: string): Panel | undefined {
  if (flow.duration === undefined) return undefined;
  const words = { title, description: advice.time };
  return metricPanel(model, flow.duration, words, { show: ['p95'] }, { type: 'stat' });
}

/** How many a second, by how they ended, or by what people ask for first. */
function ratePanel(model: Model, flow: Flow): Panel | undefined {
  const metric = counted(flow);
  if (metric === undefined) return undefined;
  const outcome = outcomeLabel(metric);
  const label = outcome ?? dimension(metric);
  const by = label === undefined ? [] : [label];
  const title = titledBy(nounOf(model, flow), by);
  const words = { title, description: advice.rate };
  return metricPanel(model, metric, words, { show: ['rate'], by }, { stack: outcome !== undefined });
}

function failurePanel(model: Model, flow: Flow): Panel | undefined {
  const { count } = flow;
  if (count === undefined) return undefined;
  const label = dimension(count);
  const by = failuresOf(model, count, flow.span)?.by ?? (label === undefined ? [] : [label]);
  const expr = failureShare(model, flow, by);
  if (expr === undefined) return undefined;
  const title = titledBy(`${nounOf(model, flow)}: errors`, by);
  return linesPanel(model, count, { title, description: advice.errors }, [{ expr }]);
}

/** Labels with more values than this are not drawn one by one. */
const longestList = 61;

/** Percentiles of all, and of each where there are few enough of them to read. */
function timePanels(model: Model, flow: Flow): readonly Panel[] {
  const { duration } = flow;
  if (duration === undefined) return [];
  const noun = nounOf(model, flow);
  const words = { title: `${noun}: time`, description: advice.time };
  const watched = watchedMetric(model, duration);
  const alert = watched?.by.length === 0 ? watched.alert : undefined;
  const all = metricPanel(model, duration, words, { show: ['p50', 'p95', 'p99'] }, { alert });
  const label = dimension(duration);
  if (label === undefined) return [all];
  if (labelSize(label) > longestList) return [all];
  const each = { title: titledBy(`${noun}: p95`, [label]), description: advice.time };
  return [all, metricPanel(model, duration, each, { show: ['p95'], by: [label] })];
}

/** Rate, errors and duration of one kind of work. */
export function flowPanels(model: Model, flow: Flow): readonly (Panel | undefined)[] {
  return [ratePanel(model, flow), failurePanel(model, flow), ...timePanels(model, flow)];
}

/** A closed row for each of the kinds of work that come after the first. */
export function flowRows(model: Model, flows: readonly Flow[]): readonly DraftRow[] {
  return flows.map((flow) => ({
    title: nounOf(model, flow),
    collapsed: true,
    panels: flowPanels(model, flow),
  }));
}

/** How the times of one kind of work spread. */
export function spreadPanel(model: Model, flow: Flow): Panel | undefined {
  if (flow.duration === undefined) return undefined;
  const description =
    'How times spread. Good: one band that stays where it is. A second band above it is a slow path: open its traces.';
  const words = { title: `${nounOf(model, flow)}: spread of times`, description };
  return metricPanel(model, flow.duration, words, { show: ['rate'] }, { type: 'heatmap' });
}

/** More lines than this nobody tells apart. */
const mostFlows = 8;

/** Rate, errors and duration of all kinds of work beside each other, a line for each; of a single kind, all about it. */
export function overviewPanels(model: Model, all: readonly Flow[]): readonly (Panel | undefined)[] {
  const timed = all.filter(({ duration }) => duration !== undefined);
  const flows = (timed.length > 0 ? timed : all).slice(0, mostFlows);
  const [only, ...others] = flows;
  if (only !== undefined && others.length === 0) return flowPanels(model, only);
  const named = flows.map((flow) => ({ name: nounOf(model, flow), flow }));
  const first = flows.map(counted).find((metric) => metric !== undefined);
  if (first === undefined) return [];
  const rates = named.flatMap(({ name, flow }) => {
    const metric = counted(flow);
    return metric === undefined ? [] : [{ name, expr: rate(metric) }];
  });
  const failures = named.flatMap(({ name, flow }) => {
    const expr = failureShare(model, flow);
    return expr === undefined ? [] : [{ name, expr }];
  });
  const times = named.flatMap(({ name, flow }) =>
    flow.duration === undefined ? [] : [{ name, expr: quantile(0.95, flow.duration) }],
  );
  const made = (title: string, description: string, lines: typeof rates): Panel | undefined =>
    lines.length === 0 ? undefined : linesPanel(model, first, { title, description }, lines);
  return [
    made('Rate', advice.rate, rates),
    made('Errors', advice.errors, failures),
    made('Duration, p95', advice.time, times),
  ];
}
