// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { families } from '../exposition/registry.js';
import { monotonicSeconds, unixSeconds } from '../host.js';
import type { Family } from '../metrics/family.js';
import { FamilyMetric } from './family-metric.js';
import type { Temporality } from './family-metric.js';
import { emptyResource } from './metric-data.js';
import type { MetricCollection, MetricData, MetricProducer } from './metric-data.js';

/** How a producer counts. */
export interface ProducerOptions {
  /**
   * `cumulative`: each value since its row began; `delta`: since the last collection, as some services that take OTLP want it. Readers do not
   * convert one into the other. Gauges are always as they are.
   */
  readonly temporality?: Temporality | undefined;
}

/** When this process began, in whole milliseconds since 1970: no row is older. */
const processStart = Math.floor(1000 * (unixSeconds() - monotonicSeconds()));

/**
 * Makes a source of metrics for OpenTelemetry readers: `metricProducers: [producer]`. It reads the store when the reader asks, so that an
 * update costs nothing more, and a label's cap holds. One reader each: a producer of deltas tells what is new once.
 * @param scope the name that the metrics carry as their instrumentation scope
 */
export function createMetricProducer(scope: string, options: ProducerOptions = {}): MetricProducer {
  const { temporality = 'cumulative' } = options;
  const metrics = new Map<Family, FamilyMetric>();
  let collectedAt = processStart;

  function metricOf(family: Family): FamilyMetric {
    const known = metrics.get(family);
    if (known !== undefined) return known;
    const made = new FamilyMetric(family, temporality, collectedAt);
    metrics.set(family, made);
    return made;
  }

  function collect(): MetricCollection {
    // A clock that is set back must not make an interval end before it began.
    const now = Math.max(collectedAt, Math.floor(1000 * unixSeconds()));
    const reports: MetricData[] = [];
    const errors: unknown[] = [];
    for (const family of families()) {
      try {
        const report = metricOf(family).report(now);
        if (report !== undefined) reports.push(report);
      } catch (error) {
        errors.push(error);
      }
    }
    collectedAt = now;
    // A scope without metrics would make the reader send an empty request.
    const scopeMetrics = reports.length === 0 ? [] : [{ scope: { name: scope }, metrics: reports }];
    return { resourceMetrics: { resource: emptyResource, scopeMetrics }, errors };
  }

  return { collect: () => Promise.resolve(collect()) };
}
