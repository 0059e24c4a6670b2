import type { Binary } from '../../ast.js';
import { ambiguousMatch } from '../checks/ambiguous-match.js';
import { includedLabels } from '../checks/included-labels.js';
import { droppedMatchLabels, unmatchable } from '../checks/unmatchable.js';
import { adding, closedSet, common, dropping, keeping, type LabelSet } from '../labels.js';
import type { Scope } from '../scope.js';
import type { Value } from '../value.js';

function included(many: LabelSet, one: LabelSet | undefined, labels: readonly string[]): LabelSet {
  let found = many;
  for (const label of labels) found = adding(found, label, one?.sure.has(label) ?? false);
  return found;
}

function labelsOf({ matching }: Binary, left: Value, right: Value): LabelSet | undefined {
  if (left.kind === 'scalar') return right.labels;
  if (right.kind === 'scalar') return left.labels;
  if (matching?.group !== undefined) {
    const [many, one] = matching.group.side === 'left' ? [left, right] : [right, left];
    return many.labels && included(many.labels, one.labels, matching.group.include);
  }
  if (matching?.mode === 'on') {
    const sure = keeping(left.labels ?? right.labels, matching.labels).sure;
    return closedSet(matching.labels, sure);
  }
  if (matching?.mode === 'ignoring') return left.labels && dropping(left.labels, matching.labels);
  return common(left.labels, right.labels);
}

/** The labels of what two vectors become, series by series; reports where they cannot be matched. */
export function matched(
  scope: Scope,
  expr: Binary,
  left: Value,
  right: Value,
): { readonly labels: LabelSet | undefined; readonly isFaulty: boolean } {
  if (left.kind === 'scalar' || right.kind === 'scalar') {
    return { labels: labelsOf(expr, left, right), isFaulty: false };
  }
  const fault =
    droppedMatchLabels(expr, left, right) ??
    unmatchable(expr, left, right) ??
    ambiguousMatch(expr, left, right, scope.environment) ??
    includedLabels(expr, left, right, scope.environment);
  scope.report(fault);
  return { labels: labelsOf(expr, left, right), isFaulty: fault !== undefined };
}
