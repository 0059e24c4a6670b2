import type { Label, LatencySli, NativeLatencySli, Query, Sli } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import { aggregate, binary, by as grouping, call, duration, number, selector } from '../promql/build.js';
import { withDuration } from '../promql/walk.js';
import { bucketMatcher, histogramPart } from '../slo/events.js';

/** How an SLI is said in OpenSLO: the indicator's spec, and the keys of the objective that it needs. */
export interface ExportedSli {
  readonly indicator: object;
  readonly method: 'Occurrences' | 'Timeslices';
  readonly objective: object;
  /** What OpenSLO cannot say. */
  readonly lost: readonly string[];
}

type Print = (expr: Expr) => string;

/** The window of queries that have to have one: OpenSLO knows no variable for it. */
const written = 300;

function metric(query: string): object {
  return { metricSource: { type: 'Prometheus', spec: { query } } };
}

function expressionOf(query: Query): Expr {
  if (query.expr === undefined) throw new Error('bug: a query with a fault reached the export');
  return query.expr;
}

function ratio(
  print: Print,
  total: Expr,
  part: { readonly good: Expr } | { readonly bad: Expr },
): ExportedSli {
  const counted = 'good' in part ? { good: metric(print(part.good)) } : { bad: metric(print(part.bad)) };
  return {
    indicator: { ratioMetric: { counter: true, ...counted, total: metric(print(total)) } },
    method: 'Occurrences',
    objective: {},
    lost: [],
  };
}

function raw(print: Print, expr: Expr): ExportedSli {
  return {
    indicator: { ratioMetric: { rawType: 'failure', raw: metric(print(expr)) } },
    method: 'Occurrences',
    objective: {},
    lost: ['the window of its query, 5m: each window has to be filled in there'],
  };
}

/** A share of time: each minute a value is compared. */
function slices(print: Print, expr: Expr, op: string, value: number): ExportedSli {
  return {
    indicator: { thresholdMetric: metric(print(expr)) },
    method: 'Timeslices',
    objective: { op, value, timeSliceTarget: 1, timeSliceWindow: '1m' },
    lost: ['the pace of its evaluations: slices of a minute'],
  };
}

const operators: Readonly<Record<string, string>> = { '<=': 'lte', '<': 'lt', '>=': 'gte', '>': 'gt' };

function matchersOf({ matchers }: Pick<LatencySli, 'matchers'>) {
  return matchers?.expr?.kind === 'selector' ? matchers.expr.matchers : [];
}

function latency(print: Print, sli: LatencySli): ExportedSli {
  const matchers = matchersOf(sli);
  const { name } = sli.histogram;
  return ratio(print, histogramPart(name, 'count', matchers), {
    good: histogramPart(name, 'bucket', [...matchers, bucketMatcher(sli.threshold.seconds)]),
  });
}

function nativeLatency(print: Print, sli: NativeLatencySli, labels: readonly string[]): ExportedSli {
  const observed = selector(sli.histogram.name, matchersOf(sli), { range: duration(written) });
  const all = aggregate('sum', call('rate', observed), grouping(labels));
  const within = call('histogram_fraction', number(0), number(sli.threshold.seconds), all);
  return raw(print, binary('-', number(1), within));
}

/**
 * An SLI in OpenSLO.
 * @param print prints an expression as it is measured, with the labels that tell this service from others
 * @throws for a quantile, which no objective is about
 */
export function exportSli(sli: Sli, by: readonly Label[], print: Print): ExportedSli {
  const labels = by.map(({ wire }) => wire);
  switch (sli.form) {
    case 'events': {
      const total = expressionOf(sli.total);
      if (sli.good !== undefined) return ratio(print, total, { good: expressionOf(sli.good) });
      if (sli.bad !== undefined) return ratio(print, total, { bad: expressionOf(sli.bad) });
      throw new Error(`bug: SLI ${sli.name} has neither good nor bad events`);
    }
    case 'latency':
      return latency(print, sli);
    case 'nativeLatency':
      return nativeLatency(print, sli, labels);
    case 'timeSlice': {
      const expr = expressionOf(sli.query);
      const op = operators[sli.op];
      if (op !== undefined) return slices(print, expr, op, sli.value);
      return slices(print, binary(sli.op, expr, number(sli.value), { bool: true }), 'gte', 1);
    }
    case 'boolean': {
      const holds = binary('==', selector(sli.gauge.name), number(1), { bool: true });
      return slices(print, aggregate('min', holds, grouping(labels)), 'gte', 1);
    }
    case 'freshness': {
      const known = binary('>', selector(sli.timestamp.name), number(0));
      const age = binary('-', call('time'), aggregate('max', known, grouping(labels)));
      return slices(print, age, 'lte', sli.maxAge.seconds);
    }
    case 'query':
      return raw(print, withDuration(expressionOf(sli.query), '$window', duration(written)));
    case 'quantile':
      throw new Error(`bug: an objective on the quantile ${sli.name} reached the export`);
  }
}
