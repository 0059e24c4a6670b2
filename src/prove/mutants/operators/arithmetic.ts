import type { BinaryOperator } from '../../../promql/ast.js';
import type { ExprOperator } from '../mutant.js';
import { isBehindZero, isZeroOf } from '../sites.js';
import { became } from '../words.js';

const others: ReadonlyMap<BinaryOperator, BinaryOperator> = new Map([
  ['+', '-'],
  ['-', '+'],
  ['*', '/'],
  ['/', '*'],
]);

/** Plus for minus, times for divided by, and the other way round. */
export const arithmetic: ExprOperator = (site) => {
  const { node } = site;
  if (node.kind !== 'binary' || isBehindZero(site) || isZeroOf(node) !== undefined) return [];
  const op = others.get(node.op);
  if (op === undefined) return [];
  const other = { ...node, op };
  return [{ kind: 'operator', what: became(node, other), expr: site.put(other) }];
};
