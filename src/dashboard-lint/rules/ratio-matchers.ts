import type { Expr } from '../../promql/ast.js';
import { walk } from '../../promql/walk.js';
import { named } from '../board.js';
import { verdict, type Rule } from '../rule.js';
import { nameOf, placedSelectors, readTargets } from '../selectors.js';

/** The variables that narrow the series of one name, sorted. */
function narrowing(expr: Expr): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { selector } of placedSelectors(expr)) {
    const own = found.get(nameOf(selector) ?? '') ?? new Set<string>();
    for (const { label, value } of selector.matchers) if (value.includes('$')) own.add(`${label}~${value}`);
    found.set(nameOf(selector) ?? '', own);
  }
  return found;
}

/** Of one metric, both sides of a ratio are narrowed alike: else the share is of something else. */
export const ratioMatchers: Rule = {
  id: 'ratio-matchers',
  from: 'obs-gen',
  *check(board) {
    for (const { panel, target, expr, path } of readTargets(board)) {
      let differing: string | undefined;
      let ratios = 0;
      walk(expr, (each) => {
        if (each.kind !== 'binary' || each.op !== '/') return;
        const [left, right] = [narrowing(each.left), narrowing(each.right)];
        for (const [name, own] of left) {
          const other = right.get(name);
          if (other === undefined) continue;
          ratios += 1;
          if ([...own].sort().join() !== [...other].sort().join()) differing = name;
        }
      });
      if (ratios === 0) continue;
      yield verdict(
        differing === undefined,
        { panel, path },
        `query ${target.refId ?? '?'} of ${named(panel)} narrows \`${differing ?? ''}\` differently above and below the line`,
        'write the same matchers with variables on both sides',
      );
    }
  },
};
