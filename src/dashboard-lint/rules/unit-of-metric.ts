import { grafanaUnit, shownAs } from '../../model/shown-units.js';
import { leafPanels, named } from '../board.js';
import { at, text } from '../json.js';
import { factsOf } from '../facts.js';
import { isNumeric } from '../panel-types.js';
import { fault, fine, inPanel, type Rule } from '../rule.js';
import { promTargets } from '../target.js';

/** Units of Grafana that say nothing of what is counted. */
const plain: ReadonlySet<string> = new Set(['short', 'none', 'sishort', 'locale']);

/** Units of values that a number without a unit misleads about. */
const telling = /^(?:seconds|bytes|bytes\/s|ratio|celsius|watts|joules)$/;

function contradicts(shown: string, unit: string): boolean {
  const fitting = shownAs[shown];
  if (fitting !== undefined) return !fitting.includes(unit) && grafanaUnit[unit] !== undefined;
  return plain.has(shown) && telling.test(unit);
}

/** The unit of a panel is that of what its queries yield. */
export const unitOfMetric: Rule = {
  id: 'unit-of-metric',
  from: 'obs-gen',
  *check(board, context) {
    for (const panel of leafPanels(board)) {
      const shown = text(at(panel.json, 'fieldConfig', 'defaults', 'unit'));
      if (!isNumeric(panel.type) || shown === undefined) continue;
      const units = promTargets(panel).flatMap(({ parsed }) =>
        parsed?.expr === undefined ? [] : (factsOf(parsed.expr, context).unit ?? []),
      );
      const place = inPanel(panel, 'fieldConfig.defaults.unit');
      if (units.length === 0) continue;
      const wrong = units.every((unit) => contradicts(shown, unit)) ? units[0] : undefined;
      yield wrong === undefined
        ? fine(place)
        : fault(
            place,
            `${named(panel)} shows ${wrong} as \`${shown}\``,
            `use \`${grafanaUnit[wrong] ?? 'the unit of the metric'}\``,
          );
    }
  },
};
