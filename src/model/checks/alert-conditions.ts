import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import { analysisOf } from '../analysis.js';
import { printDuration } from '../../promql/duration.js';
import type { Expr } from '../../promql/ast.js';
import type { Alert, Model } from '../model.js';
import type { Rule } from './rule.js';

/** OBS3310: an alert has a condition. */
export const alertConditions: Rule = function* ({ model }) {
  for (const { condition } of model.alerts.values()) {
    if (condition.form !== 'expr' || condition.query.expr === undefined) continue;
    const { value, findings } = analysisOf(model, condition.query.expr, 'alert');
    if (value.filtered || findings.length > 0) continue;
    yield diagnostic('OBS3310', {
      message: 'the expression compares nothing: the alert fires for every series, whatever its value',
      range: condition.query.text.range,
      help: 'compare with a threshold, `… > 5`; `bool` behind a comparison takes the filter away',
    });
  }
};

/** Whether an expression holds as soon as there is nothing, without a look at the past. */
function asksForAbsence(expr: Expr): boolean {
  switch (expr.kind) {
    case 'paren':
      return asksForAbsence(expr.expr);
    case 'call':
      return expr.func === 'absent';
    case 'binary':
      return asksForAbsence(expr.left) || (expr.op === 'or' && asksForAbsence(expr.right));
    default:
      return false;
  }
}

function isAboutAbsence({ condition }: Alert): boolean {
  if (condition.form === 'expr') {
    return condition.query.expr !== undefined && asksForAbsence(condition.query.expr);
  }
  if (condition.form !== 'absent') return false;
  const { expr } = condition.selector;
  if (expr?.kind === 'call') return asksForAbsence(expr);
  return expr?.kind === 'selector' && expr.range === undefined;
}

function hastyAbsence(alert: Alert, { target }: Model): Diagnostic | undefined {
  const least = 2 * target.prometheus.scrapeInterval.seconds;
  if (!isAboutAbsence(alert) || (alert.for?.seconds ?? 0) >= least) return undefined;
  return diagnostic('OBS3311', {
    message:
      alert.for === undefined
        ? 'one scrape that fails fires the alert: it has no `for`'
        : `one scrape that fails may fire the alert: ${alert.for.text} is less than two scrapes`,
    range: placeOf(alert),
    help: `write \`for: ${printDuration(Math.max(300, least))}\``,
  });
}

/** Where the pending time stands; the condition where none is written. */
function placeOf({ origin, for: pending, condition }: Alert): Range {
  return pending === undefined ? origin.of(condition.form) : origin.of('for');
}

/** OBS3311, OBS3312: an alert is pending long enough to mean something. */
export const pendingTimes: Rule = function* ({ model }) {
  const { evaluationInterval } = model.target.prometheus;
  for (const alert of model.alerts.values()) {
    if (alert.repaired.has('for') || alert.repaired.has(alert.condition.form)) continue;
    const hasty = hastyAbsence(alert, model);
    if (hasty !== undefined) yield hasty;
    else if (
      alert.for !== undefined &&
      alert.for.seconds > 0 &&
      alert.for.seconds < evaluationInterval.seconds
    ) {
      yield diagnostic('OBS3312', {
        message: `${alert.for.text} is shorter than the time between two evaluations, ${evaluationInterval.text}`,
        range: alert.origin.of('for'),
        help: `write ${evaluationInterval.text} or more, or remove \`for\` to fire at once`,
        fix: { range: alert.origin.of('for'), text: evaluationInterval.text },
      });
    }
  }
};
