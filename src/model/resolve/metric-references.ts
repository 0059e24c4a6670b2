import type { Range } from '../../diagnostics/diagnostic.js';
import type { ExternalMetric, Metric, MetricType } from '../model.js';
import { seriesNamed, type SeriesSource } from '../series.js';
import type { Context } from './context.js';
import { refer, type Targets } from './references.js';

/** Everything that a reference to a metric may lead to. */
export interface MetricTargets extends SeriesSource {
  readonly own: Targets<Metric>;
}

/** What a metric is needed for: in words, and the way out where it has the wrong type or is of others. */
export interface Purpose {
  readonly what: string;
  readonly types: readonly MetricType[];
  readonly otherType: string;
  readonly otherOwner: string;
}

const shareOfTime = 'for a share of time write a query: `timeSlice: { query: up, op: ==, value: 1 }`';

/** Everything that names a metric directly. */
export const purposes = {
  latency: {
    what: 'a latency SLI',
    types: ['histogram'],
    otherType: 'name a histogram of seconds; for counters use the form `events`',
    otherOwner:
      'count its buckets with the form `events`, or declare it with `native: true` if it is a native histogram',
  },
  quantile: {
    what: 'a quantile',
    types: ['histogram'],
    otherType: 'name a histogram',
    otherOwner: 'use the form `query`',
  },
  boolean: {
    what: 'a boolean SLI',
    types: ['gauge'],
    otherType: 'name a gauge that is 0 or 1',
    otherOwner: shareOfTime,
  },
  freshness: {
    what: 'a freshness SLI',
    types: ['gauge'],
    otherType: 'name a gauge that holds a time stamp in seconds',
    otherOwner: 'use the form `timeSlice` with `time() - ` before the metric',
  },
  forecast: {
    what: 'a forecast',
    types: ['gauge'],
    otherType: 'name a gauge; for the speed of a counter use `expr` with `rate`',
    otherOwner: '',
  },
  traffic: {
    what: '`traffic`',
    types: ['counter', 'histogram'],
    otherType: 'name the counter or the histogram that counts these events',
    otherOwner: 'name a counter of this service',
  },
  panel: {
    what: '`metric` of a panel',
    types: ['counter', 'gauge', 'histogram'],
    otherType: '',
    otherOwner: 'use `query`',
  },
} as const satisfies Readonly<Record<string, Purpose>>;

const article = (type: string): string => (type === 'unknown' ? 'of unknown type' : `a ${type}`);

/** Whether a metric has the type that is needed here; where it has not, that is reported. */
export function hasType(
  context: Context,
  metric: Metric | ExternalMetric,
  { what, types, otherType }: Purpose,
  range: Range,
): boolean {
  if (metric.type === 'unknown' || types.some((type) => type === metric.type)) return true;
  if ('repaired' in metric && metric.repaired.has('type')) return true;
  context.report('OBS3008', {
    message: `\`${metric.name}\` is ${article(metric.type)}, but ${what} needs ${types.map(article).join(' or ')}`,
    range,
    related: [{ range: metric.origin.of('type'), message: `declared as ${article(metric.type)} here` }],
    help: otherType,
  });
  return false;
}

/** A metric of this service with one of some types; one that only others expose has no labels and buckets to work with. */
export function referMetric(
  context: Context,
  targets: MetricTargets,
  name: string,
  range: Range,
  purpose: Purpose,
): Metric | undefined {
  const external = targets.own.isDeclared(name) ? undefined : targets.external.get(name);
  if (external !== undefined) {
    context.report('OBS3008', {
      message: `\`${name}\` is exposed by others, but ${purpose.what} needs a metric of this service`,
      range,
      related: [{ range: external.origin.key, message: 'declared as external here' }],
      help: purpose.otherOwner,
    });
    return undefined;
  }
  const metric = refer(context, targets.own, name, range);
  return metric !== undefined && hasType(context, metric, purpose, range) ? metric : undefined;
}

/** The metric that a series belongs to, of this service or of others. */
export function metricOfSeries(targets: SeriesSource, name: string): Metric | ExternalMetric | undefined {
  return seriesNamed(targets, name)?.metric;
}
