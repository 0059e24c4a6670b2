import type { FilePlan } from '../file/file-plan.js';
import type { RuleSet } from '../rules/rule-set.js';
import { chosenPlaces } from './chosen-places.js';
import type { LeftOut } from './codemod.js';

/**
 * Which places of a file to leave out so that some rules are applied alone: those that other rules choose, unless what these put there is
 * there already. A run takes everything out and puts it in anew, so what is not chosen again would be lost.
 */
export function placesOfOthers(
  rules: RuleSet,
  only: ReadonlySet<number>,
  planBy: (rules: RuleSet) => FilePlan,
): LeftOut {
  const { places } = chosenPlaces(rules, planBy);
  const others = places.filter(({ rule, placed }) => !only.has(rule) && placed?.isKept !== true);
  return new Set(others.map(({ key }) => key));
}
