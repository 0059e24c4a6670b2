import type { Panel as SpecPanel } from '../../spec/spec.js';
import { locate } from '../../spec/located.js';
import type { Alert, Label, Metric, Origin, Panel, PanelSource, PanelType, Show, Slo } from '../model.js';
import { originOfItem } from '../origin.js';
import { frozenList, itemsOf, textOf, type Context, type Entry } from './context.js';
import { purposes, referMetric, type MetricTargets } from './metric-references.js';
import { refer, type Targets } from './references.js';

export interface PanelTargets {
  readonly labels: Targets<Label>;
  readonly metrics: MetricTargets;
  readonly slos: Targets<Slo>;
  readonly alerts: Targets<Alert>;
}

/** What a panel shows of a metric where the author did not say. */
function defaultShow(metric: Metric, type: PanelType): readonly Show[] {
  if (metric.type === 'counter') return ['rate'];
  if (metric.type === 'gauge') return ['value'];
  return type === 'heatmap' ? ['rate'] : ['p50', 'p95', 'p99'];
}

/** How a panel is drawn where the author did not say: by what it shows. */
function defaultType(panel: SpecPanel): PanelType {
  return panel.text === undefined ? 'timeseries' : 'text';
}

interface Parts {
  readonly context: Context;
  readonly targets: PanelTargets;
  readonly panel: SpecPanel;
  readonly type: PanelType;
  readonly origin: Origin;
  readonly dashboard: Pick<Entry<unknown>, 'repaired'>;
  readonly alert: Alert | undefined;
}

function metricSource(parts: Parts, name: string): PanelSource | undefined {
  const { context, targets, panel, type, origin, dashboard } = parts;
  const by: Label[] = [];
  for (const { name: key, range } of itemsOf(origin, panel.by, 'by')) {
    const label = refer(context, targets.labels, key, range, panel.by);
    if (label === undefined) dashboard.repaired.add('rows');
    else by.push(label);
  }
  const metric = referMetric(context, targets.metrics, name, origin.of('metric'), purposes.panel);
  if (metric === undefined) return undefined;
  const show = panel.show === undefined ? defaultShow(metric, type) : [panel.show].flat();
  return { kind: 'metric', metric, show: Object.freeze([...show]), by: frozenList(by) };
}

function sourceOf(parts: Parts): PanelSource | undefined {
  const { context, targets, panel, type, origin, alert } = parts;
  if (type === 'alertlist') return { kind: 'alertlist' };
  if (panel.metric !== undefined) return metricSource(parts, panel.metric);
  if (panel.query !== undefined) {
    const text = textOf(origin, panel.query, 'query');
    if (type === 'logs' || type === 'traces') return { kind: 'foreign', query: text };
    return {
      kind: 'queries',
      queries: frozenList([{ name: undefined, query: context.queryAt(origin, panel.query, 'query') }]),
    };
  }
  if (panel.queries !== undefined) {
    const queries = Object.entries(panel.queries).map(([name, query]) =>
      Object.freeze({ name, query: context.queryAt(origin, query, 'queries', name) }),
    );
    return { kind: 'queries', queries: frozenList(queries) };
  }
  if (panel.slo !== undefined) {
    const slo = refer(context, targets.slos, panel.slo, origin.of('slo'));
    return slo && { kind: 'slo', slo };
  }
  if (panel.text !== undefined) return { kind: 'text', markdown: panel.text };
  return alert && { kind: 'alert', alert };
}

function defaultTitle(panel: SpecPanel, source: PanelSource): string {
  switch (source.kind) {
    case 'metric':
      return source.metric.name;
    case 'slo':
      return source.slo.name;
    case 'alert':
      return source.alert.name;
    default:
      return panel.thresholdsFrom ?? '';
  }
}

/** One panel; undefined where what it shows is not to be had (the dashboard's rows then count as repaired). */
export function resolvePanel(
  context: Context,
  targets: PanelTargets,
  dashboard: Entry<unknown>,
  panel: SpecPanel,
  path: readonly (string | number)[],
): Panel | undefined {
  const located = locate(context.loaded.root, ['dashboards', dashboard.name, ...path]);
  const origin =
    located === undefined ? dashboard.origin : originOfItem(located, 'title', dashboard.origin.preset);
  const alert =
    panel.thresholdsFrom === undefined
      ? undefined
      : refer(context, targets.alerts, panel.thresholdsFrom, origin.of('thresholdsFrom'));
  const type = panel.type ?? defaultType(panel);
  const source = sourceOf({ context, targets, panel, type, origin, dashboard, alert });
  if (source === undefined) {
    dashboard.repaired.add('rows');
    return undefined;
  }
  return Object.freeze({
    title: panel.title ?? defaultTitle(panel, source),
    type,
    description: panel.description,
    unit: panel.unit,
    stack: panel.stack ?? false,
    source: Object.freeze(source),
    thresholdsFrom: alert,
    origin,
  });
}
