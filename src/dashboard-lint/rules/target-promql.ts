import { leafPanels, named } from '../board.js';
import { fault, fine, type Rule } from '../rule.js';
import { promTargets } from '../target.js';

/** Queries in PromQL can be read. */
export const targetPromql: Rule = {
  id: 'target-promql-rule',
  from: 'dashboard-linter',
  *check(board) {
    for (const panel of leafPanels(board)) {
      for (const { path, refId, parsed } of promTargets(panel)) {
        const place = { panel, path: `${path}.expr` };
        const error = parsed?.errors[0];
        yield error === undefined
          ? fine(place)
          : fault(
              place,
              `query ${refId ?? '?'} of ${named(panel)} is no PromQL: ${error.message}`,
              error.help ?? 'Prometheus refuses it, and the panel shows an error',
            );
      }
    }
  },
};
