import type { Candidate } from '../candidate.js';
import type { Skip } from '../edit.js';
import type { FilePlan, PlacedInsertion } from '../file/file-plan.js';
import { placeName } from '../file/place-name.js';
import type { RuleSet } from '../rules/rule-set.js';
import { placeKeys } from './left-out.js';

/** A place that a rule chooses, and what came of it. */
export interface ChosenPlace {
  /** Tells it from the others of its file, however the file is laid out. */
  readonly key: string;
  /** As the summary names it. */
  readonly name: string;
  readonly rule: number;
  readonly candidate: Candidate;
  readonly placed: PlacedInsertion | undefined;
  readonly skip: Skip | undefined;
}

/** Plans a file and tells what came of each place that rules choose, in the order of the source. */
export function chosenPlaces(
  rules: RuleSet,
  planBy: (rules: RuleSet) => FilePlan,
): { readonly plan: FilePlan; readonly places: readonly ChosenPlace[] } {
  const keyOf = placeKeys();
  const chosen: {
    readonly key: string;
    readonly name: string;
    readonly rule: number;
    readonly candidate: Candidate;
  }[] = [];
  const plan = planBy({
    ...rules,
    decide(candidate, file) {
      const key = keyOf(candidate);
      const insertion = rules.decide(candidate, file);
      if (insertion !== undefined)
        chosen.push({ key, name: placeName(candidate), rule: insertion.rule, candidate });
      return insertion;
    },
  });
  const placed = new Map(plan.placed.map((each) => [each.choice, each]));
  const skipped = new Map(plan.skipped.map((each) => [each.choice, each]));
  const places = chosen.map((each, choice): ChosenPlace => {
    return { ...each, placed: placed.get(choice), skip: skipped.get(choice) };
  });
  return { plan, places };
}
