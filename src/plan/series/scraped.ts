import type { Model } from '../../model/model.js';
import { ownSeries } from '../../model/own-series.js';
import { scrapedLabels } from './metrics.js';
import { timesInstances, type MovingSeries, type SeriesSet } from './series-set.js';

/** What the runtime tells apart at most: reasons for updates that are not recorded, signals, reasons for their loss. */
const dropReasons = 5;
const signals = 5;
const lossReasons = 8;

/** Metrics of which values can be beyond a cap. */
function cappedLabels(model: Model): number {
  return [...model.metrics.values()].reduce(
    (sum, { labels }) => sum + labels.filter(({ bound }) => bound.kind !== 'closed').length,
    0,
  );
}

/** The most rows of what the runtime counts about itself; none are expected: they come with the first loss. */
function worstOfOwn(model: Model, name: string): number {
  switch (name) {
    case 'obsgen_dropped_total':
      return model.metrics.size * dropReasons;
    case 'obsgen_label_overflow_total':
      return cappedLabels(model);
    case 'obsgen_signals_lost_total':
      return signals * lossReasons;
    default:
      return 1;
  }
}

function ownSets(model: Model, instances: number, interval: number): SeriesSet[] {
  return [...ownSeries].map((name) =>
    timesInstances(
      {
        source: 'runtime',
        name,
        worst: worstOfOwn(model, name),
        expected: 0,
        interval,
        moving: [],
        labels: 2 + scrapedLabels,
        basis: 'none while nothing is lost',
      },
      instances,
    ),
  );
}

/** What Prometheus itself writes of each scrape. https://prometheus.io/docs/concepts/jobs_instances/ */
const ofScrape: readonly MovingSeries[] = [
  // up, scrape_samples_scraped, scrape_samples_post_metric_relabeling, scrape_series_added
  { motion: { kind: 'still' }, series: 4 },
  // scrape_duration_seconds
  { motion: { kind: 'real' }, series: 1 },
];
export const seriesOfScrape = ofScrape.reduce((sum, { series }) => sum + series, 0);

/** What comes with a scrape without being declared. */
export function scrapedSets(model: Model, instances: number, interval: number): SeriesSet[] {
  const scrape = timesInstances(
    {
      source: 'scrape',
      name: 'up, scrape_*',
      worst: seriesOfScrape,
      expected: seriesOfScrape,
      interval,
      moving: ofScrape,
      labels: scrapedLabels,
      basis: 'five of each target',
    },
    instances,
  );
  return [...ownSets(model, instances, interval), scrape];
}
