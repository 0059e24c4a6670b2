import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { baseOf } from '../../promql/analysis/units.js';
import { analysisOf } from '../analysis.js';
import type { Model, Panel, Sli } from '../model.js';
import { grafanaUnit, shownAs } from '../shown-units.js';
import type { Rule } from './rule.js';

function inWords(unit: string): string {
  if (unit === 'ratio') return 'a share between 0 and 1';
  return unit === baseOf(unit) ? unit : `${baseOf(unit)} per second`;
}

function ofPanel(model: Model, { unit, source, origin }: Panel): Diagnostic | undefined {
  const fitting = unit === undefined ? undefined : shownAs[unit];
  if (unit === undefined || fitting === undefined || source.kind !== 'queries') return undefined;
  for (const { query } of source.queries) {
    const found = query.expr && analysisOf(model, query.expr, 'panel').value.unit;
    if (found === undefined || fitting.includes(found)) continue;
    const right = grafanaUnit[found];
    if (right === undefined) continue;
    const range = origin.of('unit');
    return diagnostic('OBS3157', {
      message: `the query yields ${inWords(found)}, and the panel shows it as \`${unit}\``,
      range,
      related: [{ range: query.text.range, message: 'the query' }],
      help: `use \`${right}\`, or leave \`unit\` out: it is then taken from the query`,
      fix: { range, text: right },
    });
  }
  return undefined;
}

function ofSli(model: Model, sli: Sli): Diagnostic | undefined {
  if (sli.form !== 'query' || sli.unit !== 'ratio' || sli.query.expr === undefined) return undefined;
  if (sli.repaired.has('unit')) return undefined;
  const { unit } = analysisOf(model, sli.query.expr, 'share').value;
  if (unit === undefined || unit === 'ratio' || unit === 'seconds/s') return undefined;
  return diagnostic('OBS3155', {
    message: `the query yields ${inWords(unit)}, not a ratio`,
    range: sli.origin.of('unit'),
    related: [{ range: sli.query.text.range, message: 'the query' }],
    help: 'divide by an amount of the same thing; only a share between 0 and 1 carries an objective',
  });
}

/** OBS3155, OBS3157: what is said of the unit of a query is what it yields. */
export const queryUnits: Rule = function* ({ model }) {
  for (const sli of model.slis.values()) {
    const found = ofSli(model, sli);
    if (found !== undefined) yield found;
  }
  for (const dashboard of model.dashboards.values()) {
    for (const panel of dashboard.rows.flatMap((row) => row.panels)) {
      const found = ofPanel(model, panel);
      if (found !== undefined) yield found;
    }
  }
};
