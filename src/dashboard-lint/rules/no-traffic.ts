import type { Expr } from '../../promql/ast.js';
import { walk } from '../../promql/walk.js';
import { leafPanels, named } from '../board.js';
import { at, list, record, text } from '../json.js';
import { isSingleValue } from '../panel-types.js';
import { inPanel, verdict, type Rule } from '../rule.js';
import { placedSelectors } from '../selectors.js';
import { promTargets } from '../target.js';

/** Whether a quotient of series is shown, which has no value while nothing happens. */
function divides(expr: Expr): boolean {
  let found = false;
  walk(expr, (each) => {
    if (each.kind === 'binary' && each.op === '/' && placedSelectors(each.right).length > 0) found = true;
  });
  return found;
}

/** A single number says so where there is nothing to divide by. */
export const noTraffic: Rule = {
  id: 'no-traffic',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      if (!isSingleValue(panel.type)) continue;
      const quotients = promTargets(panel).flatMap(({ parsed }) =>
        parsed?.expr !== undefined && divides(parsed.expr) ? [parsed.expr] : [],
      );
      if (quotients.length === 0) continue;
      const defaults = at(panel.json, 'fieldConfig', 'defaults');
      const mapsNothing = list(record(defaults)['mappings']).some((each) =>
        /^(?:nan|null|empty|null\+nan)$/.test(text(at(each, 'options', 'match')) ?? ''),
      );
      const fallsBack = quotients.every((expr) => expr.kind === 'binary' && expr.op === 'or');
      yield verdict(
        (text(record(defaults)['noValue']) ?? '') !== '' || mapsNothing || fallsBack,
        inPanel(panel, 'fieldConfig.defaults.noValue'),
        `${named(panel)} divides, and does not say what it shows while nothing happens`,
        'set `noValue: no traffic`, or add `or vector(0)` where 0 is true',
      );
    }
  },
};
