import type { Expr } from '../../ast.js';
import { instead, placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

/** OBS3133: a quantile is a share between 0 and 1. */
export function quantileLevel(expr: Expr | undefined, value: Value | undefined): Finding | undefined {
  const level = value?.constant;
  if (expr === undefined || level === undefined || (level >= 0 && level <= 1)) return undefined;
  const percent = level > 1 && level <= 100 ? String(Number((level / 100).toPrecision(12))) : undefined;
  return {
    code: 'OBS3133',
    at: placeOf(expr),
    message: `the quantile ${level} does not exist: the result is always ${level > 1 ? '+Inf' : '-Inf'}`,
    help: percent === undefined ? 'quantiles go from 0 to 1' : `quantiles go from 0 to 1: ${percent}`,
    replacement: percent === undefined ? undefined : instead(percent),
  };
}
