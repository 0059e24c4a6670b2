import { allDashboards } from '../../dashboards/index.js';
import type { Model } from '../../model/model.js';
import { alertmanagerFile } from '../alertmanager/emitter.js';

/** A store that Grafana reads. */
export type Store = 'metrics' | 'traces' | 'logs' | 'alertmanager';

/**
 * The stores that a spec has a use for: Prometheus always, traces where there are spans, logs where there are events, or where a panel
 * shows them, Alertmanager where the spec routes its alerts.
 */
export function storesOf(model: Model): ReadonlySet<Store> {
  const panels = allDashboards(model).flatMap(({ rows }) => rows.flatMap((row) => row.panels));
  const isShown = (type: 'logs' | 'traces'): boolean => panels.some((panel) => panel.type === type);
  const { security } = model.sections;
  const logs =
    model.logs.events.size > 0 || Object.keys(security?.events ?? {}).length > 0 || isShown('logs');
  return new Set<Store>([
    'metrics',
    ...(model.spans.size > 0 || isShown('traces') ? (['traces'] as const) : []),
    ...(logs ? (['logs'] as const) : []),
    ...(alertmanagerFile.files(model).length > 0 ? (['alertmanager'] as const) : []),
  ]);
}
