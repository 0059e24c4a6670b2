import type { Binary, BinaryOperator, Expr } from '../../../promql/ast.js';
import { printPromql } from '../../../promql/print.js';
import type { ExprChange, ExprOperator } from '../mutant.js';
import { bare, isBehindZero } from '../sites.js';
import { needlessCount } from '../equivalence/index.js';
import { became } from '../words.js';
import { numberOf } from './numbers.js';

const opposite: ReadonlyMap<BinaryOperator, BinaryOperator> = new Map([
  ['>', '<'],
  ['<', '>'],
  ['>=', '<='],
  ['<=', '>='],
  ['==', '!='],
  ['!=', '=='],
]);

const withOrWithoutEqual: ReadonlyMap<BinaryOperator, BinaryOperator> = new Map([
  ['>', '>='],
  ['>=', '>'],
  ['<', '<='],
  ['<=', '<'],
]);

/** Functions whose result is a whole number, or one of the samples. */
const exact = new Set([
  'count_over_time',
  'last_over_time',
  'max_over_time',
  'min_over_time',
  'changes',
  'resets',
]);

/**
 * Whether a value can be exactly a given number: it is a sample or a count. What a division or an extrapolation yields hits a number by
 * chance of rounding, which no test can rely on.
 */
function hitsNumbers(value: Expr): boolean {
  const expr = bare(value);
  switch (expr.kind) {
    case 'selector':
      return true;
    case 'aggregation':
      return expr.op === 'count' || (['max', 'min', 'sum'].includes(expr.op) && hitsNumbers(expr.expr));
    case 'call':
      return exact.has(expr.func);
    case 'number':
    case 'string':
    case 'binary':
    case 'unary':
    case 'paren':
    case 'subquery':
      return false;
  }
}

function sign({ op, right }: Binary): string {
  const number = numberOf(right);
  return number === undefined ? op : `${op} ${printPromql(right)}`;
}

/** Counts are 1 or more, so that more than 0 and at least 0 are the same. */
function almostSame(node: Binary, op: BinaryOperator): string | undefined {
  const needless = needlessCount(node);
  return needless === undefined || needlessCount({ ...node, op }) === undefined ? undefined : needless;
}

/** A comparison turned around; `>` made `>=` only where the value can be exactly the limit; `bool` left out. */
export const comparisonOperators: ExprOperator = (site, { rule }) => {
  const { node } = site;
  if (node.kind !== 'binary' || isBehindZero(site)) return [];
  const turned = opposite.get(node.op);
  if (turned === undefined) return [];
  const changed = (other: Binary): ExprChange => ({
    kind: 'operator',
    what: became(sign(node), sign(other)),
    expr: site.put(other),
  });
  const found = [changed({ ...node, op: turned })];
  const almost = withOrWithoutEqual.get(node.op);
  const isRecorded = node.left.kind === 'selector' && node.left.metric?.includes(':') === true;
  if (almost !== undefined && !isRecorded && hitsNumbers(node.left) && numberOf(node.right) !== undefined) {
    if (rule.kind === 'alert' || node.bool === true)
      found.push({ ...changed({ ...node, op: almost }), equivalent: almostSame(node, almost) });
  }
  if (node.bool === true) {
    const { op } = node;
    found.push({
      kind: 'operator',
      what: became(`${op} bool`, op),
      expr: site.put({ ...node, bool: undefined }),
    });
  }
  return found;
};
