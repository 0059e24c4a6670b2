import type { Rule } from '../../promql/rule.js';
import { endOf, rulesBehind } from '../dependencies.js';
import type { Mutant } from '../mutants/mutant.js';
import type { Check, Scenario } from '../scenario.js';
import type { Suite } from '../suite.js';
import type { Oracle } from './oracle.js';
import { canUnite, memberIn, unite, type Member } from './union.js';

/** What is expected of a mutant in a scenario. */
export interface Forecast {
  readonly member: Member;
  /** The first check that fails; undefined where none does. */
  readonly check: Check | undefined;
  /** Whether the broken rules cannot even be evaluated. */
  readonly broken: boolean;
}

/** A suite with what is asked again and again while its mutants are tried. */
export class Examination {
  readonly suite: Suite;
  /** The shortest first. */
  readonly scenarios: readonly Scenario[];
  /** How many mutants may run side by side. */
  readonly together: number;
  readonly #oracle: Oracle;
  readonly #behind = new Map<Check, ReadonlySet<Rule>>();
  /** Checks that the oracle takes for unmet although the rules are whole: about these it is not asked again. */
  readonly #misjudged = new Map<Scenario, ReadonlySet<Check>>();

  /** @param together how many mutants may run side by side, where the suite admits it */
  constructor(suite: Suite, oracle: Oracle, together: number) {
    this.suite = suite;
    this.scenarios = suite.scenarios.toSorted((a, b) => cost(a) - cost(b));
    this.together = canUnite(suite) ? together : 1;
    this.#oracle = oracle;
  }

  /** The mutants that can show in a scenario, with the checks that depend on the broken rule, in the order of their times. */
  membersFor(mutants: readonly Mutant[], scenario: Scenario): readonly Member[] {
    const checks = scenario.checks.toSorted((a, b) => a.at - b.at);
    return mutants
      .map((mutant) => ({ mutant, checks: checks.filter((check) => this.#decides(mutant, check)) }))
      .filter((member) => member.checks.length > 0);
  }

  /** What the oracle expects of mutants in a scenario. */
  foresee(scenario: Scenario, members: readonly Member[]): readonly Forecast[] {
    const known = this.#knownMistakes(scenario);
    const asked = members
      .map((member) => ({ member, checks: member.checks.filter((check) => !known.has(check)) }))
      .filter(({ checks }) => checks.length > 0);
    const found: Forecast[] = [];
    let open = asked;
    while (open.length > 0) {
      const union = unite(
        this.suite,
        scenario,
        open.map(({ member: { mutant }, checks }) => ({ mutant, checks })),
      );
      const { unmet, failure } = this.#oracle(union.groups, union.scenario);
      if (failure === undefined) {
        const failing = new Set(unmet);
        open.forEach(({ member, checks }, index) => {
          const at = (union.checks[index] ?? []).findIndex((check) => failing.has(check));
          found.push({ member, check: checks[at], broken: false });
        });
        break;
      }
      // One that cannot be evaluated hides the others; it is judged, and they are asked for again.
      const guilty = memberIn(failure.rule);
      const culprit = guilty === undefined ? undefined : open[guilty];
      if (culprit === undefined) break;
      const check = culprit.checks.find(({ at }) => at >= failure.at);
      found.push({ member: culprit.member, check, broken: true });
      open = open.filter((each) => each !== culprit);
    }
    return found;
  }

  /** Whether the oracle is wrong about a scenario with rules that are whole. */
  isMisjudged(scenario: Scenario): boolean {
    return this.#knownMistakes(scenario).size > 0;
  }

  #knownMistakes(scenario: Scenario): ReadonlySet<Check> {
    let found = this.#misjudged.get(scenario);
    if (found === undefined) {
      found = new Set(this.#oracle(this.suite.groups, scenario).unmet);
      this.#misjudged.set(scenario, found);
    }
    return found;
  }

  #decides({ place: [group, index] }: Mutant, check: Check): boolean {
    const rule = this.suite.groups[group]?.rules[index];
    if (rule === undefined) throw new Error('bug: a mutant of a rule that the suite does not hold');
    let found = this.#behind.get(check);
    if (found === undefined) {
      found = rulesBehind(check, this.suite.groups);
      this.#behind.set(check, found);
    }
    return found.has(rule);
  }
}

/** How long a scenario takes, compared with others: the evaluations that it asks for. */
function cost(scenario: Scenario): number {
  return endOf(scenario) / scenario.evaluationInterval;
}
