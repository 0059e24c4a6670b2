import type { Call, Expr } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';

function grouped(expr: Expr | undefined): Extract<Expr, { kind: 'aggregation' }> | undefined {
  if (expr?.kind === 'paren') return grouped(expr.expr);
  return expr?.kind === 'aggregation' && expr.grouping?.mode === 'by' && expr.grouping.labels.length > 0
    ? expr
    : undefined;
}

/** OBS3149: absent() knows of no groups. */
export function absentAggregate({ func, args }: Call): Finding | undefined {
  const found = grouped(args[0]);
  if (found === undefined) return undefined;
  return {
    code: 'OBS3149',
    at: found.grouping?.labelsAt?.[0] ?? placeOf(found),
    message: `${func}() holds only where all groups are gone, and has no labels of theirs`,
    help: 'name the one that has to be there with a matcher, `absent(x{queue="intake"})`, or compare with the past: `x offset 1h unless x`',
  };
}
