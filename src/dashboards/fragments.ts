import type { Label, Metric } from '../model/model.js';
import type { Expr, Matcher } from '../promql/ast.js';
import { aggregate, by, call, duration, durationVariable, number, selector } from '../promql/build.js';
import { guardedRatio, orZero } from '../slo/events.js';

/** More lines than this nobody reads. */
const mostLines = 10;

function wires(labels: readonly Label[]): readonly string[] {
  return labels.map(({ wire }) => wire);
}

/** Series whose increments are events: of a histogram, its count. */
function eventSeries(metric: Metric): string {
  return metric.type === 'histogram' ? `${metric.name}_count` : metric.name;
}

/** Events a second. */
export function rate(metric: Metric, labels: readonly Label[] = [], matchers: readonly Matcher[] = []): Expr {
  const range = durationVariable('$__rate_interval');
  return aggregate(
    'sum',
    call('rate', selector(eventSeries(metric), matchers, { range })),
    by(wires(labels)),
  );
}

/** Events, or money, of a span of time. @param seconds length of it */
export function increase(metric: Metric, seconds: number, labels: readonly Label[] = []): Expr {
  const range = duration(seconds);
  return aggregate('sum', call('increase', selector(eventSeries(metric), [], { range })), by(wires(labels)));
}

/** The value below which a share of observations lies. @param q 0 to 1 */
export function quantile(q: number, metric: Metric, labels: readonly Label[] = []): Expr {
  const range = durationVariable('$__rate_interval');
  const buckets = call('rate', selector(`${metric.name}_bucket`, [], { range }));
  return call('histogram_quantile', number(q), aggregate('sum', buckets, by(['le', ...wires(labels)])));
}

/** What all instances' values of a gauge come to. */
export function total(
  op: 'sum' | 'max' | 'min' | 'avg',
  metric: Metric,
  labels: readonly Label[] = [],
): Expr {
  return aggregate(op, selector(metric.name), by(wires(labels)));
}

/** A share of events; nothing where there was no traffic, 0 where none of them was of the kind asked for. */
export function share(part: Expr, whole: Expr): Expr {
  return guardedRatio(orZero(part, whole), whole);
}

/** The largest few of more lines than anybody reads. */
export function largest(expr: Expr, labels: readonly Label[]): Expr {
  const few = labels.every(({ bound }) => bound.kind === 'closed' || bound.cap <= mostLines);
  return few ? expr : aggregate('topk', expr, undefined, number(mostLines));
}
