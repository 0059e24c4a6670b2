import { placeOf, type Finding } from '../finding.js';
import type { Threshold } from '../threshold.js';

/** OBS3131: what increase() yields is extrapolated, and hardly ever whole. */
export function equalIncrease({ expr, op, limit, value }: Threshold): Finding | undefined {
  if (value.nature !== 'increase' || value.unit === undefined || limit === 0) return undefined;
  if ((op !== '==' && op !== '!=') || !value.fractional) return undefined;
  return {
    code: 'OBS3131',
    at: expr.opAt ?? placeOf(expr),
    message: `increase() is extrapolated to the ends of its range and hardly ever exactly ${limit}`,
    help: `compare with > or <: > ${limit - 0.5}`,
  };
}
