import { diagnostic } from '../../diagnostics/create.js';
import { analysisOf } from '../analysis.js';
import { panelsOf } from './panels-of.js';
import type { Rule } from './rule.js';
import { plainList } from './words.js';

/** OBS3518: a label in the name of a query is one of its result. */
export const panelLegends: Rule = function* ({ model }) {
  for (const { panel } of panelsOf(model)) {
    if (panel.source.kind !== 'queries') continue;
    for (const { name, query } of panel.source.queries) {
      const { expr } = query;
      if (name === undefined || expr === undefined) continue;
      const { labels } = analysisOf(model, expr, 'panel').value;
      if (labels?.closed !== true) continue;
      const missing = [...name.matchAll(/\{\{\s*(\w+)\s*\}\}/g)]
        .map(([, label]) => label ?? '')
        .find((label) => !labels.labels.has(label));
      if (missing === undefined) continue;
      yield diagnostic('OBS3518', {
        message: `the result of this query has no label \`${missing}\` to show in its legend`,
        range: query.text.range,
        help:
          labels.labels.size === 0
            ? `keep it: \`by (${missing})\``
            : `it has ${plainList([...labels.labels])}; keep the other one: \`by (${missing}, …)\``,
      });
    }
  }
};
