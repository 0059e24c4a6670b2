import { walk } from '../../promql/walk.js';
import type { Aggregation, Expr } from '../../promql/ast.js';
import { named } from '../board.js';
import { fault, fine, type Rule } from '../rule.js';
import { nameOf, placedSelectors, readTargets } from '../selectors.js';

function keepsBounds({ grouping }: Aggregation): boolean {
  if (grouping === undefined) return false;
  return grouping.labels.includes('le') === (grouping.mode === 'by');
}

/** Whether a selector only says which series count: it stands on the right of `and`. */
function isCondition(selector: Expr, parents: readonly Expr[]): boolean {
  return parents.some(
    (each, index) =>
      each.kind === 'binary' &&
      (each.op === 'and' || each.op === 'unless') &&
      each.right === (parents[index + 1] ?? selector),
  );
}

/** What is wrong with the argument of a quantile; undefined where nothing is. */
function faultOf(argument: Expr): string | undefined {
  const inside = placedSelectors(argument);
  const isClassic = inside.some(({ selector }) => nameOf(selector)?.endsWith('_bucket') === true);
  if (!isClassic) return undefined;
  let found: string | undefined;
  walk(argument, (each) => {
    if (each.kind === 'aggregation' && !keepsBounds(each)) found ??= 'adds up buckets without `le`';
  });
  const isRated = inside.every(({ selector, parents }) => {
    if (isCondition(selector, parents)) return true;
    if (selector.range === undefined) return nameOf(selector)?.includes(':') === true;
    return parents.some((each) => each.kind === 'call' && /^(?:i?rate|increase)$/.test(each.func));
  });
  return found ?? (isRated ? undefined : 'takes the quantile since the processes started');
}

/** Quantiles are of rates of buckets, whose bounds are kept. */
export const histogramQuantile: Rule = {
  id: 'histogram-quantile',
  from: 'obs-gen',
  *check(board) {
    for (const { panel, target, expr, path } of readTargets(board)) {
      const calls: Expr[] = [];
      walk(expr, (each) => {
        if (each.kind === 'call' && each.func === 'histogram_quantile') calls.push(...each.args.slice(1));
      });
      for (const argument of calls) {
        const wrong = faultOf(argument);
        const place = { panel, path };
        yield wrong === undefined
          ? fine(place)
          : fault(
              place,
              `query ${target.refId ?? '?'} of ${named(panel)} ${wrong}`,
              'write `histogram_quantile(0.95, sum by (le) (rate(x_bucket[$__rate_interval])))`',
            );
      }
    }
  },
};
