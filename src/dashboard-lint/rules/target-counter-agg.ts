import type { Expr } from '../../promql/ast.js';
import { seriesNamed } from '../../model/series.js';
import { named } from '../board.js';
import type { LintContext } from '../context.js';
import { verdict, type Rule } from '../rule.js';
import { nameOf, placedSelectors, readTargets } from '../selectors.js';

/** Functions that make something of a counter's growth, or do not look at its value. */
const fitting: ReadonlySet<string> = new Set([
  ...['rate', 'irate', 'increase', 'resets', 'changes', 'absent', 'absent_over_time', 'timestamp'],
  ...['present_over_time', 'count_over_time'],
]);

function isCounter(name: string, { model }: LintContext): boolean {
  const series = model && seriesNamed(model, name);
  if (series === undefined) return /_(?:total|bucket)$/.test(name) && !name.includes(':');
  return series.metric.type === 'counter' || ['bucket', 'count', 'sum'].includes(series.part);
}

/** Whether the value itself plays no part in what is shown. */
function isCounted(parents: readonly Expr[]): boolean {
  return parents.some(
    (each) =>
      (each.kind === 'call' && fitting.has(each.func)) ||
      (each.kind === 'aggregation' && ['count', 'group', 'count_values'].includes(each.op)),
  );
}

/**
 * The value of a counter is the time since a process started more than anything else: it stands in rate, irate or increase. Grafana's
 * linter looks at the end of the printed selector, which is a brace as a rule; the name is what counts.
 */
export const targetCounterAgg: Rule = {
  id: 'target-counter-agg-rule',
  from: 'dashboard-linter',
  *check(board, context) {
    for (const { panel, target, expr, path } of readTargets(board)) {
      for (const { selector, parents } of placedSelectors(expr)) {
        const name = nameOf(selector);
        if (name === undefined || !isCounter(name, context)) continue;
        yield verdict(
          isCounted(parents),
          { panel, path },
          `query ${target.refId ?? '?'} of ${named(panel)} shows the counter \`${name}\` without a rate`,
          'take rate() or increase() of it',
        );
      }
    }
  },
};
