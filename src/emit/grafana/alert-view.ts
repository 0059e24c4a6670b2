import type { Alert, Query } from '../../model/model.js';
import type { Expr } from '../../promql/ast.js';
import { aggregate, binary, by, call, duration, number } from '../../promql/build.js';
import { watched, type Limit, type Watched } from './thresholds.js';

/** What a panel shows of an alert, and the words for it. */
export interface AlertView extends Watched {
  readonly alert: Alert;
  /** How the alert looks at it: over which time, how far ahead. */
  readonly manner: string | undefined;
}

function limitOf(above: number | undefined, below: number | undefined): Limit | undefined {
  if (above !== undefined) return { value: above, bad: '>' };
  return below === undefined ? undefined : { value: below, bad: '<' };
}

/** Events a second of a selector that names a counter. */
function rateOver({ expr }: Query, seconds: number): Expr | undefined {
  if (expr === undefined) return undefined;
  return expr.kind === 'selector' && expr.range === undefined
    ? call('rate', { ...expr, range: duration(seconds) })
    : expr;
}

/**
 * What an alert looks at, without the comparison that makes it fire; undefined where its query has a syntax error. The windows are those
 * of the alert: a limit holds for the window that it was set for.
 */
export function alertView(alert: Alert): AlertView | undefined {
  const { condition } = alert;
  switch (condition.form) {
    case 'expr': {
      const { expr } = condition.query;
      return expr && { ...watched(expr), alert, manner: undefined };
    }
    case 'ratio': {
      const [part, whole] = [
        rateOver(condition.part, condition.over.seconds),
        rateOver(condition.whole, condition.over.seconds),
      ];
      if (part === undefined || whole === undefined) return undefined;
      const group = by(condition.by.map(({ wire }) => wire));
      const all = binary('>', aggregate('sum', whole, group), number(0));
      return {
        expr: binary('/', aggregate('sum', part, group), all),
        limit: limitOf(condition.above, condition.below),
        bound: undefined,
        alert,
        manner: `over ${condition.over.text}`,
      };
    }
    case 'absent': {
      const { expr } = condition.selector;
      if (expr === undefined) return undefined;
      const count = binary('or', aggregate('count', expr), call('vector', number(0)));
      return {
        expr: count,
        limit: { value: 1, bad: '<' },
        bound: undefined,
        alert,
        manner: 'as the number of its series',
      };
    }
    case 'anomaly': {
      const { expr } = condition.query;
      return expr && { expr, limit: undefined, bound: undefined, alert, manner: undefined };
    }
    case 'forecast': {
      const { metric, over, horizon } = condition;
      const group = by(condition.by.map(({ wire }) => wire));
      const line = call(
        'predict_linear',
        { kind: 'selector', metric: metric.name, matchers: [], range: duration(over.seconds) },
        number(horizon.seconds),
      );
      return {
        expr: aggregate('max', line, group),
        limit: limitOf(condition.above, condition.below),
        bound: undefined,
        alert,
        manner: `as forecast ${horizon.text} ahead from the last ${over.text}`,
      };
    }
  }
}
