import type { Binary } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';
import type { LabelSet } from '../labels.js';
import type { Value } from '../value.js';

const lacks = (set: LabelSet | undefined, label: string): boolean =>
  set?.closed === true && !set.labels.has(label);

/** OBS3140: a label that is matched on is there on one side at least. */
export function droppedMatchLabels(expr: Binary, left: Value, right: Value): Finding | undefined {
  const { matching } = expr;
  if (matching?.mode !== 'on') return undefined;
  const index = matching.labels.findIndex((label) => lacks(left.labels, label) && lacks(right.labels, label));
  const label = matching.labels[index];
  if (label === undefined) return undefined;
  return {
    code: 'OBS3140',
    at: matching.labelsAt?.[index] ?? placeOf(expr),
    message: `neither side has a label \`${label}\` any more to match on`,
    help: `keep \`${label}\` in the aggregations on both sides, or take it out here`,
  };
}

/** A label that every series of one side has and none of the other, among those that are matched. */
export function oneSided(
  { matching }: Binary,
  left: LabelSet | undefined,
  right: LabelSet | undefined,
): { readonly label: string; readonly lacking: 'left' | 'right' } | undefined {
  const isMatched = (label: string): boolean =>
    matching === undefined || matching.labels.includes(label) === (matching.mode === 'on');
  for (const label of left?.sure ?? [])
    if (isMatched(label) && lacks(right, label)) return { label, lacking: 'right' };
  for (const label of right?.sure ?? [])
    if (isMatched(label) && lacks(left, label)) return { label, lacking: 'left' };
  return undefined;
}

/** OBS3141: two vectors can have labels in common. */
export function unmatchable(expr: Binary, left: Value, right: Value): Finding | undefined {
  const found = oneSided(expr, left.labels, right.labels);
  if (found === undefined) return undefined;
  const { label, lacking } = found;
  const [few, many] = lacking === 'left' ? [left, right] : [right, left];
  const shared = [...(few.labels?.labels ?? [])].filter((each) => many.labels?.labels.has(each));
  const group = lacking === 'left' ? 'group_right' : 'group_left';
  return {
    code: 'OBS3141',
    at: expr.opAt ?? placeOf(expr),
    message: `no series match: only the ${lacking === 'left' ? 'right' : 'left'} side has the label \`${label}\``,
    help:
      expr.matching === undefined
        ? `group both sides by the same labels, or write ${expr.op} on (${shared.join(', ')}) ${group} ()`
        : 'match on labels that both sides have',
  };
}
