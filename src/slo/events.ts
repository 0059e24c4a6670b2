import type { Expr } from '../promql/ast.js';
import { aggregate, binary, by, call, duration, matcher, number, selector } from '../promql/build.js';
import { selectors, withDuration } from '../promql/walk.js';

/**
 * Events a second over a window, summed by labels. A plain selector gets rate() and sum around it, sums and differences of selectors at
 * each of their ends; anything else is taken for a rate already, with `$window` filled in.
 * @param window seconds
 */
export function eventRate(expr: Expr, labels: readonly string[], window: number): Expr {
  const range = duration(window);
  switch (expr.kind) {
    case 'paren':
      return eventRate(expr.expr, labels, window);
    case 'selector':
      if (expr.range !== undefined) break;
      return aggregate('sum', call('rate', { ...expr, range }), by(labels));
    case 'binary':
      if ((expr.op === '+' || expr.op === '-') && !ratesSomething(expr)) {
        return binary(expr.op, eventRate(expr.left, labels, window), eventRate(expr.right, labels, window));
      }
      break;
    default:
  }
  return aggregate('sum', withDuration(expr, '$window', range), by(labels));
}

/** Whether an expression holds a range already, so that no rate() may be put around its selectors. */
function ratesSomething(expr: Expr): boolean {
  return selectors(expr).some((each) => each.range !== undefined);
}

/** `part`, or 0 wherever there is a `whole`: a series that does not exist yet means that nothing of its kind has happened. */
export function orZero(part: Expr, whole: Expr): Expr {
  return binary('or', part, binary('*', number(0), whole));
}

/** `part / whole` where anything happened at all, nothing elsewhere: never NaN, which would stay in every sum for a whole period. */
export function guardedRatio(part: Expr, whole: Expr): Expr {
  return binary('/', part, binary('>', whole, number(0)));
}

/** A number as Go's strconv prints it with the fewest digits, and `.0` behind a whole one: how Prometheus 3 stores the bounds of buckets. */
export function openMetricsFloat(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 6)
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  const plain = String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}

/**
 * A matcher of a bucket by its upper bound. Clients write `2`, Prometheus 3 stores `2.0`: where the two differ, either is matched.
 * @param bound in the unit of the histogram
 */
export function bucketMatcher(bound: number): ReturnType<typeof matcher> {
  const [client, stored] = [String(bound), openMetricsFloat(bound)];
  if (client === stored) return matcher('le', '=', client);
  const escape = (text: string): string => text.replace(/[.+]/g, '\\$&');
  return matcher('le', '=~', `${escape(client)}|${escape(stored)}`);
}

/** The series of a histogram's part. */
export function histogramPart(
  name: string,
  part: 'bucket' | 'count' | 'sum',
  matchers: readonly ReturnType<typeof matcher>[] = [],
): Expr {
  return selector(`${name}_${part}`, matchers);
}
