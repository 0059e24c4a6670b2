import type { Binary } from '../../ast.js';
import { dominates } from '../dominates.js';
import { placeOf, type Finding } from '../finding.js';
import type { Purpose } from '../scope.js';
import type { Value } from '../value.js';

const guarded: ReadonlySet<Purpose> = new Set<Purpose>(['alert', 'anomaly', 'slice']);

/**
 * OBS3146: nothing is divided by a rate that is 0 while nothing happens. Certain where it may be something by nothing, which is infinite
 * and beyond every threshold; nothing by nothing is NaN, which no threshold lets pass, and does harm only in sums.
 */
export function unguardedDivision(
  expr: Binary,
  left: Value,
  right: Value,
  purpose: Purpose,
): { readonly finding: Finding; readonly isCertain: boolean } | undefined {
  if (!right.idle || left.constant === 0) return undefined;
  const isInfinite = dominates(expr.left, expr.right) === undefined;
  const at = placeOf(expr.right);
  return {
    isCertain: isInfinite && guarded.has(purpose),
    finding: {
      code: 'OBS3146',
      at,
      message: isInfinite
        ? 'the denominator is 0 while nothing happens: the quotient is then NaN or infinite'
        : 'the quotient is NaN while nothing happens',
      help: 'let the denominator pass only where it is not 0: (… > 0)',
      replacement: (written) => `(${written} > 0)`,
    },
  };
}
