import { diagnostic } from '../../diagnostics/create.js';
import type { Expr } from '../../promql/ast.js';
import { rangeIn } from '../../promql/query.js';
import type { Rule } from './rule.js';

const comparisons = new Set(['==', '!=', '>', '<', '>=', '<=']);

/** The comparison at the top of a query that drops what it does not hold for. */
function filterOf(expr: Expr): Expr | undefined {
  if (expr.kind === 'paren') return filterOf(expr.expr);
  return expr.kind === 'binary' && comparisons.has(expr.op) && expr.bool !== true ? expr : undefined;
}

/** OBS3219: what a time slice compares is there in bad times too. */
export const timeSlices: Rule = function* ({ model }) {
  for (const sli of model.slis.values()) {
    if (sli.form !== 'timeSlice' || sli.query.expr === undefined || sli.repaired.has('timeSlice')) continue;
    const filter = filterOf(sli.query.expr);
    if (filter === undefined) continue;
    yield diagnostic('OBS3219', {
      message:
        'the query yields nothing while its comparison does not hold: that time would not count as bad',
      range: filter.at === undefined ? sli.query.text.range : rangeIn(sli.query.text, filter.at),
      help: 'leave the comparison to `op` and `value`, or write `bool` behind its operator',
    });
  }
};
