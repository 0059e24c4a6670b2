import type { AnomalyCondition, Target } from '../../model/model.js';
import type { Expr } from '../../promql/ast.js';
import { aggregate, binary, call, duration, matcher, number, paren, selector } from '../../promql/build.js';
import type { RecordingRule } from '../../promql/rule.js';
import { anomalyNames } from './names.js';

/** So many seasons are looked back, and so many of them must have been seen before anything is called unusual. */
const seasonsBack = 3;
const seasonsNeeded = 2;

/** The share of a season that must have been compared with its usual level before deviations mean anything. */
const historyNeeded = 0.5;

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
 * Watches a value for being far from its usual level: the mean of the last seasons at the same time, measured in standard deviations of
 * the distance that was usual a season ago. Silent for the first three and a half seasons: two to know the level, half a one to know the
 * distance, one that lies between.
 */
export function anomaly(
  name: string,
  service: string,
  { season, deviations }: AnomalyCondition,
  query: Expr,
  { evaluationInterval }: Target['prometheus'],
): Anomaly {
  const labels = new Map([
    ['anomaly', name],
    ['service', service],
  ]);
  const identity = [...labels].map(([label, value]) => matcher(label, '=', value));
  const series = (record: string): Expr => selector(record, identity);
  // The season before the last one: what is unusual now must not make itself usual.
  const past = selector(anomalyNames.residual, identity, {
    range: duration(season.seconds),
    offset: duration(season.seconds),
  });
  const record = (recorded: string, expr: Expr): RecordingRule => ({
    kind: 'record',
    record: recorded,
    expr,
    labels,
  });
  // Wide enough for a few evaluations, narrow enough to follow the season.
  const around = Math.min(season.seconds, Math.max(season.seconds / 24, 4 * evaluationInterval.seconds));
  const earlier = Array.from({ length: seasonsBack }, (_, index): RecordingRule => {
    const back = index + 1;
    const level = selector(anomalyNames.value, identity, {
      range: duration(around),
      offset: duration(back * season.seconds - around / 2),
    });
    return {
      kind: 'record',
      record: anomalyNames.earlier,
      expr: call('avg_over_time', level),
      labels: new Map([...labels, [seasonsLabel, String(back)]]),
    };
  });
  const without = { mode: 'without', labels: [seasonsLabel] } as const;
  const usual = binary(
    'and',
    aggregate('avg', series(anomalyNames.earlier), without),
    binary('>=', aggregate('count', series(anomalyNames.earlier), without), number(seasonsNeeded)),
  );
  const floor = binary('*', number(leastDeviation), call('abs', series(anomalyNames.usual)));
  const spread = call('stddev_over_time', past);
  const compared = call('count_over_time', past);
  const enough = binary(
    '>=',
    compared,
    number(Math.ceil((season.seconds / evaluationInterval.seconds) * historyNeeded)),
  );
  const usually = binary('>', series(anomalyNames.deviation), number(0));
  return {
    records: [
      record(anomalyNames.value, query),
      ...earlier,
      record(anomalyNames.usual, usual),
      record(anomalyNames.residual, binary('-', series(anomalyNames.value), series(anomalyNames.usual))),
      record(
        anomalyNames.deviation,
        binary('and', binary('or', paren(binary('>', spread, floor)), floor), enough),
      ),
    ],
    condition: binary(
      '>',
      call('abs', series(anomalyNames.residual)),
      binary('*', number(deviations), usually),
    ),
  };
}
