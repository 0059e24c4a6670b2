import type { Binary, Expr, Matcher } from '../../../promql/ast.js';
import { bare, type Site } from '../sites.js';
import { ancestors } from './path.js';
import { isElementwise, isMatched, isScalar, pinned } from './pinned.js';

/** Whether no two series of an operand can agree in all labels that a match asks for: else it cannot be evaluated. */
function isUnambiguous({ matching }: Binary, operand: Expr): boolean {
  if (matching === undefined) return true;
  if (matching.mode !== 'on') return false;
  const inner = bare(operand);
  const expr = inner.kind === 'binary' && isScalar(inner.right) ? bare(inner.left) : inner;
  if (expr.kind !== 'aggregation' || !['sum', 'max', 'min', 'avg', 'count'].includes(expr.op)) return false;
  if (expr.grouping?.mode === 'without') return false;
  return (expr.grouping?.labels ?? []).every((label) => matching.labels.includes(label));
}

/**
 * What a node makes of series that have been let in besides those with the right value of a label: `apart` where its result is the same
 * as before, and besides only series with other values of the label; `gone` where there are none left; undefined where they may mix.
 */
function through(parent: Expr, child: Expr, { label, value }: Matcher): 'apart' | 'gone' | undefined {
  switch (parent.kind) {
    case 'paren':
    case 'unary':
      return 'apart';
    case 'subquery':
      return 'apart';
    case 'call':
      return isElementwise(parent.func) && parent.args[0] === child ? 'apart' : undefined;
    case 'aggregation': {
      const { op, grouping } = parent;
      if (parent.expr !== child || op === 'count_values') return undefined;
      const isKept = grouping?.labels.includes(label) === true;
      return grouping !== undefined && isKept === (grouping.mode === 'by') ? 'apart' : undefined;
    }
    case 'binary': {
      const isLeft = parent.left === child;
      const other = isLeft ? parent.right : parent.left;
      if (isScalar(other)) return 'apart';
      const isPinned = pinned(other).get(label) === value;
      if (parent.op === 'unless' && isLeft) return 'apart';
      if (!isMatched(parent, label)) return parent.op === 'and' && isLeft ? 'apart' : undefined;
      switch (parent.op) {
        case 'and':
          return isPinned ? 'gone' : 'apart';
        case 'unless':
          return isPinned ? 'gone' : undefined;
        case 'or':
          return isPinned ? 'apart' : undefined;
        default: {
          const group = parent.matching?.group;
          const isMany = group === undefined ? isLeft : (group.side === 'left') === isLeft;
          if (!isMany && !isUnambiguous(parent, child)) return undefined;
          return isPinned ? 'gone' : undefined;
        }
      }
    }
    default:
      return undefined;
  }
}

/**
 * A matcher `label="value"` of one operand whose partner asks for the same value: series with other values find nothing that they could
 * be matched with.
 */
export function needlessMatcher(site: Pick<Site, 'node' | 'parents'>, matcher: Matcher): string | undefined {
  const { node } = site;
  // Without a name, two series that differ in nothing else become one and the same.
  if (node.kind !== 'selector' || node.metric === undefined) return undefined;
  if (matcher.operator !== '=' || matcher.value === '' || matcher.label === '__name__') return undefined;
  for (const { parent, child } of ancestors(site)) {
    const found = through(parent, child, matcher);
    if (found === undefined) return undefined;
    if (found === 'gone')
      return `what it is matched with has \`${matcher.label}\` at ${JSON.stringify(matcher.value)}, so that other series find no partner`;
  }
  return undefined;
}
