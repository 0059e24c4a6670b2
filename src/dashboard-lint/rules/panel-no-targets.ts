import { leafPanels, named } from '../board.js';
import { needsQueries } from '../panel-types.js';
import { exempt, inPanel, verdict, type Rule } from '../rule.js';

/** Every panel has something to show. */
export const panelNoTargets: Rule = {
  id: 'panel-no-targets-rule',
  from: 'dashboard-linter',
  *check(board) {
    for (const panel of leafPanels(board)) {
      if (!needsQueries(panel.type)) continue;
      if ('libraryPanel' in panel.json) {
        yield exempt(inPanel(panel), 'the panel stands in the library of a Grafana');
        continue;
      }
      yield verdict(
        panel.targets.length > 0,
        inPanel(panel, 'targets'),
        `${named(panel)} has no query`,
        'add a query, or remove the panel',
      );
    }
  },
};
