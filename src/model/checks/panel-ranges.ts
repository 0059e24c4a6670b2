import { diagnostic } from '../../diagnostics/create.js';
import { rangeIn } from '../../promql/query.js';
import { walk } from '../../promql/walk.js';
import type { VectorSelector } from '../../promql/ast.js';
import { panelQueriesOf } from './panels-of.js';
import type { Rule } from './rule.js';

/** The selectors of a panel's query whose rate is taken over a time that is written down. */
function fixedRates(expr: Parameters<typeof walk>[0]): readonly (readonly [VectorSelector, string])[] {
  const found: (readonly [VectorSelector, string])[] = [];
  walk(expr, (each, parents) => {
    const outer = parents.at(-1);
    // A subquery has a step of its own.
    if (parents.some(({ kind }) => kind === 'subquery')) return;
    if (each.kind !== 'selector' || each.range?.kind !== 'duration') return;
    // The window of an increase is meant: it is what the number is of.
    if (outer?.kind === 'call' && (outer.func === 'rate' || outer.func === 'irate'))
      found.push([each, outer.func]);
  });
  return found;
}

/** OBS3508: rates of panels follow the step of the graph. */
export const panelRanges: Rule = function* ({ model }) {
  for (const { query } of panelQueriesOf(model)) {
    for (const [{ range, at }, func] of query.expr === undefined ? [] : fixedRates(query.expr)) {
      const place = range?.at ?? at;
      const where = place === undefined ? query.text.range : rangeIn(query.text, place);
      yield diagnostic('OBS3508', {
        message: `the ${func} of this panel is taken over a fixed time`,
        range: where,
        help: 'use `$__rate_interval`: it is never less than four scrapes, and never less than a step of the graph',
        fix: range?.at === undefined ? undefined : { range: where, text: '$__rate_interval' },
      });
    }
  }
};
