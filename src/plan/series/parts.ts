import { ruleGroupFiles } from '../../emit/prometheus/files.js';
import type { Model } from '../../model/model.js';
import { partsOf, type PartName } from '../../stack/parts.js';
import { scrapedLabels } from './metrics.js';
import { seriesOfScrape } from './scraped.js';
import type { SeriesSet } from './series-set.js';

/** What Prometheus tells of each group of rules. */
const ofRuleGroup = 9;

/**
 * Series that a part tells of itself, counted on its page shortly after its start: Prometheus 2.42, Alertmanager 0.25, Pushgateway 1.5.
 * Parts that are not here could not be run where this was measured; they are left out, and the plan says so.
 */
export const measuredParts: Partial<Readonly<Record<PartName, number>>> = {
  prometheus: 295,
  alertmanager: 258,
  pushgateway: 41,
};

/** The parts whose own series are not known. */
export function uncountedParts(model: Model): readonly PartName[] {
  return model.stack === undefined
    ? []
    : partsOf(model, model.stack).filter((part) => measuredParts[part] === undefined);
}

/** What the parts of the stack tell of themselves. */
export function partSets(model: Model, interval: number): SeriesSet[] {
  if (model.stack === undefined) return [];
  const groups = ruleGroupFiles(model).reduce((sum, each) => sum + each.groups.length, 0);
  return partsOf(model, model.stack).flatMap((part): SeriesSet[] => {
    const own = measuredParts[part];
    if (own === undefined) return [];
    const ofRules = part === 'prometheus' ? groups * ofRuleGroup : 0;
    const series = own + ofRules + seriesOfScrape;
    return [
      {
        source: 'parts',
        name: part,
        ...{ worst: series, expected: series, ofInstance: undefined, interval },
        // Half of what a program tells of itself is of things that it does not do.
        moving: [
          { motion: { kind: 'still' }, series: series / 2 },
          { motion: { kind: 'events', perSecond: 1 }, series: series / 2 },
        ],
        labels: scrapedLabels + 1,
        basis: 'measured',
      },
    ];
  });
}
