import { leafPanels, named } from '../board.js';
import { foreignFault } from '../foreign-syntax.js';
import { fault, fine, type Rule } from '../rule.js';

/** Queries in LogQL can be read. */
export const targetLogql: Rule = {
  id: 'target-logql-rule',
  from: 'dashboard-linter',
  *check(board) {
    for (const panel of leafPanels(board)) {
      for (const { path, refId, language, query } of panel.targets) {
        if (language !== 'logql') continue;
        const wrong = foreignFault('logql', query);
        const place = { panel, path: `${path}.expr` };
        yield wrong === undefined
          ? fine(place)
          : fault(
              place,
              `query ${refId ?? '?'} of ${named(panel)} is no LogQL: ${wrong.message}`,
              'Loki refuses it, and the panel shows an error',
            );
      }
    }
  },
};
