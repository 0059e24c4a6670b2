import { diagnostic } from '../../diagnostics/create.js';
import type { Label } from '../model.js';
import { isReplaced, keyRange } from './places.js';
import type { CheckInput, Rule } from './rule.js';
import { grouped } from './words.js';

/** Above this, a label identifies rather than classifies. */
const largeCap = 1000;

/** Last words of names whose values have no end. */
export const endless =
  /(?:^|_)(?:id|ids|uuid|guid|email|mail|url|uri|ip|user|username|session|path|query|prompt|message|hash|phone|timestamp|token)$/;

/** The labels of the author, less those whose bound the schema stage replaced. */
function ownLabels({ model, loaded }: CheckInput): Label[] {
  return [...model.labels.values()].filter(
    ({ key, origin }) =>
      origin.preset === undefined && !isReplaced({ loaded }, `/labels/${key}`, 'values', 'cap', 'registered'),
  );
}

/** OBS3402, OBS3406: each label has one bound. */
export const labelBounds: Rule = function* (input) {
  for (const { key, origin } of ownLabels(input)) {
    const { values, cap, registered } = input.spec.labels?.[key] ?? {};
    if (values === undefined && cap === undefined) {
      yield diagnostic('OBS3402', {
        message: `the label \`${key}\` has no bound`,
        range: origin.key,
        help:
          registered === true
            ? 'say how many names the program may register: `cap: 25`'
            : 'list its `values`, or cap how many distinct ones are kept: `cap: 25`',
      });
    } else if (values !== undefined && (cap !== undefined || registered !== undefined)) {
      const extra = cap === undefined ? 'registered' : 'cap';
      yield diagnostic('OBS3406', {
        message: `the label \`${key}\` has both \`values\` and \`${extra}\``,
        range: keyRange(input, 'labels', key, extra),
        related: [{ range: keyRange(input, 'labels', key, 'values'), message: 'the values are listed here' }],
        help: `a closed label needs no cap: remove \`${extra}\`, or remove \`values\``,
      });
    }
  }
};

/** OBS3404, OBS3405: caps are those of dimensions, not of identifiers. */
export const labelCaps: Rule = function* (input) {
  for (const { key, wire, bound, origin } of ownLabels(input)) {
    const { values, cap } = input.spec.labels?.[key] ?? {};
    if (values !== undefined || cap === undefined) continue;
    if (cap > largeCap) {
      yield diagnostic('OBS3404', {
        message: `a cap of ${grouped(cap)} on the label \`${key}\` is too large to be looked at`,
        range: origin.of('cap'),
        help: `group the values until ${grouped(largeCap)} are enough, or put the value on a span or into a log line`,
      });
    } else if (bound.kind === 'open' && endless.test(wire)) {
      yield diagnostic('OBS3405', {
        message: `the values of the label \`${key}\` have no end, by its name`,
        range: origin.key,
        help: `put it on a span or into a log line; if its values are few and known, list them or add \`registered: true\``,
      });
    }
  }
};
