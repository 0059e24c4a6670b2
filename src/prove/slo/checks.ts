import type { Expr } from '../../promql/ast.js';
import { aggregate, binary, matcher, number, selector } from '../../promql/build.js';
import { badRate, badSlice, errorRatio, totalRate } from '../../slo/names.js';
import type { Check } from '../scenario.js';
import type { Objective } from './objective.js';
import type { Forecast } from './predict.js';

const nothing: ReadonlyMap<string, string> = new Map<string, string>();

/** A recorded series of the objective, of one group where it is grouped. */
export function recordOf(
  { identity }: Pick<Objective, 'identity'>,
  name: string,
  group: ReadonlyMap<string, string> = nothing,
): Expr {
  return selector(
    name,
    [...identity, ...group].map(([label, value]) => matcher(label, '=', value)),
  );
}

/** How far a value may be from its prediction: rounding, and no more. */
const tolerance = 1e-4;
/** Sums of rates that cancel out may leave this much. */
const dust = 1e-9;

/** That a query has one result, between two numbers, both of them possible. */
export function between(expr: Expr, [low, high]: readonly [number, number], at: number): Check {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const slack = Math.max(size * tolerance, dust);
  const bound = (value: number): Expr => number(Number(value.toPrecision(6)));
  return {
    kind: 'query',
    expr: aggregate('count', binary('<', binary('>', expr, bound(low - slack)), bound(high + slack))),
    at,
    results: [{ labels: nothing, value: 1 }],
  };
}

/** That a query has no result. */
export function absent(expr: Expr, at: number): Check {
  return { kind: 'query', expr, at, results: [] };
}

/** That every recorded value is a number: NaN is not at least minus infinity. */
export function noNaN(at: number): Check {
  const all = selector(undefined, [matcher('__name__', '=~', 'slo:.+')]);
  const numbers = binary('>=', all, number(-Infinity));
  return {
    kind: 'query',
    expr: binary('-', aggregate('count', all), aggregate('count', numbers)),
    at,
    results: [{ labels: nothing, value: 0 }],
  };
}

/** That a recorded series has exactly this value and these labels. */
export function exactly(
  { identity }: Pick<Objective, 'identity'>,
  name: string,
  value: number,
  at: number,
  more: ReadonlyMap<string, string> = nothing,
): Check {
  return {
    kind: 'query',
    expr: recordOf({ identity }, name),
    at,
    results: [{ labels: new Map([['__name__', name], ...identity, ...more]), value }],
  };
}

/** That some windows of a group measure what they have to: all and bad events, and the share of bad ones. */
export function measured(
  objective: Objective,
  forecast: Forecast,
  group: ReadonlyMap<string, string>,
  at: number,
  windows: readonly number[] = objective.windows,
): readonly Check[] {
  return windows.flatMap((window) => {
    const ratio = forecast.band((each) => each.ratio(window, at));
    const share =
      ratio === undefined
        ? [absent(recordOf(objective, errorRatio(window), group), at)]
        : [between(recordOf(objective, errorRatio(window), group), ratio, at)];
    if (objective.kind !== 'events' || !objective.direct.includes(window)) return share;
    const total = forecast.band((each) => each.measured(window, at).total);
    const bad = forecast.band((each) => each.measured(window, at).bad);
    return [
      ...(total === undefined ? [] : [between(recordOf(objective, totalRate(window), group), total, at)]),
      ...(bad === undefined ? [] : [between(recordOf(objective, badRate(window), group), bad, at)]),
      ...share,
    ];
  });
}

/** That the group is bad, or good, at a time. */
export function slice(
  objective: Objective,
  group: ReadonlyMap<string, string>,
  isBad: boolean,
  at: number,
): Check {
  const value = isBad ? 1 : 0;
  return between(recordOf(objective, badSlice, group), [value, value], at);
}
