import { diagnostic } from '../../diagnostics/create.js';
import type { ExternalMetric, Label, Metric, Model, Panel } from '../model.js';
import { selectors } from '../../promql/walk.js';
import { seriesNamed } from '../series.js';
import { queriesOfAlert } from '../resolve/readers.js';
import { metricsOfQuery, metricsOfSli, wiresOf } from './groupings.js';
import { isInfrastructureLabel } from './infrastructure-labels.js';
import { itemRange } from './places.js';
import type { Rule } from './rule.js';

/** The metrics that a panel draws; undefined where that cannot be known, because it is drawn from logs or traces. */
function metricsOfPanel(model: Model, { source }: Panel): readonly (Metric | ExternalMetric)[] | undefined {
  switch (source.kind) {
    case 'metric':
      return [source.metric];
    case 'queries':
      return source.queries.flatMap(({ query }) => metricsOfQuery(model, query));
    case 'slo':
      return metricsOfSli(model, source.slo.sli);
    case 'objectives':
      return source.slos.flatMap(({ sli }) => metricsOfSli(model, sli) ?? []);
    case 'expressions':
      return source.expressions
        .flatMap(({ expr }) => selectors(expr))
        .flatMap(({ metric = '' }) => model.metrics.get(seriesNamed(model, metric)?.metric.name ?? '') ?? []);
    case 'alert':
      return queriesOfAlert(source.alert).flatMap((query) => metricsOfQuery(model, query));
    case 'foreign':
      return undefined;
    case 'text':
    case 'alertlist':
      return [];
  }
}

function mayCarry(model: Model, panel: Panel, label: Label): boolean {
  if (panel.source.kind === 'foreign') return panel.source.query.value.includes(`$${label.wire}`);
  return (
    metricsOfPanel(model, panel)?.some((metric) => wiresOf(metric)?.includes(label.wire) ?? true) ?? true
  );
}

/** OBS3505: each variable narrows at least one panel. */
export const dashboardVariables: Rule = function* ({ model }) {
  for (const { name, variables, rows, origin, repaired } of model.dashboards.values()) {
    if (repaired.has('rows') || repaired.has('variables')) continue;
    const panels = rows.flatMap((row) => row.panels);
    for (const label of variables) {
      if (isInfrastructureLabel(label.wire) || panels.some((panel) => mayCarry(model, panel, label)))
        continue;
      yield diagnostic('OBS3505', {
        message: `no panel of \`${name}\` shows a metric with the label \`${label.key}\``,
        range: itemRange(origin, label, 'variables'),
        help: `remove \`${label.key}\` from the variables, or show a metric that has it`,
      });
    }
  }
};
