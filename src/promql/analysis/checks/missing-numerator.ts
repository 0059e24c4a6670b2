import type { Expr } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';
import type { Threshold } from '../threshold.js';

function quotient(expr: Expr): Extract<Expr, { kind: 'binary' }> | undefined {
  if (expr.kind === 'paren') return quotient(expr.expr);
  return expr.kind === 'binary' && expr.op === '/' ? expr : undefined;
}

/** OBS3147: a share that must not fall is not empty where its part has never been seen, which is when it is 0. */
export function missingNumerator({ op, value, subject }: Threshold): Finding | undefined {
  const found = quotient(subject);
  if (found === undefined || (op !== '<' && op !== '<=') || !value.startsEmpty) return undefined;
  const source = value.sources.find((each) => each.startsEmpty);
  return {
    code: 'OBS3147',
    at: placeOf(found.left),
    message:
      'the numerator has no series until the first event of its kind: a share of 0 is no series, and never below',
    help: 'let it be 0 where there is a whole: (part or 0 * whole) / (whole > 0); the form `ratio` of an alert does so',
    metrics: source === undefined ? [] : [source.metric],
  };
}
