import type { Expr } from '../../promql/ast.js';
import { durations } from '../../promql/walk.js';
import { named } from '../board.js';
import { exempt, verdict, type Rule } from '../rule.js';
import { nameOf, placedSelectors, readTargets } from '../selectors.js';

/** Seconds of samples that a query may read for each point that it draws. */
const mostPerPoint = 86_400;

function longest(expr: Expr): number {
  return Math.max(0, ...durations(expr).flatMap((each) => (each.kind === 'duration' ? [each.seconds] : [])));
}

function isRecorded(expr: Expr): boolean {
  return placedSelectors(expr).every(({ selector }) => nameOf(selector)?.includes(':') === true);
}

/** Long windows are read from recorded series, or once: not a day of samples for each point of a graph. */
export const costlyRange: Rule = {
  id: 'costly-range',
  from: 'obs-gen',
  *check(board) {
    for (const { panel, target, expr, path } of readTargets(board)) {
      if (longest(expr) <= mostPerPoint) {
        // A window that ends where the panel does is asked for once.
        yield verdict(true, { panel, path }, '', '');
        continue;
      }
      if (isRecorded(expr)) yield exempt({ panel, path }, 'recorded series have few samples');
      else {
        yield verdict(
          target.instant,
          { panel, path },
          `query ${target.refId ?? '?'} of ${named(panel)} reads days of samples for each of its points`,
          'show one number, asked for once (`instant: true`), or record the series with a rule',
        );
      }
    }
  },
};
