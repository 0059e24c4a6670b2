import { diagnostic } from '../../diagnostics/create.js';
import type { Rule } from './rule.js';

/** OBS3316: labels of alerts are plain text. */
export const alertLabels: Rule = function* ({ model }) {
  for (const { labels, origin, repaired } of model.alerts.values()) {
    if (repaired.has('labels')) continue;
    for (const [label, value] of labels) {
      if (!value.includes('{{')) continue;
      yield diagnostic('OBS3316', {
        message: `the label \`${label}\` is written as it stands: labels are no templates here`,
        range: origin.of('labels', label),
        help: value.includes('$value')
          ? 'put the value into `summary`: a label that changes makes a new alert of each evaluation'
          : 'keep the label in the result with `by (…)`, or put it into `summary`',
      });
    }
  }
};
