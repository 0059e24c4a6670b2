import { named } from '../board.js';
import { openLabel } from '../open-label.js';
import { isGraph } from '../panel-types.js';
import { verdict, type Rule } from '../rule.js';
import { readTargets } from '../selectors.js';

/** Of labels with any number of values, the largest are shown. */
export const openLabels: Rule = {
  id: 'open-labels',
  from: 'obs-gen',
  needsModel: true,
  *check(board, { model }) {
    if (model === undefined) return;
    for (const { panel, target, expr, path } of readTargets(board)) {
      if (!isGraph(panel.type) && panel.type !== 'piechart' && panel.type !== 'bargauge') continue;
      const label = openLabel(model, expr);
      yield verdict(
        label === undefined,
        { panel, path },
        `query ${target.refId ?? '?'} of ${named(panel)} draws a line for each \`${label?.wire ?? ''}\`, of which there may be many`,
        'show the largest: `topk(10, …)`',
      );
    }
  },
};
