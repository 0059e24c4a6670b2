import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Metric, Panel, PanelSource, Show } from '../model.js';
import { isInfrastructureLabel } from './infrastructure-labels.js';
import { itemRange } from './places.js';
import type { Rule } from './rule.js';
import { itsLabels, plainList, withArticle } from './words.js';

/** What can be shown of each type. */
const views: Readonly<Record<Metric['type'], readonly Show[]>> = {
  counter: ['rate', 'increase'],
  gauge: ['value', 'sum', 'avg', 'min', 'max'],
  histogram: ['rate', 'increase', 'avg', 'p50', 'p90', 'p95', 'p99'],
};

function whyNot(show: Show, type: Metric['type']): string {
  if (/^p[0-9]/.test(show)) return `a quantile needs a histogram, and this is ${withArticle(type)}`;
  if (type === 'gauge') return `${withArticle(type)} goes up and down, so that its ${show} says nothing`;
  return `${withArticle(type)} has no \`${show}\``;
}

function* shows(panel: Panel, metric: Metric, show: readonly Show[]): Iterable<Diagnostic> {
  if (metric.repaired.has('type')) return;
  const isList = panel.origin.text('show') === undefined;
  for (const [index, each] of show.entries()) {
    if (views[metric.type].includes(each)) continue;
    yield diagnostic('OBS3503', {
      message: `\`${each}\` cannot be shown of \`${metric.name}\`: ${whyNot(each, metric.type)}`,
      range: isList ? panel.origin.of('show', index) : panel.origin.of('show'),
      related: [{ range: metric.origin.key, message: `\`${metric.name}\` is ${withArticle(metric.type)}` }],
      help: `use ${plainList(views[metric.type])}`,
    });
  }
}

function* groups(panel: Panel, source: Extract<PanelSource, { kind: 'metric' }>): Iterable<Diagnostic> {
  const { metric, by } = source;
  if (metric.repaired.has('labels')) return;
  for (const label of by) {
    if (metric.labels.some((each) => each.wire === label.wire) || isInfrastructureLabel(label.wire)) continue;
    yield diagnostic('OBS3504', {
      message: `\`${metric.name}\` has no label \`${label.key}\``,
      range: itemRange(panel.origin, label, 'by'),
      related: [{ range: metric.origin.key, message: `\`${metric.name}\` is declared here` }],
      help: itsLabels(metric.labels.map((each) => each.key)),
    });
  }
}

function heatmap(panel: Panel): Diagnostic | undefined {
  const { source, type, origin } = panel;
  if (type !== 'heatmap' || source.kind === 'queries') return undefined;
  if (
    source.kind === 'metric' &&
    (source.metric.type === 'histogram' || source.metric.repaired.has('type'))
  ) {
    return undefined;
  }
  return diagnostic('OBS3506', {
    message:
      source.kind === 'metric'
        ? `a heatmap needs a histogram, and \`${source.metric.name}\` is ${withArticle(source.metric.type)}`
        : 'a heatmap needs a histogram',
    range: origin.of('type'),
    help: 'name a histogram under `metric`, or use `type: timeseries`',
  });
}

/** OBS3503, OBS3504, OBS3506: what a panel shows of a metric can be had of it. */
export const panelViews: Rule = function* ({ model }) {
  for (const dashboard of model.dashboards.values()) {
    for (const panel of dashboard.rows.flatMap((row) => row.panels)) {
      const wrongType = heatmap(panel);
      if (wrongType !== undefined) yield wrongType;
      if (panel.source.kind !== 'metric') continue;
      if (wrongType === undefined) yield* shows(panel, panel.source.metric, panel.source.show);
      yield* groups(panel, panel.source);
    }
  }
};
