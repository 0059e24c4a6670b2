import type { Binary } from '../../ast.js';
import type { Environment } from '../environment.js';
import { placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

/** OBS3143: what group_left takes from the other side is there. */
export function includedLabels(
  expr: Binary,
  left: Value,
  right: Value,
  environment: Environment,
): Finding | undefined {
  const group = expr.matching?.group;
  if (group === undefined) return undefined;
  const one = (group.side === 'left' ? right : left).labels;
  if (one === undefined) return undefined;
  const index = group.include.findIndex(
    (label) => !one.labels.has(label) && (one.closed || environment.isOwnLabel(label)),
  );
  const label = group.include[index];
  if (label === undefined) return undefined;
  const side = group.side === 'left' ? 'right' : 'left';
  return {
    code: 'OBS3143',
    at: group.includeAt?.[index] ?? placeOf(expr),
    message: `the ${side} side has no label \`${label}\` to take over`,
    help: one.labels.size === 0 ? 'it has no labels' : `it has ${[...one.labels].join(', ')}`,
  };
}
