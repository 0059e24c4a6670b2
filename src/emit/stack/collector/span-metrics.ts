import type { Label, Model, Span, SpanAttribute } from '../../../model/model.js';
import { labelSize } from '../../../model/series.js';
import type { Stack } from '../../../model/stack.js';
import { goDuration } from './escape.js';

/** What the names of the span metrics begin with: the connector's own word, which no preset and no convention uses for another metric. */
export const spanMetricsNamespace = 'traces.span.metrics';

/** The same in PromQL. */
export const spanMetricsPrefix = `${spanMetricsNamespace.replaceAll('.', '_')}_`;

/** From a cache to a run of an agent; what a stack calls slow is added. */
const usualBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

/** Dimensions that the connector has by itself. */
const ownDimensions = ['service.name', 'span.name', 'span.kind', 'status.code', 'collector.instance.id'];

/** Rows of one service: room for spans that the spec does not know, and an end to what somebody puts a path or an id into. */
const leastRows = 500;
const mostRows = 5000;

/** Statuses that a span ends with: unset, error, and ok where somebody says so. */
const statuses = 3;

/** A label that has a fixed or registered set of values; the values of an open one are whatever occurs. */
function isBounded(label: Label | undefined): label is Label {
  return label !== undefined && label.bound.kind !== 'open';
}

function isDimension({ label, sensitivity, exportedName }: SpanAttribute): boolean {
  return isBounded(label) && sensitivity === 'none' && !ownDimensions.includes(exportedName);
}

/** Attributes that the span metrics are told apart by: of the spec's spans, those with the values of a bounded label. */
export function spanMetricDimensions(model: Model): readonly string[] {
  const found = new Map<string, string>();
  for (const { attributes } of model.spans.values()) {
    for (const attribute of attributes.filter(isDimension)) {
      // Two names that are one label in PromQL would be one dimension too many.
      const wire = attribute.exportedName.replace(/[^A-Za-z0-9_]/g, '_');
      if (!found.has(wire)) found.set(wire, attribute.exportedName);
    }
  }
  return [...found.values()];
}

/** The labels of the spec that the rows of a span are told apart by. */
export function spanMetricLabels({ attributes }: Span): readonly Label[] {
  return attributes.filter(isDimension).flatMap(({ label }) => label ?? []);
}

/** Rows that the spans of the spec can have, in the worst case. */
function rowsOf(model: Model): number {
  const rows = [...model.spans.values()].map((span) =>
    spanMetricLabels(span).reduce((product, label) => product * labelSize(label), statuses),
  );
  return rows.reduce((sum, each) => sum + each, 0);
}

/** Rows of the span metrics of one service, above which all others share one: a bound for `plan`, each with its buckets. */
export function spanMetricRows(model: Model): number {
  return Math.min(mostRows, Math.max(leastRows, 2 * rowsOf(model)));
}

/** Upper bounds of the buckets, in seconds, ascending. */
export function spanMetricBounds({ tail }: Stack): readonly number[] {
  const slow = tail?.slowerThan?.seconds;
  return [...new Set([...usualBounds, ...(slow === undefined ? [] : [slow])])].sort((a, b) => a - b);
}

/** Counts the spans and their durations, of all traces that arrive. */
export function spanMetrics(model: Model, stack: Stack): object {
  return {
    namespace: spanMetricsNamespace,
    histogram: { unit: 's', explicit: { buckets: spanMetricBounds(stack).map(goDuration) } },
    dimensions: spanMetricDimensions(model).map((name) => ({ name })),
    // Prometheus scrapes each Collector by itself and tells them apart; an id of their own would begin all series anew at each start.
    exclude_dimensions: ['collector.instance.id'],
    exemplars: { enabled: true, max_per_data_point: 5 },
    aggregation_cardinality_limit: spanMetricRows(model),
    // By the service: a restart, which changes the process' attributes, goes on with the same counters.
    resource_metrics_key_attributes: ['service.name', 'service.namespace', 'deployment.environment.name'],
    resource_metrics_cache_size: 1000,
    metrics_flush_interval: '15s',
    // Runs may be rare. A counter that is given up and begins anew loses what it counts first.
    metrics_expiration: '24h',
    series_expiration: '24h',
  };
}
