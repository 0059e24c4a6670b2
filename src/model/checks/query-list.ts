import type { ExternalMetric, Metric, Model, Query } from '../model.js';
import { queriesOfAlert, queriesOfPanel, queriesOfSli } from '../resolve/readers.js';

export interface WrittenQuery {
  readonly query: Query;
  /** What selectors without a name are about. */
  readonly subject?: Metric | ExternalMetric;
}

/** Every query that somebody wrote into the spec, each once. */
export function queriesOf(model: Model): readonly WrittenQuery[] {
  const queries: WrittenQuery[] = [];
  const add = (found: readonly Query[]): void => {
    for (const query of found) queries.push({ query });
  };
  for (const sli of model.slis.values()) {
    add(queriesOfSli(sli));
    if ((sli.form === 'latency' || sli.form === 'nativeLatency') && sli.matchers !== undefined)
      queries.push({ query: sli.matchers, subject: sli.histogram });
  }
  for (const alert of model.alerts.values()) add(queriesOfAlert(alert));
  for (const dashboard of model.dashboards.values()) {
    for (const panel of dashboard.rows.flatMap((row) => row.panels)) add(queriesOfPanel(panel.source));
  }
  return queries;
}
