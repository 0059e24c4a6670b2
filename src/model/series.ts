import type { ExternalMetric, Label, Metric, Model } from './model.js';

/** The part of a model that series are looked up in. */
export type SeriesSource = Pick<Model, 'metrics' | 'external'>;

/** Which of a metric's series a name means: counters and gauges have one, histograms three families. */
export type SeriesPart = 'value' | 'bucket' | 'sum' | 'count';

export interface Series {
  readonly metric: Metric | ExternalMetric;
  readonly part: SeriesPart;
}

const suffix = /^(.+)_(bucket|sum|count)$/;

/** The suffixes that the series of a type have. Native histograms of others keep their bare name. */
function partsOf(metric: Metric | ExternalMetric): readonly SeriesPart[] {
  const isExternal = !('buckets' in metric);
  switch (metric.type) {
    case 'counter':
    case 'gauge':
      return ['value'];
    case 'histogram':
      return isExternal ? ['value', 'bucket', 'sum', 'count'] : ['bucket', 'sum', 'count'];
    case 'summary':
      return ['value', 'sum', 'count'];
    case 'unknown':
      return ['value', 'bucket', 'sum', 'count'];
  }
}

function withPart(metric: Metric | ExternalMetric | undefined, part: SeriesPart): Series | undefined {
  return metric !== undefined && partsOf(metric).includes(part) ? { metric, part } : undefined;
}

/**
 * The metric that a series on the scraped page belongs to: `x_bucket`, `x_sum` and `x_count` are those of the histogram `x`, which
 * itself has no series of its own name.
 */
export function seriesNamed(source: SeriesSource, name: string): Series | undefined {
  const exact = withPart(source.metrics.get(name) ?? source.external.get(name), 'value');
  if (exact !== undefined) return exact;
  const [, base, part] = suffix.exec(name) ?? [];
  if (base === undefined) return undefined;
  return withPart(source.metrics.get(base) ?? source.external.get(base), part as SeriesPart);
}

/** The names of a metric's series. */
export function seriesNames(metric: Metric | ExternalMetric): readonly string[] {
  return partsOf(metric).map((part) => (part === 'value' ? metric.name : `${metric.name}_${part}`));
}

/** The most values that a label can have on the scraped page; one more than its cap, for `__other__`. */
export function labelSize(label: Label): number {
  return label.bound.kind === 'closed' ? label.bound.values.length : label.bound.cap + 1;
}

/** Series that one combination of label values costs: buckets with +Inf, sum and count for a histogram, else one. */
export function seriesPerRow(metric: Metric): number {
  return metric.type === 'histogram' ? metric.buckets.length + 3 : 1;
}

/** Under how many names a metric is exposed: two while it is being renamed. */
export function exposedNames({ renamedFrom }: Metric): number {
  return renamedFrom === undefined ? 1 : 2;
}

/** The most series that one instance can expose of a metric: the product of its labels' sizes, times the series of a row. */
export function worstCaseSeries(metric: Metric): number {
  const ofRow = seriesPerRow(metric) * exposedNames(metric);
  return metric.labels.reduce((product, label) => product * labelSize(label), ofRow);
}
