import type { ExternalMetric, Metric, Model } from '../../model/model.js';
import { ownSeries } from '../../model/own-series.js';
import { seriesNamed } from '../../model/series.js';
import type { Glob } from './glob.js';
import { partsOfName } from './stem.js';
import type { SeenFamily } from './seen.js';

/** What the spec knows of a metric that was seen. */
export type Known =
  | { readonly kind: 'declared'; readonly metric: Metric }
  | { readonly kind: 'external'; readonly metric: ExternalMetric }
  /** Of the runtime, the Node client or the exporter: it is there without being declared. */
  | { readonly kind: 'accompanying' }
  | { readonly kind: 'allowed' }
  | { readonly kind: 'unknown' };

/**
 * What clients and exporters expose of themselves: prom-client's `collectDefaultMetrics` (https://github.com/siimon/prom-client#default-metrics),
 * the SDK of OpenTelemetry and what its Prometheus exporters add, and the series that a scrape makes.
 */
const accompanying =
  /^(?:process_|nodejs_|otel_scope_info$|otel_sdk_|otelcol_|target_info$|up$|scrape_|promhttp_metric_handler_)/;

/** Labels that exporters of OpenTelemetry put on each series: https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/ */
export const exporterLabels = /^otel_scope_/;

/** Looks up what was seen. */
export class Names {
  readonly #model: Model;
  readonly #allowed: readonly Glob[];
  readonly #byStem = new Map<string, Metric[]>();
  /** Metrics by the names that they had, under which they are exposed as well until those go. */
  readonly #former = new Map<string, Metric>();

  constructor(model: Model, allowed: readonly Glob[]) {
    this.#model = model;
    this.#allowed = allowed;
    for (const metric of model.metrics.values()) {
      if (metric.renamedFrom !== undefined) this.#former.set(metric.renamedFrom.name, formerly(metric));
      const { stem } = partsOfName(metric.name);
      const same = this.#byStem.get(stem);
      if (same === undefined) this.#byStem.set(stem, [metric]);
      else same.push(metric);
    }
  }

  /** What a family is, under the first of its names that the spec knows. */
  of(family: SeenFamily): Known {
    const names = [family.name, ...family.otherNames];
    // Without a sample, a page in OpenMetrics does not show that a counter ends in _total.
    if (family.type === 'counter' && family.samples.length === 0) names.push(`${family.name}_total`);
    for (const name of names) {
      const found = this.#named(name, family);
      if (found !== undefined) return found;
    }
    if (names.some((name) => ownSeries.has(name) || accompanying.test(name))) return { kind: 'accompanying' };
    if ([...names, family.shownName].some((name) => this.#allowed.some((glob) => glob.test(name))))
      return { kind: 'allowed' };
    return { kind: 'unknown' };
  }

  /** Declared metrics that measure what this name says, under other units or as other types. */
  alike(name: string): readonly Metric[] {
    return this.#byStem.get(partsOfName(name).stem) ?? [];
  }

  #named(name: string, { type }: SeenFamily): Known | undefined {
    const exact = this.#exactly(name);
    if (exact !== undefined) return exact;
    // When a series began; clients without OpenMetrics have it as a gauge of its own.
    const created = /^(.+)_created$/.exec(name)?.[1];
    if (created !== undefined && (type === 'gauge' || type === 'unknown'))
      return (this.#exactly(created) ?? this.#exactly(`${created}_total`)) === undefined
        ? undefined
        : { kind: 'accompanying' };
    // Where no line says what it is, each part of a histogram stands for itself.
    const series = type === 'unknown' || type === 'counter' ? seriesNamed(this.#model, name) : undefined;
    return series && this.#exactly(series.metric.name);
  }

  #exactly(name: string): Known | undefined {
    const metric = this.#model.metrics.get(name) ?? this.#former.get(name);
    if (metric !== undefined) return { kind: 'declared', metric };
    const external = this.#model.external.get(name);
    return external && { kind: 'external', metric: external };
  }
}

/** The metric under its former name, which is one that goes. */
function formerly(metric: Metric): Metric {
  const { name, renamedFrom } = metric;
  const deprecated = { replacedBy: name, sunset: renamedFrom?.until, reason: undefined };
  return { ...metric, name: renamedFrom?.name ?? name, deprecated, renamedFrom: undefined };
}
