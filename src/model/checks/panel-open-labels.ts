import { openLabel } from '../../dashboard-lint/open-label.js';
import { diagnostic } from '../../diagnostics/create.js';
import { panelQueriesOf } from './panels-of.js';
import type { Rule } from './rule.js';

/** Panels in which a line, a slice or a bar is drawn for each series. */
const drawn: ReadonlySet<string> = new Set(['timeseries', 'piechart', 'bargauge', 'state-timeline']);

/** OBS3519: of labels with any number of values, a panel shows the largest. */
export const panelOpenLabels: Rule = function* ({ model }) {
  for (const { panel, query } of panelQueriesOf(model)) {
    if (!drawn.has(panel.type) || query.expr === undefined) continue;
    const label = openLabel(model, query.expr);
    if (label === undefined) continue;
    yield diagnostic('OBS3519', {
      message: `this panel draws a line for each \`${label.wire}\`, of which there may be ${label.bound.kind === 'open' ? label.bound.cap : 'many'}`,
      range: query.text.range,
      related: [{ range: label.origin.key, message: `\`${label.key}\` has no list of values` }],
      help: 'show the largest: `topk(10, …)`',
    });
  }
};
