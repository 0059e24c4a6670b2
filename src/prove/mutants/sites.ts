import type { Expr } from '../../promql/ast.js';

/** A node of an expression, with the way to put another one in its place. */
export interface Site {
  readonly node: Expr;
  /** From the whole expression down to the node's parent. */
  readonly parents: readonly Expr[];
  /** The whole expression with another node here. */
  readonly put: (other: Expr) => Expr;
}

function below(expr: Expr): readonly { readonly child: Expr; readonly put: (other: Expr) => Expr }[] {
  switch (expr.kind) {
    case 'selector':
    case 'number':
    case 'string':
      return [];
    case 'call':
      return expr.args.map((child, index) => ({
        child,
        put: (other) => ({ ...expr, args: expr.args.with(index, other) }),
      }));
    case 'aggregation': {
      const { parameter } = expr;
      const over = { child: expr.expr, put: (other: Expr): Expr => ({ ...expr, expr: other }) };
      if (parameter === undefined) return [over];
      return [{ child: parameter, put: (other) => ({ ...expr, parameter: other }) }, over];
    }
    case 'binary':
      return [
        { child: expr.left, put: (other) => ({ ...expr, left: other }) },
        { child: expr.right, put: (other) => ({ ...expr, right: other }) },
      ];
    case 'unary':
    case 'paren':
    case 'subquery':
      return [{ child: expr.expr, put: (other) => ({ ...expr, expr: other }) }];
  }
}

/** Every node of an expression, parents first, in the order of the text. */
export function sites(expr: Expr): readonly Site[] {
  const found: Site[] = [];
  const visit = (site: Site): void => {
    found.push(site);
    for (const { child, put } of below(site.node)) {
      visit({
        node: child,
        parents: [...site.parents, site.node],
        put: (other) => site.put(put(other)),
      });
    }
  };
  visit({ node: expr, parents: [], put: (other) => other });
  return found;
}

/** An expression without the parentheses around it. */
export function bare(expr: Expr): Expr {
  return expr.kind === 'paren' ? bare(expr.expr) : expr;
}

/** The parents of a node that are no parentheses. */
export function realParents({ parents }: Pick<Site, 'parents'>): readonly Expr[] {
  return parents.filter(({ kind }) => kind !== 'paren');
}

/**
 * Whether a node stands behind a factor of 0, as in `or 0 * total`: it says only which groups exist. Such an operand is broken as a
 * whole, not node by node.
 */
export function isBehindZero({ parents }: Pick<Site, 'parents'>): boolean {
  return parents.some((parent) => isZeroOf(parent) !== undefined);
}

/** What `0 * x` is 0 of; undefined for any other expression. */
export function isZeroOf(expr: Expr): Expr | undefined {
  const inner = bare(expr);
  if (inner.kind !== 'binary' || inner.op !== '*') return undefined;
  return inner.left.kind === 'number' && inner.left.value === 0 ? inner.right : undefined;
}
