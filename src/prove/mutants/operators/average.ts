import type { Expr, VectorSelector } from '../../../promql/ast.js';
import { call } from '../../../promql/build.js';
import type { Suite } from '../../suite.js';
import type { ExprOperator } from '../mutant.js';
import { bare } from '../sites.js';
import { became } from '../words.js';

/** The selector of `sum_over_time(x[w])`, with or without a comparison around it. */
function summed(expr: Expr): VectorSelector | undefined {
  const inner = bare(expr);
  if (inner.kind === 'binary' && inner.op === '>') return summed(inner.left);
  if (inner.kind !== 'call' || inner.func !== 'sum_over_time') return undefined;
  const [argument] = inner.args;
  return argument?.kind === 'selector' ? argument : undefined;
}

function metricOf(expr: Expr): string | undefined {
  const inner = bare(expr);
  if (inner.kind === 'binary' && inner.op === '>') return metricOf(inner.left);
  return inner.kind === 'selector' ? inner.metric : undefined;
}

/** The record of the suite that is the quotient of two others. */
function quotientRecord({ groups }: Suite, part: string, whole: string): string | undefined {
  for (const rule of groups.flatMap(({ rules }) => rules)) {
    if (rule.kind !== 'record' || rule.expr.kind !== 'binary' || rule.expr.op !== '/') continue;
    if (metricOf(rule.expr.left) === part && metricOf(rule.expr.right) === whole) return rule.record;
  }
  return undefined;
}

/** The quotient of two sums made an average of quotients, in which a quiet night weighs as much as a busy day. */
export const averages: ExprOperator = (site, { suite }) => {
  const { node } = site;
  if (node.kind !== 'binary' || node.op !== '/') return [];
  const [part, whole] = [summed(node.left), summed(node.right)];
  if (part?.metric === undefined || whole?.metric === undefined) return [];
  const metric = quotientRecord(suite, part.metric, whole.metric);
  if (metric === undefined) return [];
  const average = call('avg_over_time', { ...part, metric });
  return [
    { kind: 'function', what: became('sum_over_time / sum_over_time', average), expr: site.put(average) },
  ];
};
