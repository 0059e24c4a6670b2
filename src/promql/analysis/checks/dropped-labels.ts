import type { Aggregation } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';
import type { LabelSet } from '../labels.js';

function inWords(labels: ReadonlySet<string>): string {
  const list = [...labels].map((label) => `\`${label}\``);
  return list.length === 0 ? 'no labels are left' : `what is left is ${list.join(', ')}`;
}

/** OBS3140: what is grouped by has not been taken away further inside. */
export function droppedLabels(expr: Aggregation, inner: LabelSet | undefined): Finding | undefined {
  const { grouping } = expr;
  if (inner?.closed !== true || grouping?.mode !== 'by') return undefined;
  const index = grouping.labels.findIndex((label) => !inner.labels.has(label));
  const label = grouping.labels[index];
  if (label === undefined) return undefined;
  return {
    code: 'OBS3140',
    at: grouping.labelsAt?.[index] ?? placeOf(expr),
    message: `there is no label \`${label}\` here any more to group by`,
    help: `${inWords(inner.labels)}; keep \`${label}\` further inside, or take it out here`,
  };
}
