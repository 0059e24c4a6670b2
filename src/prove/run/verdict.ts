import type { Mutant } from '../mutants/mutant.js';

/** What became of a mutant. */
export type Verdict =
  /** A test fails: an assertion does not hold, or the broken rules cannot be evaluated. */
  | {
      readonly kind: 'killed';
      readonly by: 'assertion' | 'evaluation';
      readonly scenario: string;
      /** Seconds since its start. */
      readonly at: number;
    }
  | { readonly kind: 'survived'; readonly hint: string }
  | { readonly kind: 'equivalent'; readonly reason: string }
  /** promtool could not even run the test: a fault of obs-gen. */
  | { readonly kind: 'fault'; readonly text: string };

/** What became of a mutant, and how. */
export interface Trial {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  /** What was foreseen of a scenario and did not come about, or the other way round. */
  readonly disagreements: readonly string[];
}

/** What could be missing where a mutant survives. */
const hints: Readonly<Record<Mutant['kind'], string>> = {
  threshold: 'let a value lie between the two limits, and ask what fires',
  operator: 'ask at a value on either side of the limit, or exactly at it',
  window: 'ask at a time at which the two windows hold different samples',
  logic: 'let one of the conditions hold without the other',
  gate: 'let everything but the number of events, or the history, ask for the alert',
  matcher: 'add a series that only one of the two selectors reads',
  guard: 'ask while there is nothing to divide by, or nothing of the part',
  grouping: 'let two groups fare differently, and ask for each',
  severity: 'ask for the labels of the alert that fires',
  for: 'ask just before and just after the time that the alert has to wait',
  'keep-firing-for': 'ask just after the condition has ended',
  offset: 'let the past differ from the present',
  constant: 'ask for the value, in a band that the other one is outside of',
  function: 'add a second series to the group, or let the value change within the window',
  label: 'ask for the labels of the result',
};

/** The verdict on a mutant that no test noticed. @param isAsked whether any check depends on the broken rule */
export function unnoticed({ kind, equivalent }: Mutant, isAsked: boolean): Verdict {
  if (equivalent !== undefined) return { kind: 'equivalent', reason: equivalent };
  return { kind: 'survived', hint: isAsked ? hints[kind] : 'no check depends on the rule' };
}
