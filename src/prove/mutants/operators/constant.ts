import type { NumberLiteral } from '../../../promql/ast.js';
import { number } from '../../../promql/build.js';
import type { ExprOperator } from '../mutant.js';
import { needlessFactor, tellsNoNumber } from '../equivalence/index.js';
import { isBehindZero, realParents } from '../sites.js';
import { became } from '../words.js';
import { comparisons, otherNumbers } from './numbers.js';

/** Other quantiles than one: a lower one, and one nearer to the maximum. */
function otherQuantiles({ value }: NumberLiteral): readonly NumberLiteral[] {
  return [number(value / 2), number((1 + value) / 2)];
}

/** A number that is calculated with: an objective, a budget, a quantile, a length of time, a horizon. */
export const constants: ExprOperator = (site, { rule }) => {
  const { node } = site;
  if (node.kind !== 'number' || Number.isNaN(node.value)) return [];
  const parents = realParents(site).filter(({ kind }) => kind !== 'unary');
  const parent = parents.at(-1);
  if (parent?.kind === 'binary' && comparisons.has(parent.op)) return [];
  const isZeroFactor = node.value === 0 && parent?.kind === 'binary' && parent.op === '*';
  if (isBehindZero({ parents: isZeroFactor ? parents.slice(0, -1) : parents })) return [];
  const isQuantile =
    (parent?.kind === 'call' && parent.func === 'histogram_quantile') ||
    (parent?.kind === 'aggregation' && parent.op === 'quantile');
  return (isQuantile ? otherQuantiles(node) : otherNumbers(node)).map((other) => ({
    kind: 'constant',
    what: `${became(node, other)}${parent === undefined ? '' : ` in ${became(parent, '').replace(/ became .*$/s, '')}`}`,
    expr: site.put(other),
    equivalent: tellsNoNumber(site, rule) ?? (isZeroFactor ? needlessFactor(site) : undefined),
  }));
};
