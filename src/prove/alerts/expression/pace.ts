import type { Expr } from '../../../promql/ast.js';
import type { AlertingRule, RuleGroup } from '../../../promql/rule.js';
import { durations, walk } from '../../../promql/walk.js';
import { paceFor, steps } from '../pace.js';

/** How long Prometheus takes the last sample of a series for its value, in seconds. */
export const lookback = 300;

/** Samples that a range has to hold for a rate to mean something. */
const fewest = 5;

/** Where a scenario would take more steps than this, fewer samples have to do. */
const manySteps = 500;
const fewestOfMany = 3;

/** The widest pace that still has a few samples in a range and whole numbers of them in `for`. */
function widest(range: number, times: readonly (number | undefined)[]): number {
  const fits = (pace: number): boolean =>
    range / pace >= fewestOfMany && times.every((time) => (time ?? 0) % (2 * pace) === 0);
  return [lookback, 150, 120, 100, 60].find(fits) ?? 60;
}

/** Most evaluations of a scenario: promtool holds no more than 10 000 samples of a query. */
const mostSteps = 9_000;

/** How far back an expression looks in seconds: ranges in ranges add up. */
function reachOf(expr: Expr): number {
  const seconds = (
    duration: { kind: 'duration'; seconds: number } | { kind: 'variable' } | undefined,
  ): number => (duration?.kind === 'duration' ? Math.max(0, duration.seconds) : 0);
  switch (expr.kind) {
    case 'selector':
      return seconds(expr.range) + seconds(expr.offset);
    case 'subquery':
      return seconds(expr.range) + seconds(expr.offset) + reachOf(expr.expr);
    case 'number':
    case 'string':
      return 0;
    case 'call':
      return Math.max(0, ...expr.args.map(reachOf));
    case 'aggregation':
      return reachOf(expr.expr);
    case 'binary':
      return Math.max(reachOf(expr.left), reachOf(expr.right));
    case 'unary':
    case 'paren':
      return reachOf(expr.expr);
  }
}

/** Times of a scenario, in samples, which are as far apart as evaluations. */
export interface Pace {
  /** Seconds. */
  readonly interval: number;
  /** Until nothing of what was before is seen any more. */
  readonly settled: number;
  readonly pending: number;
  readonly kept: number;
  /** Ranges that are read, and how long Prometheus looks back, in seconds. */
  readonly ranges: readonly number[];
  /** All ranges and offsets, in seconds. */
  readonly windows: readonly number[];
  /** Whether it reads what was before, by an offset. */
  readonly looksAside: boolean;
}

/** Undefined where the alert looks back too far to be tested in bearable time. */
export function paceOf(rule: AlertingRule, groups: readonly RuleGroup[]): Pace | undefined {
  const records = groups.flatMap(({ rules }) => rules.filter((each) => each.kind === 'record'));
  const exprs = [rule.expr, ...records.map(({ expr }) => expr)];
  const ranges = exprs
    .flatMap(durations)
    .flatMap((each) => (each.kind === 'duration' && each.seconds > 0 ? [each.seconds] : []));
  const shortest = ranges.length === 0 ? undefined : Math.min(...ranges);
  const reach = exprs.reduce((sum, expr) => sum + reachOf(expr), 0);
  const times = [rule.for, rule.keepFiringFor];
  const usual = paceFor(shortest, fewest, times);
  const interval = reach / usual > manySteps ? widest(shortest ?? lookback, times) : usual;
  const looksAside = exprs.some((expr) => {
    let found = false;
    walk(expr, (each) => {
      if ((each.kind === 'selector' || each.kind === 'subquery') && each.offset !== undefined) found = true;
    });
    return found;
  });
  const pace = {
    ranges: [...new Set([...(shortest === undefined ? [] : [shortest]), lookback])],
    windows: [...new Set(ranges)],
    looksAside,
    interval,
    settled: steps(reach, interval) + 2,
    pending: steps(rule.for, interval),
    kept: steps(rule.keepFiringFor, interval),
  };
  return 3 * pace.settled + pace.pending + pace.kept > mostSteps ? undefined : pace;
}
