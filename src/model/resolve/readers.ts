import { selectors } from '../../promql/walk.js';
import type { Alert, Dashboard, ExternalMetric, Metric, PanelSource, Query, Sli, Slo } from '../model.js';
import { detectionCounter, securityAlertName } from '../security-alerts.js';
import { seriesNamed, type SeriesSource } from '../series.js';

/** The sections that read metrics. */
export interface Consumers {
  readonly slis: ReadonlyMap<string, Sli>;
  readonly slos: ReadonlyMap<string, Slo>;
  readonly alerts: ReadonlyMap<string, Alert>;
  readonly dashboards: ReadonlyMap<string, Dashboard>;
  /** Names of the security events that alert. */
  readonly securityAlerts: readonly string[];
}

/** The queries of an SLI, those of its forms that name metrics directly left out. */
export function queriesOfSli(sli: Sli): readonly Query[] {
  switch (sli.form) {
    case 'events':
      return [sli.total, sli.good, sli.bad].filter((query) => query !== undefined);
    case 'timeSlice':
    case 'query':
      return [sli.query];
    default:
      return [];
  }
}

/** The metrics that an SLI names directly. */
export function namedMetrics(sli: Sli): readonly (Metric | ExternalMetric)[] {
  switch (sli.form) {
    case 'latency':
    case 'nativeLatency':
    case 'quantile':
      return [sli.histogram];
    case 'boolean':
      return [sli.gauge];
    case 'freshness':
      return [sli.timestamp];
    default:
      return [];
  }
}

/** The queries of an alert. */
export function queriesOfAlert({ condition }: Alert): readonly Query[] {
  switch (condition.form) {
    case 'expr':
    case 'anomaly':
      return [condition.query];
    case 'ratio':
      return [condition.part, condition.whole];
    case 'absent':
      return [condition.selector];
    case 'forecast':
      return [];
  }
}

/** The queries that a panel shows itself. */
export function queriesOfPanel(source: PanelSource): readonly Query[] {
  return source.kind === 'queries' ? source.queries.map((each) => each.query) : [];
}

/**
 * For each metric of this service, what reads it: 'slo run-success', 'alert QueueGrowing', 'dashboard overview', and 'sli x' for an SLI
 * that no SLO uses.
 */
export function readersOf(
  source: SeriesSource,
  { slis, slos, alerts, dashboards, securityAlerts }: Consumers,
): ReadonlyMap<Metric, ReadonlySet<string>> {
  const readers = new Map<Metric, Set<string>>();
  const read = (metric: Metric, reader: string): void => {
    const known = readers.get(metric);
    if (known === undefined) readers.set(metric, new Set([reader]));
    else known.add(reader);
  };
  const readQuery = ({ expr }: Query, reader: string): void => {
    for (const { metric: name } of expr === undefined ? [] : selectors(expr)) {
      const metric = name === undefined ? undefined : seriesNamed(source, name)?.metric;
      if (metric !== undefined && 'readers' in metric) read(metric, reader);
    }
  };
  const readSli = (sli: Sli, reader: string): void => {
    for (const metric of namedMetrics(sli)) if ('readers' in metric) read(metric, reader);
    for (const query of queriesOfSli(sli)) readQuery(query, reader);
  };
  const readAlert = (alert: Alert, reader: string): void => {
    for (const query of queriesOfAlert(alert)) readQuery(query, reader);
    if (alert.condition.form === 'forecast' && 'readers' in alert.condition.metric) {
      read(alert.condition.metric, reader);
    }
  };

  for (const slo of slos.values()) readSli(slo.sli, `slo ${slo.name}`);
  const used = new Set([...slos.values()].map((slo) => slo.sli));
  for (const sli of slis.values()) if (!used.has(sli)) readSli(sli, `sli ${sli.name}`);
  for (const alert of alerts.values()) readAlert(alert, `alert ${alert.name}`);
  const detections = source.metrics.get(detectionCounter);
  if (detections !== undefined) {
    for (const event of securityAlerts) read(detections, `alert ${securityAlertName(event)}`);
  }
  for (const dashboard of dashboards.values()) {
    const reader = `dashboard ${dashboard.name}`;
    for (const panel of dashboard.rows.flatMap((row) => row.panels)) {
      if (panel.source.kind === 'metric') read(panel.source.metric, reader);
      else if (panel.source.kind === 'alert') readAlert(panel.source.alert, reader);
      else if (panel.source.kind === 'slo') readSli(panel.source.slo.sli, reader);
      for (const query of queriesOfPanel(panel.source)) readQuery(query, reader);
    }
  }
  return readers;
}
