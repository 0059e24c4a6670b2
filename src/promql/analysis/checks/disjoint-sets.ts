import type { Binary } from '../../ast.js';
import { placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';
import { oneSided } from './unmatchable.js';

/** OBS3150: `and` and `unless` compare series that can have the same labels. */
export function disjointSets(expr: Binary, left: Value, right: Value): Finding | undefined {
  if (expr.op === 'or') return undefined;
  const found = oneSided(expr, left.labels, right.labels);
  if (found === undefined) return undefined;
  const { label, lacking } = found;
  const shared = [...(left.labels?.labels ?? [])].filter((each) => right.labels?.labels.has(each));
  return {
    code: 'OBS3150',
    at: expr.opAt ?? placeOf(expr),
    message:
      expr.op === 'and'
        ? `\`and\` lets nothing pass: only the ${lacking === 'left' ? 'right' : 'left'} side has the label \`${label}\``
        : `\`unless\` takes nothing away: only the ${lacking === 'left' ? 'right' : 'left'} side has the label \`${label}\``,
    help:
      expr.matching === undefined
        ? `say which labels count: ${expr.op} on (${shared.join(', ')})`
        : 'match on labels that both sides have',
  };
}
