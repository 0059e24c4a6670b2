import { variableUses } from '../../dashboard-lint/variable-names.js';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { nearest } from '../../diagnostics/did-you-mean.js';
import type { Text } from '../../diagnostics/text.js';
import { scopeVariables } from '../../emit/grafana/scope.js';
import { rangeIn } from '../../promql/query.js';
import type { Dashboard, Model } from '../model.js';
import { queriesOfPanel } from '../resolve/readers.js';
import { panelsOf } from './panels-of.js';
import type { Rule } from './rule.js';
import { quotedList } from './words.js';

/** The variables that a dashboard can have: those for its data sources, of the scrape, and of the spec's labels. */
function declared(dashboard: Dashboard): readonly string[] {
  const sources = [
    'datasource',
    'prometheus_datasource',
    'loki_datasource',
    'tempo_datasource',
    'jaeger_datasource',
  ];
  return [...scopeVariables(dashboard).map(({ name }) => name), ...sources];
}

/** The key of a label of the spec that a variable would be called by. */
function labelCalled(model: Model, name: string): string | undefined {
  return [...model.labels.values()].find(({ key, wire }) => key.replace(/\W/g, '_') === name || wire === name)
    ?.key;
}

function* undeclared(model: Model, dashboard: Dashboard, text: Text): Iterable<Diagnostic> {
  const names = declared(dashboard);
  for (const { name, from, to } of variableUses(text.value)) {
    // Ours, which another rule knows.
    if (names.includes(name) || name === 'window') continue;
    const near = nearest(name, names);
    const label = labelCalled(model, name);
    const own = names.filter((each) => !each.endsWith('datasource'));
    const range = rangeIn(text, { from, to });
    yield diagnostic('OBS3514', {
      message: `\`${dashboard.name}\` has no variable \`${name}\``,
      range,
      related: [{ range: dashboard.origin.of('variables'), message: 'the variables of the dashboard' }],
      help:
        label !== undefined
          ? `add \`${label}\` to its \`variables\``
          : near === undefined
            ? `it has ${quotedList(own)}`
            : `did you mean \`${near}\`?`,
    });
  }
}

/** OBS3514: a variable in a query is one of the dashboard. */
export const panelVariables: Rule = function* ({ model }) {
  for (const { dashboard, panel } of panelsOf(model)) {
    if (dashboard.repaired.has('variables')) continue;
    const texts =
      panel.source.kind === 'foreign'
        ? [panel.source.query]
        : queriesOfPanel(panel.source).flatMap(({ text, expr }) => (expr === undefined ? [] : [text]));
    for (const text of texts) yield* undeclared(model, dashboard, text);
  }
};
