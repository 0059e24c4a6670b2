import type { Metric, Model } from '../../model/model.js';
import { aggregate, by, call, durationVariable, number, selector } from '../../promql/build.js';
import { printPromql } from '../../promql/print.js';
import { bridged } from '../../renames/bridge.js';
import { scoped } from '../../slo/scope.js';
import { literal } from './escape.js';
import type { Store } from './signals.js';

/** Where the exporters put the service's name: the resource of a span, and Loki's label that is made from it. */
const serviceTag = { key: 'service.name', value: 'service_name' };

/** Lines are written, and collected, somewhat before and after their span. */
const logShift = '5m';

/** Enough around a span to see whether its time was unusual. */
const metricShift = '30m';

/** Each of them stands in the menu of every span. */
const mostQueries = 6;

/** From a span to the lines of its trace: those that carry the id, as structured metadata or in their text. */
function tracesToLogs(model: Model): object {
  return {
    datasourceUid: literal(model.target.grafana.datasources.logs),
    spanStartTimeShift: `-${logShift}`,
    spanEndTimeShift: logShift,
    tags: [serviceTag],
    filterByTraceID: true,
    filterBySpanID: false,
    customQuery: false,
  };
}

/** The metrics that spans record their duration in, with the first span that does; those of the service's own before a preset's. */
function durations(model: Model): ReadonlyMap<Metric, string> {
  const found = new Map<Metric, string>();
  for (const { name, record } of model.spans.values()) {
    if (record.duration !== undefined && !found.has(record.duration)) found.set(record.duration, name);
  }
  return new Map([...found].slice(0, mostQueries));
}

function quantile(model: Model, metric: Metric): string {
  const range = durationVariable('$__rate_interval');
  const rate = call('rate', selector(`${metric.name}_bucket`, [], { range }));
  const buckets = aggregate('sum', rate, by(['le']));
  return printPromql(bridged(model, scoped(model, call('histogram_quantile', number(0.95), buckets))));
}

/** From a span to how long such spans usually take; undefined where no span records its duration. */
function tracesToMetrics(model: Model): object | undefined {
  const queries = [...durations(model)].map(([metric, span]) => ({
    name: literal(`95th percentile of ${span}`),
    query: literal(quantile(model, metric)),
  }));
  if (queries.length === 0) return undefined;
  return {
    datasourceUid: literal(model.target.grafana.datasources.metrics),
    spanStartTimeShift: `-${metricShift}`,
    spanEndTimeShift: metricShift,
    tags: [],
    queries,
  };
}

/** Links from a span, which Tempo and Jaeger have in common. */
export function traceLinks(model: Model, stores: ReadonlySet<Store>): object {
  return {
    tracesToLogsV2: stores.has('logs') ? tracesToLogs(model) : undefined,
    tracesToMetrics: tracesToMetrics(model),
    nodeGraph: { enabled: true },
  };
}
