import { setImmediate } from 'node:timers/promises';
import { mutantsOf, type Mutant } from '../mutants/index.js';
import type { Scenario } from '../scenario.js';
import type { Suite } from '../suite.js';
import { Examination, type Forecast } from './examination.js';
import { Laboratory, type Answer } from './laboratory.js';
import type { Oracle } from './oracle.js';
import { inParallel } from './pool.js';
import type { Program } from './programs.js';
import type { RunOptions } from './rule-tests.js';
import { withFolder } from './temporary.js';
import type { Member } from './union.js';
import { unnoticed, type Trial, type Verdict } from './verdict.js';

/** So many mutants run side by side at most. */
const mostTogether = 48;

/** So many of those whose first failing check is known: they run until the last of these, which is not to be much later than the first. */
const confirmedTogether = 16;

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** The trials of all mutants of one suite. */
class SuiteTrial {
  readonly #examination: Examination;
  readonly #laboratory: Laboratory;
  readonly #tell: (ended: number) => void;
  readonly #mutants: readonly Mutant[];
  readonly #verdicts = new Map<Mutant, Verdict>();
  readonly #disagreements = new Map<Mutant, string[]>();

  constructor(examination: Examination, laboratory: Laboratory, tell: (ended: number) => void) {
    this.#examination = examination;
    this.#laboratory = laboratory;
    this.#tell = tell;
    this.#mutants = mutantsOf(examination.suite);
  }

  get size(): number {
    return this.#mutants.length;
  }

  /**
   * Foresees who is noticed in which scenario, the shortest first, and lets promtool confirm it on the check that is expected to fail.
   * Whoever is left survives: nothing counts as noticed that promtool has not noticed. Where the forecast cannot be relied on, because it
   * was wrong about the mutant or is about rules that are whole, promtool is asked about all that is left.
   */
  async run(): Promise<readonly Trial[]> {
    const { scenarios, together } = this.#examination;
    const asked = new Set<Mutant>();
    for (const scenario of scenarios) {
      const members = this.#examination.membersFor(this.#open(), scenario);
      for (const { mutant } of members) asked.add(mutant);
      const forecasts: Forecast[] = [];
      for (const some of chunks(members, together)) {
        forecasts.push(...this.#examination.foresee(scenario, some));
        // Simulating holds everything else up: let the programs that have ended be heard.
        await setImmediate();
      }
      await this.#confirm(scenario, forecasts);
    }
    for (const scenario of scenarios) {
      const isMisjudged = this.#examination.isMisjudged(scenario);
      const left = this.#open().filter(
        (mutant) => mutant.equivalent === undefined && (isMisjudged || this.#disagreements.has(mutant)),
      );
      for (const some of chunks(this.#examination.membersFor(left, scenario), together))
        await this.#sweep(scenario, some);
    }
    return this.#mutants.map((mutant) => ({
      mutant,
      verdict: this.#verdicts.get(mutant) ?? unnoticed(mutant, asked.has(mutant)),
      disagreements: this.#disagreements.get(mutant) ?? [],
    }));
  }

  #open(): readonly Mutant[] {
    return this.#mutants.filter((mutant) => !this.#verdicts.has(mutant));
  }

  async #confirm(scenario: Scenario, forecasts: readonly Forecast[]): Promise<void> {
    const expected = forecasts
      .flatMap(({ member: { mutant }, check, broken }) =>
        check === undefined ? [] : [{ mutant, check, broken }],
      )
      .sort((a, b) => a.check.at - b.check.at);
    const whole = chunks(
      expected.filter(({ broken }) => !broken),
      Math.min(this.#examination.together, confirmedTogether),
    );
    // One that cannot be evaluated ends the run for all.
    const broken = expected.filter((each) => each.broken).map((each) => [each]);
    for (const some of [...whole, ...broken]) {
      const members = some.map(({ mutant, check }) => ({ mutant, checks: [check] }));
      const answers = await this.#laboratory.ask(this.#examination.suite, scenario, members);
      some.forEach(({ mutant, check }, index) => {
        if (this.#note(mutant, scenario, answers[index])) return;
        this.#disagree(mutant, `${scenario.name}: was to fail at ${check.at} s and does not`);
      });
    }
  }

  async #sweep(scenario: Scenario, members: readonly Member[]): Promise<void> {
    const answers = await this.#laboratory.ask(this.#examination.suite, scenario, members);
    members.forEach(({ mutant }, index) => {
      const answer = answers[index];
      if (this.#note(mutant, scenario, answer) && answer?.kind === 'failed')
        this.#disagree(mutant, `${scenario.name}: fails at ${answer.at} s, which was not foreseen`);
    });
  }

  /** Keeps what an answer decides; false where it decides nothing. */
  #note(mutant: Mutant, { name }: Scenario, answer: Answer | undefined): boolean {
    if (answer === undefined || answer.kind === 'passed') return false;
    const verdict: Verdict =
      answer.kind === 'fault' ? answer : { kind: 'killed', by: answer.by, at: answer.at, scenario: name };
    this.#verdicts.set(mutant, verdict);
    this.#tell(this.#verdicts.size);
    return true;
  }

  #disagree(mutant: Mutant, text: string): void {
    this.#disagreements.set(mutant, [...(this.#disagreements.get(mutant) ?? []), `${mutant.id}: ${text}`]);
  }
}

/**
 * Breaks the rules of suites in every way that is known, and looks whether a test notices. The suites have to pass as they are.
 * @param oracle picks the check to try
 */
export async function tryMutants(
  promtool: Program,
  suites: readonly Suite[],
  oracle: Oracle,
  { jobs, signal, onProgress }: RunOptions,
): Promise<readonly Trial[]> {
  return withFolder(async (folder) => {
    const laboratory = new Laboratory(promtool, folder, signal);
    const ended = new Map<Suite, number>();
    let total = 0;
    const trials = suites.map((suite) => {
      const tell = (count: number): void => {
        ended.set(suite, count);
        const done = [...ended.values()].reduce((sum, each) => sum + each, 0);
        onProgress?.({ done, total, what: suite.subject });
      };
      return {
        suite,
        tell,
        trial: new SuiteTrial(new Examination(suite, oracle, mostTogether), laboratory, tell),
      };
    });
    total = trials.reduce((sum, { trial }) => sum + trial.size, 0);
    // The largest first, so that no processor is left alone with it at the end.
    const order = trials.toSorted((a, b) => b.trial.size - a.trial.size);
    const found = new Map<Suite, readonly Trial[]>();
    await inParallel(order, jobs, async ({ suite, trial, tell }) => {
      tell(0);
      found.set(suite, await trial.run());
      tell(trial.size);
    });
    return suites.flatMap((suite) => found.get(suite) ?? []);
  });
}
