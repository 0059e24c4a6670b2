import { walk } from '../../promql/walk.js';
import { leafPanels, named, type BoardPanel } from '../board.js';
import { at, number } from '../json.js';
import { isNumeric, isSingleValue } from '../panel-types.js';
import { exempt, inPanel, verdict, type Rule } from '../rule.js';
import { nameOf } from '../selectors.js';
import { promTargets } from '../target.js';
import { unitsOf } from './panel-units.js';

/** Units of what cannot be below zero when it is a rate or a share. */
const fromZero = /^(?:cps|reqps|ops|rps|wps|iops|Bps|binBps|percentunit|percent)$/;

/** Whether a query takes something away, or reads a budget that can be overdrawn. */
function mayBeNegative(panel: BoardPanel): boolean {
  return promTargets(panel).some(({ parsed }) => {
    let found = false;
    if (parsed?.expr === undefined) return false;
    walk(parsed.expr, (each) => {
      if (each.kind === 'binary' && each.op === '-' && each.left.kind !== 'number') found = true;
      if (each.kind === 'call' && /^(?:deriv|i?delta|predict_linear)$/.test(each.func)) found = true;
      if (each.kind === 'selector' && /error_budget_remaining/.test(nameOf(each) ?? '')) found = true;
    });
    return found;
  });
}

/** Rates and shares begin at zero; a gauge's needle needs both ends. */
export const axisBounds: Rule = {
  id: 'axis-bounds',
  from: 'obs-gen',
  *check(board, { authored }) {
    for (const panel of leafPanels(board)) {
      const [unit] = unitsOf(panel);
      if (!isNumeric(panel.type) || panel.type === 'piechart' || unit === undefined) continue;
      const bound = (end: string): number | undefined =>
        number(at(panel.json, 'fieldConfig', 'defaults', end)) ?? number(at(panel.json, 'yaxes', '0', end));
      const isShare = /^percent/.test(unit);
      if (fromZero.test(unit) && mayBeNegative(panel)) {
        yield exempt(inPanel(panel), 'what is shown can be negative');
        continue;
      }
      if (fromZero.test(unit) && (!isSingleValue(panel.type) || (isShare && panel.type !== 'stat'))) {
        yield verdict(
          bound('min') !== undefined,
          inPanel(panel, 'fieldConfig.defaults.min'),
          `the axis of ${named(panel)} does not begin at zero`,
          'set `min: 0`: else a small wobble fills the panel',
        );
      }
      if (panel.type === 'gauge' || (panel.type === 'bargauge' && isShare)) {
        const source = authored?.get(panel.id ?? 0)?.source;
        const isOpen = source?.kind === 'metric' && source.metric.range === undefined;
        if (isOpen && !isShare && bound('max') === undefined) {
          yield exempt(inPanel(panel), 'the spec gives the metric no largest value');
          continue;
        }
        yield verdict(
          bound('max') !== undefined,
          inPanel(panel, 'fieldConfig.defaults.max'),
          `${named(panel)} has no end`,
          isShare ? 'set `max: 1`' : 'set `max`: a needle without it points anywhere',
        );
      }
    }
  },
};
