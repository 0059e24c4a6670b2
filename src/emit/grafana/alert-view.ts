import type { Alert, AnomalyCondition, Model } from '../../model/model.js';
import type { Expr } from '../../promql/ast.js';
import { aggregate, binary, by, call, duration, matcher, number, selector } from '../../promql/build.js';
import { anomalyIdentity } from '../../alerts/anomaly.js';
import { ratio } from '../../alerts/conditions.js';
import { anomalyNames } from '../../alerts/names.js';
import { watched, type Limit } from './thresholds.js';

/** A line beside the one that an alert looks at; `like` has the labels that it has. */
export interface Companion {
  readonly name: string;
  readonly expr: Expr;
  readonly like: Expr;
}

/** What a panel shows of an alert, and the words for it. */
export interface AlertView {
  readonly alert: Alert;
  /** What it looks at, without the comparison that makes it fire. */
  readonly expr: Expr;
  readonly limit: Limit | undefined;
  /** Lines that belong beside it: a limit that is no number, the usual level. */
  readonly companions: readonly Companion[];
  /** What the values are measured from, where `expr` reads a recorded series: it tells the unit and what is read. */
  readonly measured: Expr;
  /** How the alert looks at it: over which time, how far ahead. */
  readonly manner: string | undefined;
}

function limitOf(above: number | undefined, below: number | undefined): Limit | undefined {
  if (above !== undefined) return { value: above, bad: '>' };
  return below === undefined ? undefined : { value: below, bad: '<' };
}

/** An alert whose condition is a comparison: one side is looked at, the other is the limit. */
function compared(alert: Alert, condition: Expr, manner?: string): AlertView {
  const { expr, limit, bound } = watched(condition);
  const companions = bound === undefined ? [] : [{ name: 'limit', expr: bound, like: bound }];
  return { alert, expr, limit, companions, measured: expr, manner };
}

/** How many series there are, 0 where there are none. */
function seriesCount(selected: Expr): Expr {
  const inner =
    selected.kind === 'call' && selected.func.startsWith('absent')
      ? (selected.args[0] ?? selected)
      : selected;
  const isRange = inner.kind === 'subquery' || (inner.kind === 'selector' && inner.range !== undefined);
  const present = isRange ? call('present_over_time', inner) : inner;
  return binary('or', aggregate('count', present), call('vector', number(0)));
}

/** The recorded value with its usual level and the distance from it at which the alert fires. */
function anomalyView(model: Model, alert: Alert, condition: AnomalyCondition, query: Expr): AlertView {
  const identity = [...anomalyIdentity(model, alert, query)].map(([label, value]) =>
    matcher(label, '=', value),
  );
  const series = (name: string): Expr => selector(name, identity);
  const distance = binary('*', number(condition.deviations), series(anomalyNames.deviation));
  const usual = series(anomalyNames.usual);
  const { direction } = condition;
  return {
    alert,
    expr: series(anomalyNames.value),
    limit: undefined,
    companions: [
      { name: 'usual', expr: usual, like: query },
      ...(direction === 'below'
        ? []
        : [{ name: 'highest usual', expr: binary('+', usual, distance), like: query }]),
      ...(direction === 'above'
        ? []
        : [{ name: 'lowest usual', expr: binary('-', usual, distance), like: query }]),
    ],
    measured: query,
    manner: `with its usual level, which repeats every ${condition.season.text}`,
  };
}

/**
 * What an alert looks at, without the comparison that makes it fire; undefined where its query has a syntax error. The windows are those
 * of the alert: a limit holds for the window that it was set for.
 */
export function alertView(model: Model, alert: Alert): AlertView | undefined {
  const { condition } = alert;
  switch (condition.form) {
    case 'expr': {
      const { expr } = condition.query;
      return expr && compared(alert, expr);
    }
    case 'ratio':
      if (condition.part.expr === undefined || condition.whole.expr === undefined) return undefined;
      return compared(alert, ratio(condition), `over ${condition.over.text}`);
    case 'absent': {
      const { expr } = condition.selector;
      if (expr === undefined) return undefined;
      const count = seriesCount(expr);
      const limit = { value: 1, bad: '<' } as const;
      return {
        alert,
        expr: count,
        limit,
        companions: [],
        measured: count,
        manner: 'as the number of its series',
      };
    }
    case 'anomaly': {
      const { expr } = condition.query;
      return expr && anomalyView(model, alert, condition, expr);
    }
    case 'forecast': {
      const { metric, over, horizon, above, below } = condition;
      const past = selector(metric.name, [], { range: duration(over.seconds) });
      const line = call('predict_linear', past, number(horizon.seconds));
      const group = by(condition.by.map(({ wire }) => wire));
      return {
        alert,
        expr: aggregate(above === undefined ? 'min' : 'max', line, group),
        limit: limitOf(above, below),
        companions: [],
        measured: selector(metric.name),
        manner: `as forecast ${horizon.text} ahead from the last ${over.text}`,
      };
    }
  }
}
