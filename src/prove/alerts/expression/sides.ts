import type { Binary, Expr } from '../../../promql/ast.js';
import { isSetOperator } from '../../../promql/precedence.js';

/** The outermost and, or, unless of a condition; undefined where it has none. */
export function outermostSet(expr: Expr): Binary | undefined {
  if (expr.kind === 'paren') return outermostSet(expr.expr);
  return expr.kind === 'binary' && isSetOperator(expr.op) ? expr : undefined;
}

/** One side of a condition alone. */
export interface SideCase {
  readonly name: string;
  /** Whether the left and the right side hold. */
  readonly left: boolean;
  readonly right: boolean;
  readonly fires: boolean;
}

/** What has to come of each side alone. */
export function sideCases({ op }: Binary): readonly SideCase[] {
  switch (op) {
    case 'and':
      return [
        { name: 'silent while only the left side of `and` holds', left: true, right: false, fires: false },
        { name: 'silent while only the right side of `and` holds', left: false, right: true, fires: false },
      ];
    case 'or':
      return [
        { name: 'fires while only the left side of `or` holds', left: true, right: false, fires: true },
        { name: 'fires while only the right side of `or` holds', left: false, right: true, fires: true },
      ];
    case 'unless':
      return [{ name: 'silent while both sides of `unless` hold', left: true, right: true, fires: false }];
    default:
      return [];
  }
}
