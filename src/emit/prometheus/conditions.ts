import type { AbsentCondition, ForecastCondition, Query, RatioCondition, Target } from '../../model/model.js';
import type { Expr } from '../../promql/ast.js';
import { aggregate, binary, by, call, duration, number, paren, selector } from '../../promql/build.js';
import { guardedRatio, eventRate, orZero } from '../../slo/events.js';

/** The expression of a query. @throws where it has a fault: those were reported, and nothing is emitted then */
export function expressionOf(query: Query): Expr {
  if (query.expr === undefined) throw new Error('bug: a query with a fault reached the rules');
  return query.expr;
}

function wires(labels: readonly { readonly wire: string }[]): readonly string[] {
  return labels.map(({ wire }) => wire);
}

/**
 * A share of events beyond a limit. A part that was never seen counts as 0, an idle whole has no share, and with `minEvents` so many
 * events have to have happened within the window.
 */
export function ratio({ part, whole, by: labels, over, above, below, minEvents }: RatioCondition): Expr {
  const rate = (query: Query): Expr => eventRate(expressionOf(query), wires(labels), over.seconds);
  const share = guardedRatio(orZero(rate(part), rate(whole)), rate(whole));
  const beyond =
    above === undefined ? binary('<', share, number(below ?? 0)) : binary('>', share, number(above));
  if (minEvents === undefined || minEvents === 0) return beyond;
  const events = binary('*', rate(whole), number(over.seconds));
  return binary('and', beyond, binary('>=', events, number(minEvents)));
}

/** Nothing is exposed under a selector: also where the service never came up, which exposes nothing at all. */
export function absent({ selector: query }: AbsentCondition): Expr {
  const expr = expressionOf(query);
  if (expr.kind === 'call' && expr.func.startsWith('absent')) return expr;
  const isRange = expr.kind === 'subquery' || (expr.kind === 'selector' && expr.range !== undefined);
  return call(isRange ? 'absent_over_time' : 'absent', expr);
}

/** How much of the history that a line is drawn through must be there. */
const historyNeeded = 0.5;
/** A line through fewer samples says nothing. */
const fewestSamples = 4;

/**
 * A gauge that reaches a limit within the horizon, if it goes on as it did: the line through its recent past ends beyond the limit, the
 * gauge moves towards the limit now, and there is enough of a past. It also holds while the gauge is beyond the limit, so that the
 * alert does not end when what it warned of has come.
 */
export function forecast(condition: ForecastCondition, { scrapeInterval }: Target['prometheus']): Expr {
  const { metric, by: labels, horizon, over, above, below } = condition;
  const [op, limit, worst] =
    above === undefined ? (['<', below ?? 0, 'min'] as const) : (['>', above, 'max'] as const);
  const past = selector(metric.name, [], { range: duration(over.seconds) });
  const samples = Math.max(
    fewestSamples,
    Math.floor((over.seconds / scrapeInterval.seconds) * historyNeeded),
  );
  const reaches = binary(op, call('predict_linear', past, number(horizon.seconds)), number(limit));
  const moves = binary(op, call('deriv', past), number(0));
  const known = binary('>=', call('count_over_time', past), number(samples));
  const heading = binary('and', binary('and', reaches, moves), known);
  const beyond = binary(op, selector(metric.name), number(limit));
  return aggregate(worst, binary('or', paren(heading), beyond), by(wires(labels)));
}
