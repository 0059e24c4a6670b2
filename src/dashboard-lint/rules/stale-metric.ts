import { knownSeries } from '../../model/checks/known-series.js';
import { named } from '../board.js';
import { isPlaceholder } from '../placeholders.js';
import { verdict, type Rule } from '../rule.js';
import { nameOf, placedSelectors, readTargets } from '../selectors.js';

/** Queries read metrics that are there. */
export const staleMetric: Rule = {
  id: 'stale-metric',
  from: 'obs-gen',
  needsModel: true,
  *check(board, { model }) {
    if (model === undefined) return;
    const known = knownSeries(model, []);
    for (const { panel, target, expr, path } of readTargets(board)) {
      for (const { selector } of placedSelectors(expr)) {
        const name = nameOf(selector);
        if (name === undefined || isPlaceholder(name)) continue;
        const isThere = known.find(name) !== undefined || known.isMadeElsewhere(name);
        yield verdict(
          isThere,
          { panel, path },
          `query ${target.refId ?? '?'} of ${named(panel)} reads \`${name}\`, which the spec does not have`,
          isThere ? '' : known.hint(name).help,
        );
      }
    }
  },
};
