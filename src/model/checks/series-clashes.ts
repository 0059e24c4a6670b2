import { diagnostic } from '../../diagnostics/create.js';
import { seriesNames } from '../series.js';
import type { Rule } from './rule.js';
import { withArticle } from './words.js';

/** OBS3012: no metric has the name of a part of a histogram. */
export const seriesClashes: Rule = function* ({ model }) {
  for (const histogram of model.metrics.values()) {
    if (histogram.type !== 'histogram' || histogram.repaired.has('type')) continue;
    for (const name of seriesNames(histogram)) {
      const other = model.metrics.get(name);
      if (other === undefined) continue;
      // Of the two, the one that the author can rename is at fault.
      const [faulty, related] = other.origin.preset === undefined ? [other, histogram] : [histogram, other];
      yield diagnostic('OBS3012', {
        message: `the histogram \`${histogram.name}\` already exposes \`${name}\``,
        range: faulty.origin.key,
        related: [
          { range: related.origin.key, message: `\`${related.name}\` is ${withArticle(related.type)}` },
        ],
        help: `rename \`${faulty.name}\``,
      });
    }
  }
};
