import type { AbsentCondition, ForecastCondition, Query, RatioCondition, Target } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import { aggregate, binary, by, call, duration, number, paren, selector } from '../promql/build.js';
import { guardedRatio, eventRate, orZero } from '../slo/events.js';
import { leastBadEvents } from '../slo/gate.js';

/** The expression of a query. @throws where it has a fault: those were reported, and nothing is emitted then */
export function expressionOf(query: Query): Expr {
  if (query.expr === undefined) throw new Error('bug: a query with a fault reached the rules');
  return query.expr;
}

function wires(labels: readonly { readonly wire: string }[]): readonly string[] {
  return labels.map(({ wire }) => wire);
}

/** An alert on a share may fire by chance for a service whose usual share is this many times less than the limit: one time in a thousand. */
const usuallyLess = 10;

/**
 * How many events have to lie on the side that makes a ratio fire, where the alert names no `minEvents`: with little traffic one failure
 * of two is a share of a half. They are counted on that side and not in the whole, so that a service with ten calls of which all fail is
 * not passed over. A service that is at the limit has 4 of them when chance alone brings as many one time in a thousand to one with a
 * tenth of that share; beyond a half the other side is the rare one, and has to have had room for as many.
 * @returns 0 where every event counts: the limit itself says that none may be
 */
export function leastDeviatingEvents({ above, below }: Pick<RatioCondition, 'above' | 'below'>): number {
  const share = above ?? 1 - (below ?? 0);
  if (share <= 0 || share >= 1) return 0;
  // Ten digits: 1 - 0.9 is 0.09999999999999998, and must not ask for one event more.
  const times = Number(Math.max(1, share / (1 - share)).toFixed(10));
  return Math.ceil(leastBadEvents(usuallyLess) * times);
}

/**
 * A share of events beyond a limit. A part that was never seen counts as 0, an idle whole has no share, and so many events have to have
 * happened within the window that they are no chance: `minEvents` of the whole, or else some that deviate.
 */
export function ratio(condition: RatioCondition): Expr {
  const { part, whole, by: labels, over, above, below, minEvents } = condition;
  const rate = (query: Query): Expr => eventRate(expressionOf(query), wires(labels), over.seconds);
  const counted = orZero(rate(part), rate(whole));
  const share = guardedRatio(counted, rate(whole));
  const beyond =
    above === undefined ? binary('<', share, number(below ?? 0)) : binary('>', share, number(above));
  const deviating = above === undefined ? binary('-', rate(whole), counted) : rate(part);
  const [events, least] =
    minEvents === undefined ? [deviating, leastDeviatingEvents(condition)] : [rate(whole), minEvents];
  if (least === 0) return beyond;
  return binary('and', beyond, binary('>=', binary('*', events, number(over.seconds)), number(least)));
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

/** How many samples of its past a forecast asks for. */
export function forecastSamples(
  { over }: Pick<ForecastCondition, 'over'>,
  { scrapeInterval }: Target['prometheus'],
): number {
  return Math.max(fewestSamples, Math.floor((over.seconds / scrapeInterval.seconds) * historyNeeded));
}

/**
 * A gauge that reaches a limit within the horizon, if it goes on as it did: the line through its recent past ends beyond the limit, the
 * gauge has moved towards it by more than it scatters, and there is enough of a past. It also holds while the gauge is beyond the limit,
 * so that the alert does not end when what it warned of has come.
 */
export function forecast(condition: ForecastCondition, prometheus: Target['prometheus']): Expr {
  const { metric, by: labels, horizon, over, above, below } = condition;
  const [op, limit, worst] =
    above === undefined ? (['<', below ?? 0, 'min'] as const) : (['>', above, 'max'] as const);
  const past = selector(metric.name, [], { range: duration(over.seconds) });
  const samples = forecastSamples(condition, prometheus);
  const reaches = binary(op, call('predict_linear', past, number(horizon.seconds)), number(limit));
  // On a straight line the way is three and a half times the deviation; a line through noise alone hardly leads anywhere.
  const way = binary('*', call('deriv', past), number(over.seconds));
  const scatter = call('stddev_over_time', past);
  const moves = binary(op, way, above === undefined ? { kind: 'unary', op: '-', expr: scatter } : scatter);
  const known = binary('>=', call('count_over_time', past), number(samples));
  const heading = binary('and', binary('and', reaches, moves), known);
  const beyond = binary(op, selector(metric.name), number(limit));
  return aggregate(worst, binary('or', paren(heading), beyond), by(wires(labels)));
}
