import { leafPanels, named } from '../board.js';
import { at, list, record, text } from '../json.js';
import { inPanel, verdict, type Rule } from '../rule.js';
import { promTargets } from '../target.js';

/** In a table the unit belongs to the columns of values: else a status of 200 is shown as 200 req/s. */
export const tableUnit: Rule = {
  id: 'table-unit',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      if (panel.type !== 'table' || promTargets(panel).length === 0) continue;
      const whole = text(at(panel.json, 'fieldConfig', 'defaults', 'unit'));
      const overrides = list(at(panel.json, 'fieldConfig', 'overrides'));
      const scoped = overrides.some((each) =>
        list(record(each)['properties']).some((property) => record(property)['id'] === 'unit'),
      );
      yield verdict(
        whole === undefined || whole === 'short' || whole === 'none',
        inPanel(panel, 'fieldConfig.defaults.unit'),
        `${named(panel)} gives the unit \`${whole ?? ''}\` to all columns, labels among them`,
        'set the unit with an override on the column of values',
      );
      yield verdict(
        scoped || whole !== undefined,
        inPanel(panel, 'fieldConfig.overrides'),
        `${named(panel)} has no unit for its values`,
        'set it with an override on the column of values',
      );
    }
  },
};
