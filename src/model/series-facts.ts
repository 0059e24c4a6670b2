import type { LabelFact, SeriesFact, SeriesType } from '../promql/analysis/series-fact.js';
import { interval, type Interval } from '../promql/analysis/interval.js';
import type { ExternalMetric, Label, Metric, Model } from './model.js';
import { seriesNamed, type Series, type SeriesPart, type SeriesSource } from './series.js';
import { unitOf } from './units.js';

/** The part of a model that says what is exposed. */
export type FactSource = SeriesSource & Partial<Pick<Model, 'target'>>;

function labelFact({ wire, bound, repaired }: Label): LabelFact {
  const isKnown = bound.kind === 'closed' && !repaired.has('values');
  return {
    name: wire,
    values: isKnown ? bound.values : undefined,
    cap: bound.kind === 'closed' ? bound.values.length : bound.cap,
  };
}

function typeOf(metric: Metric | ExternalMetric, part: SeriesPart): SeriesType {
  if ('repaired' in metric && metric.repaired.has('type')) return 'unknown';
  switch (metric.type) {
    case 'counter':
    case 'gauge':
      return metric.type;
    case 'histogram':
      return part === 'value' ? 'native' : part;
    case 'summary':
      return part === 'sum' || part === 'count' ? part : 'unknown';
    case 'unknown':
      return 'unknown';
  }
}

function unitOfSeries(type: SeriesType, observed: string | undefined): string | undefined {
  if (type === 'bucket' || type === 'count') return 'count';
  return type === 'counter' ? (observed ?? 'count') : type === 'unknown' ? undefined : observed;
}

function rangeOf({ type, range }: Metric | ExternalMetric): Interval | undefined {
  if (range === undefined || type === 'histogram' || range[0] > range[1]) return undefined;
  return interval(range[0], range[1]);
}

/** Rows of closed labels are made at the start; those of others when their first event occurs. */
function startsEmpty(metric: Metric): boolean {
  return (
    metric.type === 'counter' &&
    (!metric.initialised || metric.labels.some(({ bound }) => bound.kind === 'open'))
  );
}

function factOf(source: FactSource, name: string, { metric, part }: Series): SeriesFact {
  const type = typeOf(metric, part);
  const own = 'repaired' in metric ? metric : undefined;
  const observed = unitOf(metric.name);
  const labels =
    own === undefined
      ? (metric as ExternalMetric).labels?.map((label) => ({ name: label, values: undefined, cap: Infinity }))
      : own.repaired.has('labels')
        ? undefined
        : own.labels.map(labelFact);
  return {
    name,
    metric: metric.name,
    type,
    labels,
    unit: unitOfSeries(type, observed),
    observed,
    range: own?.repaired.has('range') === true ? undefined : rangeOf(metric),
    buckets: own === undefined || own.repaired.has('buckets') ? [] : own.buckets,
    interval: own === undefined ? undefined : source.target?.prometheus.scrapeInterval.seconds,
    startsEmpty: own !== undefined && startsEmpty(own),
    isOwn: own !== undefined,
  };
}

/** What is known of the series of a name; each fact is made when it is first asked for. */
export function seriesFacts(source: FactSource): (name: string) => SeriesFact | undefined {
  const facts = new Map<string, SeriesFact | undefined>();
  return (name) => {
    if (facts.has(name)) return facts.get(name);
    const series = seriesNamed(source, name);
    const fact = series && factOf(source, name, series);
    facts.set(name, fact);
    return fact;
  };
}
