import type { Range } from '../../diagnostics/diagnostic.js';
import type { ExternalMetric, Metric, MetricType } from '../model.js';
import { seriesNamed, type SeriesSource } from '../series.js';
import type { Context } from './context.js';
import { refer, type Targets } from './references.js';

/** Everything that a reference to a metric may lead to. */
export interface MetricTargets extends SeriesSource {
  readonly own: Targets<Metric>;
}

const article = (type: string): string => (type === 'unknown' ? 'of unknown type' : `a ${type}`);

/** Whether a metric has the type that is needed here; where it has not, that is reported. */
export function hasType(
  context: Context,
  metric: Metric | ExternalMetric,
  needed: readonly MetricType[],
  range: Range,
  purpose: string,
): boolean {
  if (metric.type === 'unknown' || needed.some((type) => type === metric.type)) return true;
  if ('repaired' in metric && metric.repaired.has('type')) return true;
  context.report('OBS3008', {
    message: `'${metric.name}' is ${article(metric.type)}, but ${purpose} needs ${needed.map(article).join(' or ')}`,
    range,
    related: [{ range: metric.origin.key, message: `declared as ${article(metric.type)} here` }],
    help: undefined,
  });
  return false;
}

/** A metric of this service with one of some types; one that only others expose has no labels and buckets to work with. */
export function referMetric(
  context: Context,
  targets: MetricTargets,
  name: string,
  range: Range,
  needed: readonly MetricType[],
  purpose: string,
): Metric | undefined {
  const external = targets.own.isDeclared(name) ? undefined : targets.external.get(name);
  if (external !== undefined) {
    context.report('OBS3008', {
      message: `'${name}' is exposed by others, but ${purpose} needs a metric of this service`,
      range,
      related: [{ range: external.origin.key, message: 'declared as external here' }],
      help: 'use the form that takes a query',
    });
    return undefined;
  }
  const metric = refer(context, targets.own, name, range);
  return metric !== undefined && hasType(context, metric, needed, range, purpose) ? metric : undefined;
}

/** The metric that a series belongs to, of this service or of others. */
export function metricOfSeries(targets: SeriesSource, name: string): Metric | ExternalMetric | undefined {
  return seriesNamed(targets, name)?.metric;
}
