import { leafPanels, named } from '../board.js';
import { foreignFault } from '../foreign-syntax.js';
import { fault, fine, type Rule } from '../rule.js';

/** Queries in TraceQL can be read. */
export const targetTraceql: Rule = {
  id: 'target-traceql',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      for (const { path, refId, language, query } of panel.targets) {
        if (language !== 'traceql') continue;
        const wrong = foreignFault('traceql', query);
        const place = { panel, path: `${path}.query` };
        yield wrong === undefined
          ? fine(place)
          : fault(
              place,
              `query ${refId ?? '?'} of ${named(panel)} is no TraceQL: ${wrong.message}`,
              'Tempo refuses it, and the panel shows an error',
            );
      }
    }
  },
};
