import { leafPanels, named } from '../board.js';
import { at, list } from '../json.js';
import { isSingleValue } from '../panel-types.js';
import { inPanel, verdict, type Rule } from '../rule.js';

/** What one number of a series is shown is written down. */
export const reduceOptions: Rule = {
  id: 'reduce-options',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      if (!isSingleValue(panel.type) && panel.type !== 'piechart') continue;
      const calcs = list(at(panel.json, 'options', 'reduceOptions', 'calcs'));
      yield verdict(
        calcs.length === 1 || at(panel.json, 'options', 'reduceOptions', 'values') === true,
        inPanel(panel, 'options.reduceOptions.calcs'),
        `${named(panel)} does not say which value of a series it shows`,
        'set `reduceOptions.calcs: [lastNotNull]`',
      );
    }
  },
};
