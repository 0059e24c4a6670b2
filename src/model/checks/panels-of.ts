import type { Dashboard, Model, Panel, Query } from '../model.js';
import { queriesOfPanel } from '../resolve/readers.js';

/** A panel that the spec writes down, with its dashboard. */
export interface PlacedPanel {
  readonly dashboard: Dashboard;
  readonly panel: Panel;
}

/** Every panel of the spec. */
export function* panelsOf(model: Model): Iterable<PlacedPanel> {
  for (const dashboard of model.dashboards.values()) {
    for (const panel of dashboard.rows.flatMap((row) => row.panels)) yield { dashboard, panel };
  }
}

/** The queries in PromQL that are written into panels, each with its panel. */
export function* panelQueriesOf(model: Model): Iterable<PlacedPanel & { readonly query: Query }> {
  for (const placed of panelsOf(model))
    for (const query of queriesOfPanel(placed.panel.source)) yield { ...placed, query };
}
