import { leafPanels, named } from '../board.js';
import { factsOf } from '../facts.js';
import { fault, fine, type Rule } from '../rule.js';
import { promTargets } from '../target.js';

/** A legend names labels that the result has: else it is empty. */
export const legendLabels: Rule = {
  id: 'legend-labels',
  from: 'obs-gen',
  *check(board, context) {
    for (const panel of leafPanels(board)) {
      for (const { path, legend, refId, parsed } of promTargets(panel)) {
        const names = [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label]) => label ?? '');
        if (names.length === 0 || parsed?.expr === undefined) continue;
        const { labels } = factsOf(parsed.expr, context);
        const missing = labels?.closed === true ? names.find((name) => !labels.labels.has(name)) : undefined;
        const place = { panel, path: `${path}.legendFormat` };
        yield missing === undefined
          ? fine(place)
          : fault(
              place,
              `the legend of query ${refId ?? '?'} of ${named(panel)} names \`${missing}\`, which the result does not have`,
              'keep the label with `by`, or name another one',
            );
      }
    }
  },
};
