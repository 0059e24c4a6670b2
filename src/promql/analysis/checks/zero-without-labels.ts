import type { Binary } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

/** OBS3148: a number that stands in for missing series has their labels. */
export function zeroWithoutLabels(expr: Binary, left: Value, right: Value): Finding | undefined {
  if (expr.matching !== undefined || right.constant === undefined || right.labels?.labels.size !== 0)
    return undefined;
  const sure = [...(left.labels?.sure ?? [])];
  if (sure.length === 0) return undefined;
  return {
    code: 'OBS3148',
    at: placeOf(expr.right),
    message: `this stands beside the other series and never in for one: it has no ${sure.map((label) => `\`${label}\``).join(', ')}`,
    help: 'write `or on () vector(0)` for one series where there is none at all, or `or 0 * …` of something with the same labels',
  };
}
