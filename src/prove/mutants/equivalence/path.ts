import type { Binary, Expr } from '../../../promql/ast.js';
import { numberOf } from '../operators/numbers.js';
import type { Site } from '../sites.js';

/** Whether a filter lets only what is above a limit of 0 or more pass. */
export function asksForMoreThanZero(expr: Expr): expr is Binary {
  if (expr.kind !== 'binary' || expr.bool === true) return false;
  const limit = numberOf(expr.right);
  if (limit === undefined) return false;
  return (expr.op === '>' && limit >= 0) || (expr.op === '>=' && limit > 0);
}

/** The parents of a node from the inside out, without parentheses, each with its operand that holds the node. */
export function ancestors(
  site: Pick<Site, 'node' | 'parents'>,
): readonly { readonly parent: Expr; readonly child: Expr }[] {
  const path = [...site.parents, site.node];
  return site.parents
    .map((parent, index) => ({ parent, child: path[index + 1] ?? site.node }))
    .filter(({ parent }) => parent.kind !== 'paren')
    .reverse();
}
