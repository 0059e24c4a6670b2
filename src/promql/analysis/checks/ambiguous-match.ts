import type { Binary } from '../../ast.js';
import type { Environment } from '../environment.js';
import { placeOf, type Finding } from '../finding.js';
import type { LabelSet } from '../labels.js';
import type { Value } from '../value.js';

/** A label that several series of one match differ in. */
function extra({ matching }: Binary, set: LabelSet | undefined): string | undefined {
  for (const label of set?.varying ?? []) {
    const isMatched = matching === undefined || matching.labels.includes(label) === (matching.mode === 'on');
    if (!isMatched) return label;
  }
  return undefined;
}

/** OBS3142: of each match one series is on the side that is not many. */
export function ambiguousMatch(
  expr: Binary,
  left: Value,
  right: Value,
  environment: Environment,
): Finding | undefined {
  const { matching } = expr;
  if (matching === undefined) return undefined;
  // A label that neither side has is reported, and which one was meant is not known.
  const isKnown = (label: string): boolean =>
    environment.isInfrastructureLabel(label) ||
    [left, right].some(({ labels }) => labels?.labels.has(label) ?? true);
  if (!matching.labels.every(isKnown)) return undefined;
  const [inLeft, inRight] = [extra(expr, left.labels), extra(expr, right.labels)];
  const isMany = matching.group?.side;
  const label = isMany === 'left' ? inRight : isMany === 'right' ? inLeft : (inLeft ?? inRight);
  if (label === undefined) return undefined;
  const side = label === inLeft && isMany !== 'left' ? 'left' : 'right';
  const group = side === 'left' ? 'group_left' : 'group_right';
  const both = inLeft !== undefined && inRight !== undefined;
  return {
    code: 'OBS3142',
    at: expr.opAt ?? placeOf(expr),
    message: `several series on the ${side} side have the same match: they differ in \`${label}\``,
    help:
      isMany === undefined && !both
        ? `add ${group} (), or aggregate \`${label}\` away on the ${side}`
        : `aggregate \`${label}\` away on the ${side}, or match on it`,
  };
}
