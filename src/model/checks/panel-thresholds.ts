import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { baseOf } from '../../promql/analysis/units.js';
import type { Alert, Model, Panel } from '../model.js';
import { queriesOfAlert, queriesOfPanel } from '../resolve/readers.js';
import { metricsOfQuery } from './groupings.js';
import { unitOfAlert, unitOfPanel } from './panel-values.js';
import { panelsOf } from './panels-of.js';
import type { Rule } from './rule.js';
import { quotedList } from './words.js';

function namesShown(model: Model, { source }: Panel): readonly string[] {
  if (source.kind === 'metric') return [source.metric.name];
  return queriesOfPanel(source).flatMap((query) => metricsOfQuery(model, query).map(({ name }) => name));
}

function namesWatched(model: Model, alert: Alert): readonly string[] {
  const { condition } = alert;
  if (condition.form === 'forecast') return [condition.metric.name];
  return [
    ...new Set(
      queriesOfAlert(alert).flatMap((query) => metricsOfQuery(model, query).map(({ name }) => name)),
    ),
  ];
}

/** Busy seconds for each second are a share. */
function comparable(unit: string): string {
  return unit === 'seconds/s' ? 'ratio' : unit;
}

function inWords(unit: string): string {
  if (unit === 'ratio') return 'a share';
  return unit === baseOf(unit) ? unit : `${baseOf(unit)} per second`;
}

function faultOf(model: Model, panel: Panel, alert: Alert): Diagnostic | undefined {
  const [shown, watched] = [namesShown(model, panel), namesWatched(model, alert)];
  if (shown.length === 0 || watched.length === 0) return undefined;
  const range = panel.origin.of('thresholdsFrom');
  const related = [{ range: alert.origin.key, message: `\`${alert.name}\` is declared here` }];
  if (!shown.some((name) => watched.includes(name))) {
    return diagnostic('OBS3513', {
      message: `\`${alert.name}\` watches ${quotedList(watched)}, and the panel shows ${quotedList([...new Set(shown)])}`,
      range,
      related,
      help: 'name an alert on what the panel shows, or leave out `thresholdsFrom`',
    });
  }
  const [unit, other] = [unitOfPanel(model, panel), unitOfAlert(model, alert)];
  if (unit === undefined || other === undefined || comparable(unit) === comparable(other)) return undefined;
  return diagnostic('OBS3513', {
    message: `the threshold of \`${alert.name}\` is ${inWords(other)}, and the panel shows ${inWords(unit)}`,
    range,
    related,
    help: 'show what the alert compares: `thresholdsFrom` alone draws just that',
  });
}

/** OBS3513: the threshold that a panel draws is one of what it shows. */
export const panelThresholds: Rule = function* ({ model }) {
  for (const { panel } of panelsOf(model)) {
    const { thresholdsFrom, source } = panel;
    if (thresholdsFrom === undefined || source.kind === 'alert' || thresholdsFrom.repaired.size > 0) continue;
    const found = faultOf(model, panel, thresholdsFrom);
    if (found !== undefined) yield found;
  }
};
