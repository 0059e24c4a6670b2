import type { Rule } from '../promql/rule.js';
import { selectors } from '../promql/walk.js';

/**
 * Rules by how long the chain of records is that they read: first those that read none of the others, then those that read only the
 * first, and so on; within a level in their order. A rule reads the rules before it only, as in a group.
 */
export function levels(rules: readonly Rule[]): readonly (readonly Rule[])[] {
  const found: Rule[][] = [];
  const levelOf = new Map<string, number>();
  for (const rule of rules) {
    const below = selectors(rule.expr).map(({ metric }) => levelOf.get(metric ?? '') ?? -1);
    const level = Math.max(-1, ...below) + 1;
    (found[level] ??= []).push(rule);
    if (rule.kind === 'record') levelOf.set(rule.record, Math.max(level, levelOf.get(rule.record) ?? level));
  }
  return found;
}
