import type { RuleGroup } from '../../promql/rule.js';
import { endOf } from '../dependencies.js';
import type { Check, Scenario } from '../scenario.js';
import { simulate, unmet } from '../simulate.js';

/**
 * Foresees what promtool will say, in a fraction of the time: which checks of a scenario do not hold under these rules; and which rule
 * cannot be evaluated, from which time on, in seconds.
 */
export type Oracle = (
  groups: readonly RuleGroup[],
  scenario: Scenario,
) => {
  readonly unmet: readonly Check[];
  readonly failure: { readonly rule: string; readonly at: number } | undefined;
};

/** Foresees by running the rules over the scenario's series in memory. */
export const simulation: Oracle = (groups, scenario) => {
  const timeline = simulate(groups, scenario, endOf(scenario));
  return { unmet: unmet(timeline, scenario.checks), failure: timeline.failure };
};
