// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { countDrop } from '../account.js';
import { withDeadline } from '../timers.js';
import { shared } from '../shared.js';
import type { AnyExemplar } from './exemplar-text.js';
import { isRegistryMetric } from './registry-metric.js';
import type { MetricRegistry } from './registry.js';

/** What a metric of somebody else gives when it is read; nothing of it is certain. */
export interface ForeignReading {
  readonly name: string;
  readonly help: unknown;
  readonly type: string;
  readonly values: Iterable<ForeignValue>;
}

/** One sample of it. */
export interface ForeignValue {
  readonly value: unknown;
  readonly labels?: Readonly<Record<string, unknown>> | undefined;
  readonly sharedLabels?: Readonly<Record<string, unknown>> | undefined;
  readonly metricName?: string | undefined;
  readonly exemplar?: AnyExemplar | null | undefined;
}

const tooLong = new Error('it took too long');

interface ForeignMetric {
  readonly name?: unknown;
  get?(): unknown;
}

/** Metrics whose last reading has not come to an end. */
const pending = shared('pending foreign metrics', () => new WeakSet<object>());

/**
 * Begins to read the metrics of a registry that are not ours. A metric that fails, or does not answer in so many seconds, is left out,
 * counted and reported; one that still owes its last answer is not asked again.
 */
export function readForeignMetrics(
  registry: MetricRegistry,
  deadlineSeconds: number,
): readonly Promise<ForeignReading | undefined>[] {
  return foreignMetrics(registry).map((metric) => readForeign(registry, metric, deadlineSeconds));
}

function foreignMetrics(registry: MetricRegistry): ForeignMetric[] {
  try {
    const { getMetricsAsArray } = registry as { readonly getMetricsAsArray?: () => object[] };
    if (getMetricsAsArray === undefined) return [];
    return getMetricsAsArray.call(registry).filter((metric) => !isRegistryMetric(metric));
  } catch (error) {
    diag.warn('the other metrics of the registry could not be listed', error);
    return [];
  }
}

async function readForeign(
  registry: MetricRegistry,
  metric: ForeignMetric,
  deadlineSeconds: number,
): Promise<ForeignReading | undefined> {
  const failed = (error: unknown): ForeignReading | undefined => {
    const name = nameOf(metric);
    countDrop(name, 'internal_error');
    diag.warn(`metric ${name} is not shown: it could not be read`, error);
    return undefined;
  };
  if (pending.has(metric)) return failed(new Error('its last reading has not come to an end'));
  pending.add(metric);
  const reading = Promise.resolve()
    .then(() => metric.get?.() as Partial<ForeignReading> | undefined)
    .finally(() => pending.delete(metric))
    .then((found): ForeignReading | undefined => {
      if (found?.name === undefined) return undefined;
      const { help = '', type = 'untyped', values = [] } = found;
      return { name: wholeName(registry, metric, found.name), help, type, values };
    });
  return withDeadline(reading, deadlineSeconds, () => failed(tooLong), failed);
}

/** prom-client's own OpenMetrics page takes `_total` away from the names of counters for good; the registry still knows them with it. */
function wholeName(registry: MetricRegistry, metric: ForeignMetric, name: string): string {
  const isKnown = (text: string): boolean => registry.getSingleMetric(text) === metric;
  return !isKnown(name) && isKnown(`${name}_total`) ? `${name}_total` : name;
}

function nameOf(metric: { readonly name?: unknown }): string {
  try {
    return String(metric.name);
  } catch {
    return 'unknown';
  }
}
