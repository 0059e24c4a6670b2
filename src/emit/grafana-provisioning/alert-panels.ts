import { allDashboards } from '../../dashboards/index.js';
import type { Model, Panel } from '../../model/model.js';
import { burnAlert, noDataAlert } from '../../slo/names.js';
import { builtDashboard } from '../grafana/build.js';
import type { GrafanaDashboard, GrafanaPanel, GrafanaRow } from '../grafana/dashboard.js';

/** A panel that shows what an alert looks at. */
export interface PanelLink {
  /** uid of the dashboard. */
  readonly dashboard: string;
  /** id of the panel. */
  readonly panel: number;
}

/** All panels of a dashboard, those of closed rows as well. */
function panelsIn({ panels }: GrafanaDashboard): readonly GrafanaPanel[] {
  return panels.flatMap((panel) =>
    panel.type === 'row' ? (panel as GrafanaRow).panels : [panel as GrafanaPanel],
  );
}

/** The alerts that a panel shows the limits of. */
function alertsShown({ thresholdsFrom, source }: Panel): readonly string[] {
  if (source.kind === 'slo') {
    const { name } = source.slo;
    return [burnAlert(name, 'page'), burnAlert(name, 'ticket'), noDataAlert(name)];
  }
  return thresholdsFrom === undefined ? [] : [thresholdsFrom.name];
}

/**
 * By the name of an alert, the panel that shows it: Grafana links the alert to it, and marks it there. The first one, or rather the first
 * that has a time axis: an objective is several panels.
 */
export function panelsOfAlerts(model: Model): ReadonlyMap<string, PanelLink> {
  const first = new Map<string, PanelLink>();
  const overTime = new Map<string, PanelLink>();
  for (const dashboard of allDashboards(model)) {
    const { json, origins } = builtDashboard(model, dashboard);
    const withTime = new Set(panelsIn(json).flatMap(({ id, type }) => (type === 'timeseries' ? [id] : [])));
    for (const [panel, origin] of origins) {
      for (const alert of alertsShown(origin)) {
        const link = { dashboard: json.uid, panel };
        if (!first.has(alert)) first.set(alert, link);
        if (withTime.has(panel) && !overTime.has(alert)) overTime.set(alert, link);
      }
    }
  }
  return new Map([...first, ...overTime]);
}
