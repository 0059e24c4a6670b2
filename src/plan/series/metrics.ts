import type { Metric, Model } from '../../model/model.js';
import { exposedNames, seriesPerRow, worstCaseSeries } from '../../model/series.js';
import type { ExpectedRows, RowModel } from '../expected/rows.js';
import { histogramMotions, keyOf, motionOf, type Motion } from '../storage/motion.js';
import { timesInstances, type MovingSeries, type SeriesSet } from './series-set.js';

/** Labels that every scraped series has besides its own: __name__, job and instance. */
export const scrapedLabels = 3;

/** Series that move alike, added up: a histogram of ten rows has twenty kinds of series, most of them the same. */
function merged(all: readonly MovingSeries[]): readonly MovingSeries[] {
  const found = new Map<string, MovingSeries>();
  for (const { motion, series } of all) {
    const key = keyOf(motion, 2);
    const same = found.get(key);
    found.set(key, { motion: same?.motion ?? motion, series: series + (same?.series ?? 0) });
  }
  return [...found.values()];
}

function motionsOfRow(metric: Metric, perSecond: number): readonly Motion[] {
  return metric.type === 'histogram' ? histogramMotions(metric, perSecond) : [motionOf(metric, perSecond)];
}

function movingOf(metric: Metric, { rows, count, rate }: ExpectedRows): readonly MovingSeries[] {
  const known = rows.length > 0 ? rows : [{ share: 1 / Math.max(1, count), presence: count }];
  return merged(
    known.flatMap(({ share, presence }) =>
      motionsOfRow(metric, rate.perSecond * share).map((motion) => ({
        motion,
        series: presence * exposedNames(metric),
      })),
    ),
  );
}

/** The metrics that a spec and its presets declare. @param interval seconds between scrapes */
export function metricSets(model: Model, rows: RowModel, instances: number, interval: number): SeriesSet[] {
  return [...model.metrics.values()].map((metric) => {
    const expected = rows.of(metric);
    const isHistogram = metric.type === 'histogram';
    return timesInstances(
      {
        source: metric.origin.preset === undefined ? 'service' : 'presets',
        name: metric.name,
        worst: worstCaseSeries(metric),
        expected: expected.count * seriesPerRow(metric) * exposedNames(metric),
        interval,
        moving: movingOf(metric, expected),
        labels: metric.labels.length + scrapedLabels + (isHistogram ? 1 : 0),
        basis: expected.basis,
      },
      instances,
    );
  });
}
