import type { Model, Query } from '../model.js';
import { queriesOfAlert, queriesOfPanel, queriesOfSli } from '../resolve/readers.js';

/** Every query that somebody wrote into the spec, each once. */
export function queriesOf(model: Model): readonly Query[] {
  const queries: Query[] = [];
  for (const sli of model.slis.values()) {
    queries.push(...queriesOfSli(sli));
    if (sli.form === 'latency' && sli.matchers !== undefined) queries.push(sli.matchers);
  }
  for (const alert of model.alerts.values()) queries.push(...queriesOfAlert(alert));
  for (const dashboard of model.dashboards.values()) {
    for (const panel of dashboard.rows.flatMap((row) => row.panels))
      queries.push(...queriesOfPanel(panel.source));
  }
  return queries;
}
