import { diagnostic } from '../../diagnostics/create.js';
import type { SpanAttribute } from '../model.js';
import type { Rule } from './rule.js';

/** Where the exported name of an attribute is said. */
function nameRange({ origin }: SpanAttribute) {
  return origin.text('as')?.range ?? origin.key;
}

/** OBS3036, OBS3037: the attributes of a span have different names, and none that is sensitive is a label. */
export const spanAttributes: Rule = function* ({ model }) {
  for (const span of model.spans.values()) {
    if (span.repaired.has('attributes')) continue;
    const byName = new Map<string, SpanAttribute>();
    for (const attribute of span.attributes) {
      const first = byName.get(attribute.exportedName);
      if (first === undefined) {
        byName.set(attribute.exportedName, attribute);
      } else {
        yield diagnostic('OBS3036', {
          message: `\`${first.name}\` and \`${attribute.name}\` are both exported as \`${attribute.exportedName}\``,
          range: nameRange(attribute),
          related: [{ range: nameRange(first), message: `\`${first.name}\` is exported so here` }],
          help: 'give one of them another name with `as`',
        });
      }
      if (attribute.label === undefined || attribute.sensitivity === 'none') continue;
      yield diagnostic('OBS3037', {
        message: `\`${attribute.name}\` is ${attribute.sensitivity}, and as the label \`${attribute.label.key}\` it would be on every scraped page`,
        range: attribute.origin.of('sensitivity'),
        related: [{ range: attribute.origin.of('label'), message: 'it is a label here' }],
        help: 'give it a `type` in place of the label, or remove `sensitivity`',
      });
    }
  }
};
