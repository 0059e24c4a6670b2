import { diagnostic } from '../../diagnostics/create.js';
import { nearest } from '../../diagnostics/did-you-mean.js';
import type { Rule } from './rule.js';
import { plainList } from './words.js';

/** OBS3033, OBS3034, OBS3035: the outcome of a span is a value of a closed label, and is counted. */
export const spanOutcomes: Rule = function* ({ model }) {
  for (const span of model.spans.values()) {
    const { outcome, record, origin } = span;
    if (outcome === undefined || span.repaired.has('outcome')) continue;
    const { label } = outcome;
    const declared = { range: label.origin.key, message: `\`${label.key}\` is declared here` };
    if (label.repaired.has('values') || label.repaired.has('cap')) continue;
    if (label.bound.kind !== 'closed') {
      yield diagnostic('OBS3033', {
        message: `the outcome label \`${label.key}\` is not closed`,
        range: origin.of('outcome', 'label'),
        related: [declared],
        help: `list its \`values\`, \`${outcome.ok}\` and \`${outcome.error}\` among them`,
      });
    } else {
      const { values } = label.bound;
      for (const key of ['ok', 'error'] as const) {
        const value = outcome[key];
        if (values.includes(value)) continue;
        const range = origin.of('outcome', key);
        const near = nearest(value, values);
        yield diagnostic('OBS3034', {
          message: `\`${value}\` is no value of the label \`${label.key}\``,
          range,
          related: [declared],
          help: near === undefined ? `its values are ${plainList(values)}` : `did you mean \`${near}\`?`,
          fix: near === undefined ? undefined : { range, text: near },
        });
      }
    }
    const { count } = record;
    // A count that is no counter is reported, and another metric was meant.
    if (count?.type !== 'counter' || count.repaired.has('labels') || span.repaired.has('record')) continue;
    if (count.labels.some((each) => each.wire === label.wire)) continue;
    yield diagnostic('OBS3035', {
      message: `\`${count.name}\` does not tell outcomes apart: it lacks the label \`${label.key}\``,
      range: origin.of('record', 'count'),
      related: [{ range: origin.of('outcome', 'label'), message: "the span's outcome" }],
      help: `add \`${label.key}\` to the labels of \`${count.name}\`, or remove \`outcome\``,
    });
  }
};
