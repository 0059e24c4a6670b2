import type { Candidate } from '../candidate.js';
import type { RuleSet } from '../rules/rule-set.js';
import type { LeftOut } from './codemod.js';

/** Names candidates as they come, in the order of the source: equal names are told apart by their number. */
export function placeKeys(): (candidate: Candidate) => string {
  const counts = new Map<string, number>();
  return ({ kind, className, name }) => {
    const base = `${kind} ${className ?? ''}.${name ?? ''}`;
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    return `${base} ${count}`;
  };
}

/** Rules that say nothing of some places; for the plan of one file, since places are told apart by their order. */
export function withoutPlaces(rules: RuleSet, leftOut: LeftOut): RuleSet {
  const keyOf = placeKeys();
  return {
    ...rules,
    decide(candidate, file) {
      const key = keyOf(candidate);
      return leftOut.has(key) ? undefined : rules.decide(candidate, file);
    },
  };
}
