import type { Dashboard } from '../model.js';
import { entriesAt, frozenList, frozenRepairs, type Context } from './context.js';
import { resolvePanel, type PanelTargets } from './panels.js';
import { referLabels } from './slis.js';

/** `dashboards`: panels that have nothing to show are left out. */
export function resolveDashboards(context: Context, targets: PanelTargets): ReadonlyMap<string, Dashboard> {
  const dashboards = new Map<string, Dashboard>();
  for (const entry of entriesAt(context, ['dashboards'], context.spec.dashboards)) {
    const { name, value, origin } = entry;
    const variables = referLabels(context, targets.labels, entry, value.variables, 'variables');
    const rows = value.rows.map((row, rowIndex) => {
      const panels = row.panels.map((panel, index) =>
        resolvePanel(context, targets, entry, panel, ['rows', rowIndex, 'panels', index]),
      );
      return Object.freeze({
        title: row.title,
        panels: frozenList(panels.filter((panel) => panel !== undefined)),
      });
    });
    dashboards.set(
      name,
      Object.freeze({
        name,
        title: value.title,
        description: value.description,
        variables,
        refresh: value.refresh,
        from: value.from,
        annotations: Object.freeze({
          deployments: value.annotations?.deployments ?? false,
          alerts: value.annotations?.alerts ?? false,
        }),
        rows: frozenList(rows),
        expires: value.expires,
        owner: value.owner ?? context.spec.service.owner,
        origin,
        repaired: frozenRepairs(entry.repaired),
      }),
    );
  }
  return dashboards;
}
