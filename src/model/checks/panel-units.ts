import { isKnownUnit, unitIds } from '../../dashboard-lint/known-units.js';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { nearest } from '../../diagnostics/did-you-mean.js';
import { baseOf } from '../../promql/analysis/units.js';
import type { Panel } from '../model.js';
import { grafanaUnit, shownAs } from '../shown-units.js';
import { shownUnit } from './panel-values.js';
import { panelsOf } from './panels-of.js';
import type { Rule } from './rule.js';

function unknown(panel: Panel, unit: string): Diagnostic {
  const near = nearest(unit, unitIds);
  const range = panel.origin.of('unit');
  return diagnostic('OBS3512', {
    message: `Grafana has no unit \`${unit}\``,
    range,
    help: near === undefined ? 'write `suffix: things` for a unit of your own' : `did you mean \`${near}\`?`,
    fix: near === undefined ? undefined : { range, text: near },
  });
}

/** What a panel of a metric says of its unit against what the metric's name says. */
function contradiction(panel: Panel, unit: string): Diagnostic | undefined {
  const { source, origin } = panel;
  if (source.kind !== 'metric' || source.metric.repaired.has('type')) return undefined;
  const shown = shownUnit(source.metric, source.show[0]);
  const fitting = shownAs[unit];
  const right = shown === undefined ? undefined : grafanaUnit[shown];
  if (shown === undefined || right === undefined || fitting === undefined || fitting.includes(shown))
    return undefined;
  const range = origin.of('unit');
  const base = shown === baseOf(shown) ? shown : `${baseOf(shown)} per second`;
  return diagnostic('OBS3511', {
    message: `\`${source.metric.name}\` is in ${base}, and the panel shows it as \`${unit}\``,
    range,
    related: [{ range: source.metric.origin.key, message: `\`${source.metric.name}\` is declared here` }],
    help: `use \`${right}\`, or leave \`unit\` out: it is then taken from the metric`,
    fix: { range, text: right },
  });
}

/** OBS3511, OBS3512: the unit of a panel is one of Grafana, and that of the metric. */
export const panelUnits: Rule = function* ({ model }) {
  for (const { panel } of panelsOf(model)) {
    const { unit } = panel;
    if (unit === undefined) continue;
    const found = isKnownUnit(unit) ? contradiction(panel, unit) : unknown(panel, unit);
    if (found !== undefined) yield found;
  }
};
