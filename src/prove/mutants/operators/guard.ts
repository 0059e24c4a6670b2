import { printPromql } from '../../../promql/print.js';
import type { ExprOperator } from '../mutant.js';
import { needlessClamp, needlessCount, needlessGuard } from '../equivalence/index.js';
import { isBehindZero } from '../sites.js';
import { dropped } from '../words.js';
import { comparisons, numberOf } from './numbers.js';

/** A filter dropped: `> 0` behind a divisor, the limit of an alert, clamp_min and clamp_max. */
export const guards: ExprOperator = (site, { suite }) => {
  const { node } = site;
  if (isBehindZero(site)) return [];
  if (node.kind === 'call' && /^clamp/.test(node.func)) {
    const [inner] = node.args;
    if (inner === undefined) return [];
    const equivalent =
      node.func === 'clamp_min' && numberOf(node.args[1] ?? inner) === 0 ? needlessClamp(inner) : undefined;
    return [{ kind: 'guard', what: dropped(node.func), expr: site.put(inner), equivalent }];
  }
  if (node.kind !== 'binary' || node.bool === true || !comparisons.has(node.op)) return [];
  const limit = numberOf(node.right);
  return [
    {
      kind: limit === 0 ? 'guard' : 'threshold',
      what: dropped(`${node.op} ${printPromql(node.right)}`),
      expr: site.put(node.left),
      equivalent: needlessCount(node) ?? needlessGuard(site, suite.groups),
    },
  ];
};
