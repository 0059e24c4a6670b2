import type { Rule, RuleGroup } from '../../promql/rule.js';
import { selectors } from '../../promql/walk.js';

/** Of groups, the records that rules read, records of records included, in their order; groups that none is left of are left out. */
export function recordsBehind(groups: readonly RuleGroup[], rules: readonly Rule[]): readonly RuleGroup[] {
  const records = groups.flatMap((group) => group.rules).filter((rule) => rule.kind === 'record');
  const used = new Set<Rule>();
  let open = rules;
  while (open.length > 0) {
    const read = new Set(open.flatMap(({ expr }) => selectors(expr).map(({ metric }) => metric)));
    open = records.filter((rule) => !used.has(rule) && read.has(rule.record));
    for (const rule of open) used.add(rule);
  }
  return groups
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => used.has(rule)) }))
    .filter((group) => group.rules.length > 0);
}
