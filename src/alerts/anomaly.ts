import { resultLabels } from '../model/analysis.js';
import type { Alert, AnomalyCondition, Model } from '../model/model.js';
import type { Expr, Matcher } from '../promql/ast.js';
import { aggregate, binary, call, duration, matcher, number, selector } from '../promql/build.js';
import type { RecordingRule } from '../promql/rule.js';
import { valueType } from '../promql/types.js';
import { anomalyNames } from './names.js';

/** So many seasons are looked back, and so many of them must have been seen before anything is called unusual. */
const seasonsBack = 3;
const seasonsNeeded = 2;

/** How far back, in seasons, the first comparison with the usual level must lie before deviations mean anything. */
const historyNeeded = 1.5;

/** The deviation is never taken for less than this share of the usual level: a flat line would make an anomaly of every ripple. */
const leastDeviation = 0.01;

/** An anomaly as rules: what has to be recorded, and when the alert fires. */
export interface Anomaly {
  readonly records: readonly RecordingRule[];
  readonly condition: Expr;
}

/** The label that tells the levels of several seasons apart. */
const seasonsLabel = 'seasons';

/**
 * The labels that tell the recorded series of one alert from those of others. A query that keeps a label `service` of its own leaves that
 * label to its series: a rule's label would replace it, and all of them would become one.
 */
export function anomalyIdentity(
  model: Model,
  alert: Pick<Alert, 'name'>,
  query: Expr,
): ReadonlyMap<string, string> {
  const identity = new Map([['anomaly', alert.name]]);
  if (resultLabels(model, query)?.labels.has('service') !== true) identity.set('service', model.service.name);
  return identity;
}

/** The first season that has to pass before the level of so many seasons ago is known: half of what is averaged lies after it. */
export function anomalyWindow(
  { season }: Pick<AnomalyCondition, 'season'>,
  evaluationInterval: number,
): number {
  // Wide enough for a few evaluations, narrow enough to follow the season.
  return Math.min(season.seconds, Math.max(season.seconds / 24, 4 * evaluationInterval));
}

/** Whether a query can only yield numbers: counters have no others, and sums and products of them neither. */
function isAlwaysFinite(expr: Expr): boolean {
  switch (expr.kind) {
    case 'paren':
      return isAlwaysFinite(expr.expr);
    case 'number':
      return Number.isFinite(expr.value);
    case 'aggregation':
      return ['sum', 'avg', 'min', 'max', 'count'].includes(expr.op) && isAlwaysFinite(expr.expr);
    case 'call':
      return ['rate', 'increase', 'irate'].includes(expr.func);
    case 'binary':
      return ['+', '-', '*'].includes(expr.op) && isAlwaysFinite(expr.left) && isAlwaysFinite(expr.right);
    default:
      return false;
  }
}

/** Whether a query can only yield numbers of 0 or more: what counters gain never is less, nor what is made of that without a difference. */
function isNeverNegative(expr: Expr): boolean {
  switch (expr.kind) {
    case 'paren':
      return isNeverNegative(expr.expr);
    case 'number':
      return expr.value >= 0;
    case 'aggregation':
      return (
        expr.op === 'count' || (['sum', 'avg', 'min', 'max'].includes(expr.op) && isNeverNegative(expr.expr))
      );
    case 'call':
      return ['rate', 'increase', 'irate', 'abs'].includes(expr.func);
    case 'binary':
      return ['+', '*', '/'].includes(expr.op) && isNeverNegative(expr.left) && isNeverNegative(expr.right);
    default:
      return false;
  }
}

/** What is watched, without values that are no numbers: one in a mean makes the whole mean none, for as long as it is looked back. */
function finite(query: Expr): Expr {
  if (isAlwaysFinite(query) && valueType(query) !== 'scalar') return query;
  const vector = valueType(query) === 'scalar' ? call('vector', query) : query;
  return binary('<', binary('>', vector, number(-Infinity)), number(Infinity));
}

/** The mean of the last seasons at the same time, as far as they were seen. */
function levels(
  condition: AnomalyCondition,
  identity: readonly Matcher[],
  labels: ReadonlyMap<string, string>,
  evaluationInterval: number,
): readonly RecordingRule[] {
  const { seconds } = condition.season;
  const around = anomalyWindow(condition, evaluationInterval);
  return Array.from({ length: seasonsBack }, (_, index): RecordingRule => {
    const back = index + 1;
    const level = selector(anomalyNames.value, identity, {
      range: duration(around),
      offset: duration(back * seconds - around / 2),
    });
    return {
      kind: 'record',
      record: anomalyNames.earlier,
      expr: call('avg_over_time', level),
      labels: new Map([...labels, [seasonsLabel, String(back)]]),
    };
  });
}

/**
 * How far the value usually is from its usual level: the root of the mean square of the distances in the season before the last one, since
 * what is unusual now must not make itself usual. A value that grows at a steady pace is always above the mean of the past: that too is a
 * distance, and so nothing is subtracted from it.
 * @param size of the usual level, whatever its sign
 */
function usualDistance(season: number, identity: readonly Matcher[], size: Expr): Expr {
  const past = (range: number, offset: number): Expr =>
    selector(anomalyNames.residual, identity, { range: duration(range), offset: duration(offset) });
  const distances = past(season, season);
  const spread = call(
    'sqrt',
    binary(
      '+',
      call('stdvar_over_time', distances),
      binary('^', call('avg_over_time', distances), number(2)),
    ),
  );
  const floor = binary('*', number(leastDeviation), size);
  // Asks when the comparisons began and not how many there are: the pace of evaluation may change, and is another one in tests.
  const beginning = past((2 - historyNeeded) * season, historyNeeded * season);
  return binary('and', binary('or', binary('>', spread, floor), floor), call('present_over_time', beginning));
}

function beyond(condition: AnomalyCondition, query: Expr, residual: Expr, deviation: Expr): Expr {
  const { deviations, direction, minimum } = condition;
  // A level of at least so much has a distance, and what is never negative is never below a level of 0.
  const isKnown = (minimum !== undefined && minimum > 0) || (direction === 'below' && isNeverNegative(query));
  // A value that has always been 0 has no usual distance: the first event is no anomaly.
  const usually = isKnown ? deviation : binary('>', deviation, number(0));
  switch (direction) {
    case 'both':
      return binary('>', call('abs', residual), binary('*', number(deviations), usually));
    case 'above':
      return binary('>', residual, binary('*', number(deviations), usually));
    case 'below':
      return binary('<', residual, binary('*', number(-deviations), usually));
  }
}

/**
 * Watches a value for being far from its usual level: the mean of the last seasons at the same time, measured in standard deviations of
 * the distance that was usual a season ago. Silent for the first three and a half seasons: two to know the level, half a one to know the
 * distance, one that lies between. Silent as well while the usual level lies below the condition's minimum.
 */
export function anomaly(
  model: Model,
  alert: Pick<Alert, 'name'>,
  condition: AnomalyCondition,
  query: Expr,
): Anomaly {
  const labels = anomalyIdentity(model, alert, query);
  const identity = [...labels].map(([label, value]) => matcher(label, '=', value));
  const series = (record: string): Expr => selector(record, identity);
  const record = (recorded: string, expr: Expr): RecordingRule => ({
    kind: 'record',
    record: recorded,
    expr,
    labels,
  });
  const without = { mode: 'without', labels: [seasonsLabel] } as const;
  const usual = binary(
    'and',
    aggregate('avg', series(anomalyNames.earlier), without),
    binary('>=', aggregate('count', series(anomalyNames.earlier), without), number(seasonsNeeded)),
  );
  const residual = binary('-', series(anomalyNames.value), series(anomalyNames.usual));
  const far = beyond(condition, query, series(anomalyNames.residual), series(anomalyNames.deviation));
  const level = series(anomalyNames.usual);
  const enough =
    condition.minimum === undefined
      ? undefined
      : binary('>=', series(anomalyNames.usual), number(condition.minimum));
  return {
    records: [
      record(anomalyNames.value, finite(query)),
      ...levels(condition, identity, labels, model.target.prometheus.evaluationInterval.seconds),
      record(anomalyNames.usual, usual),
      record(anomalyNames.residual, residual),
      record(
        anomalyNames.deviation,
        usualDistance(
          condition.season.seconds,
          identity,
          isNeverNegative(query) ? level : call('abs', level),
        ),
      ),
    ],
    condition: enough === undefined ? far : binary('and', far, enough),
  };
}
