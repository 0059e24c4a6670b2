import type { Subquery } from '../../ast.js';
import { printDuration } from '../../duration.js';
import { instead, placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

/** OBS3129: a subquery does not look more often than there are samples. */
export function subqueryStep(expr: Subquery, { interval }: Value): Finding | undefined {
  const { step } = expr;
  if (interval === undefined || step?.kind !== 'duration' || step.seconds >= interval) return undefined;
  const every = printDuration(interval);
  return {
    code: 'OBS3129',
    at: step.at ?? placeOf(expr),
    message: `a step of ${printDuration(step.seconds)} looks at each sample several times: they come every ${every}`,
    help: `use a step of ${every} or more`,
    replacement: step.at === undefined ? undefined : instead(every),
  };
}
