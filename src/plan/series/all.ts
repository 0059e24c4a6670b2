import type { Model } from '../../model/model.js';
import { Rates } from '../expected/rates.js';
import { RowModel } from '../expected/rows.js';
import { instancesOfRegion, type Scale } from '../scale.js';
import { metricSets } from './metrics.js';
import { partSets } from './parts.js';
import { ruleSets } from './rules.js';
import { scrapedSets } from './scraped.js';
import type { SeriesSet } from './series-set.js';
import { spanSets } from './spans.js';

/** Every series that the Prometheus of the fullest region has in its head. */
export function allSets(model: Model, scale: Scale): readonly SeriesSet[] {
  const instances = instancesOfRegion(scale);
  const interval = scale.scrapeInterval ?? model.target.prometheus.scrapeInterval.seconds;
  const rates = new Rates(model, scale.instances);
  const { share } = scale;
  const rows = new RowModel(model, rates, share);
  return [
    ...metricSets(model, rows, instances, interval),
    ...scrapedSets(model, instances, interval),
    ...ruleSets({ model, rates, share, instances }),
    ...spanSets(model, { rates, rows, instances }, interval),
    ...partSets(model, interval),
  ];
}
