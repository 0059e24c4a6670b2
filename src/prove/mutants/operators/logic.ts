import type { Expr } from '../../../promql/ast.js';
import type { ExprChange, ExprOperator, MutantKind } from '../mutant.js';
import { needlessZero } from '../equivalence/index.js';
import { bare, isZeroOf } from '../sites.js';
import { dropped } from '../words.js';

/** A condition that keeps another one from being taken seriously too early: so many events, so much history. */
function isGate(expr: Expr): boolean {
  const inner = bare(expr);
  return inner.kind === 'binary' && inner.op === '>=' && inner.bool !== true;
}

/** `and` made `or`, `or` made `and`, and each side of `and`, `or` and `unless` dropped. */
export const logic: ExprOperator = (site) => {
  const { node } = site;
  if (node.kind !== 'binary') return [];
  const without = (side: 'left' | 'right', kind: MutantKind): ExprChange => ({
    kind,
    what: dropped(side === 'left' ? node.left : node.right),
    expr: site.put(side === 'left' ? node.right : node.left),
  });
  const instead = (op: 'and' | 'or'): ExprChange => ({
    kind: 'logic',
    what: `\`${node.op}\` became \`${op}\` before ${dropped(node.right).replace(/ was dropped$/, '')}`,
    expr: site.put({ ...node, op }),
  });
  switch (node.op) {
    case 'and':
      return [
        instead('or'),
        without('left', isGate(node.left) ? 'gate' : 'logic'),
        without('right', isGate(node.right) ? 'gate' : 'logic'),
      ];
    case 'or':
      return isZeroOf(node.right) === undefined
        ? [without('left', 'logic'), without('right', 'logic')]
        : [without('left', 'logic'), { ...without('right', 'guard'), equivalent: needlessZero(site) }];
    case 'unless':
      return [instead('and'), without('right', 'logic')];
    default:
      return [];
  }
};
