import type { Query } from '../../model/model.js';
import type { Expr } from '../../promql/ast.js';
import { duration } from '../../promql/build.js';
import { evaluate, EvaluationError, SeriesStore } from '../../promql/evaluate/index.js';
import { withDuration } from '../../promql/walk.js';
import { meets } from './values.js';

/** A series by its name and labels. */
export interface SeriesKey {
  readonly metric: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** A series that grows, and how fast. */
export interface Growing extends SeriesKey {
  /** A second. */
  readonly rate: number;
}

/** Seconds: long enough for every window that is filled in here. */
const window = 300;
const interval = 60;

/** What an expression yields, over all of its results, while counters grow; undefined where it yields nothing. */
export function yieldOf(expr: Expr, growing: readonly Growing[]): number | undefined {
  const store = new SeriesStore();
  const end = 2 * window;
  for (const { metric, labels, rate } of growing) {
    const named = new Map([['__name__', metric], ...labels]);
    for (let time = 0; time <= end; time += interval) store.append(named, time, 1000 + rate * time);
  }
  try {
    const value = evaluate(withDuration(expr, '$window', duration(window)), store, end);
    if (value.kind === 'scalar') return value.value;
    if (value.samples.length === 0) return undefined;
    return value.samples.reduce((sum, sample) => sum + sample.value, 0);
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

/** Whether a selector selects a series, `rate()` and sums being what rules put around it. */
export function selects(expr: Expr, { metric, labels }: SeriesKey): boolean {
  if (expr.kind === 'paren') return selects(expr.expr, { metric, labels });
  if (expr.kind !== 'selector') throw new Error('bug: events are counted by something else than a selector');
  return (
    metric === expr.metric &&
    expr.matchers.every((matcher) => meets(matcher, labels.get(matcher.label) ?? ''))
  );
}

/** The expression of a query of the spec. */
export function expressionOf(query: Query): Expr {
  if (query.expr === undefined) throw new Error('bug: a query with a fault reached the tests');
  return query.expr;
}
