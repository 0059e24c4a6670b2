import { printPromql } from '../../../promql/print.js';
import type { ExprChange, ExprOperator } from '../mutant.js';
import { isBehindZero, realParents } from '../sites.js';
import { became } from '../words.js';
import { comparisons, otherNumbers } from './numbers.js';

/**
 * A number that something is compared with, doubled and halved. A guard against nothing at all, `> 0`, is another operator's; as the
 * condition of an alert it becomes `> 1`.
 */
export const thresholds: ExprOperator = (site, { rule }) => {
  const { node } = site;
  if (node.kind !== 'number' || isBehindZero(site)) return [];
  const parents = realParents(site);
  const comparison = parents.at(-1)?.kind === 'unary' ? parents.at(-2) : parents.at(-1);
  if (comparison?.kind !== 'binary' || !comparisons.has(comparison.op)) return [];
  if (node.value === 0 && (rule.kind === 'record' || parents.some(isArithmetic))) return [];
  return otherNumbers(node).map((other): ExprChange => {
    const { op } = comparison;
    return {
      kind: comparison.op === '>=' && rule.kind === 'alert' ? 'gate' : 'threshold',
      what: became(`${op} ${printPromql(node)}`, `${op} ${printPromql(other)}`),
      expr: site.put(other),
    };
  });
};

function isArithmetic(expr: { readonly kind: string; readonly op?: string }): boolean {
  return expr.kind === 'binary' && ['/', '*', '-', '+'].includes(expr.op ?? '');
}
