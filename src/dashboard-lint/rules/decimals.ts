import { leafPanels, named } from '../board.js';
import { at, number } from '../json.js';
import { isNumeric } from '../panel-types.js';
import { inPanel, verdict, type Rule } from '../rule.js';
import { unitsOf } from './panel-units.js';

/** Units whose values have more digits than anybody reads. */
const fractional = /^(?:percent(?:unit)?|currency\w+|cps|reqps|ops|s)$/;

/** Their digits follow the ticks of the axis: fixed ones would make ticks alike. */
const graphs: ReadonlySet<string> = new Set(['timeseries', 'graph']);

/** Single numbers have as many digits as they mean. */
export const decimals: Rule = {
  id: 'decimals',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      const [unit] = unitsOf(panel);
      if (!isNumeric(panel.type) || graphs.has(panel.type) || unit === undefined || !fractional.test(unit))
        continue;
      yield verdict(
        number(at(panel.json, 'fieldConfig', 'defaults', 'decimals')) !== undefined,
        inPanel(panel, 'fieldConfig.defaults.decimals'),
        `${named(panel)} leaves the digits to Grafana`,
        'set `decimals`: digits that come and go make numbers jump',
      );
    }
  },
};
