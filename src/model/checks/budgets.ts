import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import type { Label, Metric, Model } from '../model.js';
import { labelSize, seriesPerRow, worstCaseSeries } from '../series.js';
import { isReplaced, labelRange } from './places.js';
import type { Rule } from './rule.js';
import { grouped, plainList, plural } from './words.js';

/** Whether a metric's worst case is what its author meant: nothing that it depends on was replaced. */
function isKnown(metric: Metric): boolean {
  const { repaired, labels } = metric;
  return (
    !['type', 'labels', 'buckets'].some((key) => repaired.has(key)) &&
    labels.every(
      (label) =>
        !label.repaired.has('cap') && !label.repaired.has('values') && !label.repaired.has('registered'),
    )
  );
}

/** The label with the most values. */
function dominant(metric: Metric): Label | undefined {
  let largest: Label | undefined;
  for (const label of metric.labels) {
    if (largest === undefined || labelSize(label) > labelSize(largest)) largest = label;
  }
  return largest;
}

/** Why a metric has so many series: its factors, as 61 (tool) x 5 (outcome). */
function product(metric: Metric): string {
  const factors = metric.labels.map((label) => `${grouped(labelSize(label))} (${label.key})`);
  const row = seriesPerRow(metric);
  return (row === 1 ? factors : [...factors, `${row} (buckets)`]).join(' × ');
}

/** What would fit: a cap, fewer buckets, a label less. */
function wayOut(metric: Metric, label: Label, worst: number, budget: number): string {
  const rest = worst / labelSize(label);
  const fitting = Math.floor(budget / rest);
  const rows = worst / seriesPerRow(metric);
  const buckets = metric.type === 'histogram' ? Math.floor(budget / rows) - 3 : 0;
  const ways: string[] = [];
  if (label.bound.kind === 'closed') {
    if (fitting >= 1) ways.push(`${plural(fitting, 'value')} of \`${label.key}\` would fit`);
  } else if (fitting >= 2) {
    ways.push(`a cap of ${grouped(fitting - 1)} on \`${label.key}\` would fit`);
  }
  if (buckets >= 1) ways.push(`${plural(buckets, 'bucket')} would fit`);
  if (rest <= budget) ways.push(`without \`${label.key}\` there are ${grouped(rest)} series`);
  if (ways.length === 0) ways.push('take labels off it');
  return `${ways.join('; ')}; or raise budgets.seriesPerMetric`;
}

/** What the author can change: the label on the metric, or, where a preset wrote it, the budget. */
function placeOf({ budgets }: Model, metric: Metric, label: Label): Range {
  const budget = metric.origin.preset === undefined ? undefined : budgets.origin?.of('seriesPerMetric');
  return budget ?? labelRange(metric, label);
}

function overBudget(model: Model, metric: Metric, worst: number): Diagnostic {
  const { budgets } = model;
  const budget = budgets.seriesPerMetric;
  const label = dominant(metric);
  const related =
    budgets.origin === undefined
      ? []
      : [{ range: budgets.origin.of('seriesPerMetric'), message: 'the budget of a metric' }];
  const total = `\`${metric.name}\` can have ${plural(worst, 'series', 'series')}, above the budget of ${grouped(budget)}`;
  if (label === undefined) {
    return diagnostic('OBS3401', {
      message: `${total}, by its buckets alone`,
      range: metric.origin.key,
      related,
      help: 'use fewer buckets, or raise budgets.seriesPerMetric',
    });
  }
  const size = labelSize(label);
  const weight =
    size * seriesPerRow(metric) > budget
      ? `: \`${label.key}\` with ${plural(size, 'value')} is too much by itself`
      : `: ${product(metric)}, most of it by \`${label.key}\``;
  return diagnostic('OBS3401', {
    message: `${total}${metric.labels.length === 1 && size * seriesPerRow(metric) <= budget ? '' : weight}`,
    range: placeOf(model, metric, label),
    related: [{ range: label.origin.key, message: `\`${label.key}\` is declared here` }, ...related],
    help: wayOut(metric, label, worst, budget),
  });
}

function instanceOverBudget(
  model: Model,
  weights: readonly (readonly [Metric, number])[],
  total: number,
): Diagnostic {
  const { seriesPerInstance, origin } = model.budgets;
  const heaviest = [...weights].sort(([, a], [, b]) => b - a).slice(0, 3);
  const [first] = heaviest;
  const label = first === undefined ? undefined : dominant(first[0]);
  const named = heaviest.map(([metric, series]) => `${metric.name} (${grouped(series)})`);
  return diagnostic('OBS3403', {
    message: `one instance can expose ${grouped(total)} series, above the budget of ${grouped(seriesPerInstance)}`,
    range: origin?.of('seriesPerInstance') ?? first?.[0].origin.key,
    related: heaviest.map(([metric, series]) => ({
      range: metric.origin.key,
      message: plural(series, 'series', 'series'),
    })),
    help: `most of it by ${plainList(named)}${label === undefined ? '' : `, where \`${label.key}\` weighs most`}; lower caps, or raise budgets.seriesPerInstance`,
  });
}

/** OBS3401, OBS3403: the worst cases of the metrics, each and together, are within the budgets. */
export const budgets: Rule = function* (input) {
  const { model } = input;
  const { seriesPerMetric, seriesPerInstance } = model.budgets;
  if (isReplaced(input, '/budgets', 'seriesPerMetric', 'seriesPerInstance')) return;
  const weights: (readonly [Metric, number])[] = [];
  let total = 0;
  for (const metric of model.metrics.values()) {
    if (!isKnown(metric)) continue;
    const worst = worstCaseSeries(metric);
    if (worst > seriesPerMetric) yield overBudget(model, metric, worst);
    // What one metric has too much is reported above: here it counts as if that had been mended.
    const counted = Math.min(worst, seriesPerMetric);
    weights.push([metric, counted]);
    total += counted;
  }
  if (total > seriesPerInstance) yield instanceOverBudget(model, weights, total);
};
