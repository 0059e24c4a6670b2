import { leafPanels, named } from '../board.js';
import { verdict, type Rule } from '../rule.js';
import { promTargets } from '../target.js';

/** Tables show the present: one row a series, not one a sample. */
export const tableInstant: Rule = {
  id: 'table-instant',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      if (panel.type !== 'table') continue;
      for (const { path, json, instant, refId } of promTargets(panel)) {
        yield verdict(
          instant && json['format'] === 'table',
          { panel, path },
          `query ${refId ?? '?'} of ${named(panel)} fills the table with samples`,
          'set `format: table` and `instant: true`',
        );
      }
    }
  },
};
