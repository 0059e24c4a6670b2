import type { Expr } from '../../../promql/ast.js';
import { EvaluationError } from '../../../promql/evaluate/index.js';
import { mutantsOf, type Mutant } from '../../mutants/index.js';
import type { Check, Scenario } from '../../scenario.js';
import { notation } from '../../series.js';
import { simulate, unmet } from '../../simulate.js';
import { firing, showsValue, silent } from '../subject.js';
import { identity } from './beyond.js';
import { Troupe } from './cast.js';
import type { Arrangement } from './director.js';
import { Specialist } from './specialist.js';
import { played, scenario, type Stage } from './stage.js';
import type { Edge, Laboratory, Query } from './search.js';
import type { Labels } from '../rows.js';

/** Arrangements that are tried; where each takes thousands of samples, fewer. */
function mostTries({ pace: { settled } }: Stage): number {
  return settled > 1_000 ? 250 : settled > 300 ? 700 : 1_500;
}

/** An arrangement in which some broken rules come to another result than the alert. */
interface Witness extends Arrangement {
  readonly tells: ReadonlySet<Mutant>;
}

const texts = new WeakMap<Labels, string>();

/** Labels as one text, whatever their order; made once for each set that an evaluation knows. */
function textOf(labels: Labels): string {
  const known = texts.get(labels);
  if (known !== undefined) return known;
  const made = JSON.stringify([...labels].sort(([a], [b]) => (a < b ? -1 : 1)));
  texts.set(labels, made);
  return made;
}

/** Who is in the result of an expression, empty where nobody is; with their values, as far as a text would show them, where these matter. */
function results(query: Query, expr: Expr, at: number, values = false): string {
  try {
    const value = query(expr, at);
    if (value.kind === 'scalar') return 'scalar';
    return value.samples
      .map(({ labels, value }) => (values ? `${textOf(labels)} ${value.toPrecision(3)}` : textOf(labels)))
      .sort()
      .join();
  } catch (error) {
    if (error instanceof EvaluationError) return 'error';
    throw error;
  }
}

function brokenExpr({ groups, place: [group, rule] }: Mutant): Expr | undefined {
  return groups[group]?.rules[rule]?.expr;
}

/** What holds of a rule of which one part might be another: "`a` became `b`" is "`a` is meant, not `b`". */
function meant(what: string): string {
  const became = /^(`.*`) became (`[^`]*`)(.*)$/.exec(what);
  if (became !== null) return `${became[1] ?? ''} is meant${became[3] ?? ''}, not ${became[2] ?? ''}`;
  return what.replace(' was dropped', ' matters').replace(' was left out of', ' matters in');
}

/** The labels that tell those who fire from each other. */
function told(fired: readonly Labels[]): readonly Labels[] {
  const labels = [...new Set(fired.flatMap((each) => [...each.keys()]))].sort();
  const telling = labels.filter((label) => new Set(fired.map((each) => each.get(label))).size > 1);
  return fired.map(
    (each) =>
      new Map(
        telling.flatMap((label): [string, string][] => {
          const value = each.get(label);
          return value === undefined ? [] : [[label, value]];
        }),
      ),
  );
}

/** Looks for series under which the alert does something else than if one part of its condition were another. */
class Search {
  readonly #stage: Stage;
  readonly #laboratory: Laboratory;
  readonly #director: Specialist;
  readonly #showsValue: boolean;
  #open: Mutant[];
  /** Whom an arrangement told from the alert when it was looked at first: chance comes to the same again and again. */
  readonly #told = new Map<string, ReadonlySet<Mutant>>();
  readonly scenarios: Scenario[] = [];

  constructor(
    stage: Stage,
    laboratory: Laboratory,
    edge: Edge,
    constants: readonly number[],
    known: readonly Scenario[],
  ) {
    this.#stage = stage;
    this.#laboratory = laboratory;
    this.#showsValue = showsValue(stage.rule);
    this.#director = new Specialist(stage, edge, new Troupe(stage, constants), ({ series, samples }) => {
      const end = (samples - 1) * stage.pace.interval;
      return results(laboratory.query(series, end), stage.rule.expr, end) !== '';
    });
    this.#open = this.#unnoticed(known);
  }

  run(): readonly Scenario[] {
    const witnesses: Witness[] = [];
    let tries = 0;
    const look = (arrangement: Arrangement): void => {
      tries += 1;
      const tells = this.#tells(arrangement);
      if (tells.size === 0) return;
      witnesses.push({ ...arrangement, tells });
    };
    for (const shapes of [this.#director.orderly(), this.#director.special()]) {
      if (this.#open.length === 0) return this.scenarios;
      witnesses.length = 0;
      for (const arrangement of shapes) look(arrangement);
      this.#choose(witnesses);
    }
    const most = tries + mostTries(this.#stage);
    while (this.#open.length > 0 && tries < most) {
      witnesses.length = 0;
      for (let count = 0; count < 50 && tries < most; count += 1) look(this.#director.byChance());
      this.#choose(witnesses);
    }
    return this.scenarios;
  }

  #breaking(known: readonly Scenario[]): readonly Mutant[] {
    const { rule, groups } = this.#stage;
    const example = scenario(this.#stage, '', this.#director.everybody().series, []);
    return mutantsOf({
      id: rule.alert,
      subject: rule.alert,
      ruleFile: '',
      groups,
      scenarios: [...known, example],
      untested: [],
    }).filter(
      ({ equivalent, place: [group, index] }) =>
        equivalent === undefined && groups[group]?.rules[index] === rule,
    );
  }

  /** What the scenarios that there are do not tell from the alert, judged by its condition at the times of their checks. */
  #unnoticed(known: readonly Scenario[]): Mutant[] {
    const { rule } = this.#stage;
    let open = this.#breaking(known).filter(
      (mutant) => JSON.stringify(brokenExpr(mutant)) !== JSON.stringify(rule.expr),
    );
    for (const { series, checks } of known) {
      const query = this.#laboratory.query(series, Math.max(0, ...checks.map(({ at }) => at)));
      for (const check of checks)
        open = open.filter((mutant) => {
          const expr = brokenExpr(mutant);
          return expr !== undefined && !this.#isNoticed(check, query, expr);
        });
    }
    return open;
  }

  #isNoticed({ kind, at }: Check, query: Query, expr: Expr): boolean {
    const { rule, pace } = this.#stage;
    switch (kind) {
      case 'firing':
        return results(query, expr, at) === '';
      case 'identity':
        return this.#showsValue && results(query, expr, at, true) !== results(query, rule.expr, at, true);
      case 'silent': {
        const since = at - pace.pending * pace.interval;
        if (since < 0) return false;
        for (let time = at; time >= since; time -= pace.interval)
          if (results(query, expr, time) === '') return false;
        return true;
      }
      case 'query':
        return false;
    }
  }

  #tells(arrangement: Arrangement): ReadonlySet<Mutant> {
    const series = arrangement.series
      .map(({ metric, labels, segments }) => `${metric} ${textOf(labels)} ${notation(segments)}`)
      .join('\n');
    const text = `${arrangement.samples} ${series}`;
    const known = this.#told.get(text);
    if (known !== undefined) return new Set(this.#open.filter((mutant) => known.has(mutant)));
    const tells = this.#compared(arrangement);
    this.#told.set(text, tells);
    return tells;
  }

  #compared({ series, samples }: Arrangement): ReadonlySet<Mutant> {
    const { rule, pace } = this.#stage;
    const end = (samples - 1) * pace.interval;
    const query = this.#laboratory.query(series, end);
    const own = results(query, rule.expr, end, this.#showsValue);
    return new Set(
      this.#open.filter((mutant) => {
        const expr = brokenExpr(mutant);
        return expr !== undefined && results(query, expr, end, this.#showsValue) !== own;
      }),
    );
  }

  /** Makes scenarios of the arrangements that tell most, as long as they tell something new. */
  #choose(witnesses: readonly Witness[]): void {
    let left = [...witnesses];
    let failures = 0;
    while (this.#open.length > 0 && failures < 40) {
      const open = new Set(this.#open);
      const worth = ({ tells, samples }: Witness): number =>
        [...tells].filter((each) => open.has(each)).length - samples / 1e6;
      left = left.filter((each) => worth(each) > 0).sort((a, b) => worth(b) - worth(a));
      const best = left.shift();
      if (best === undefined) return;
      if (!this.#adopt(best)) failures += 1;
    }
  }

  #adopt({ series, samples, tells }: Witness): boolean {
    const { rule, pace } = this.#stage;
    const end = (samples - 1) * pace.interval;
    const timeline = played(this.#stage, series, samples - 1);
    if (timeline.failure !== undefined) return false;
    const fired = timeline.firing(rule.alert, end);
    const said = fired.length === 0 || !this.#showsValue ? undefined : identity(this.#stage, timeline, end);
    const checks: Check[] = [
      fired.length === 0 ? silent(rule, end) : firing(rule, end, ...told(fired)),
      ...(said === undefined || typeof said === 'string' ? [] : [said]),
    ];
    if (unmet(timeline, checks).length > 0) return false;
    const run = { interval: pace.interval, evaluationInterval: pace.interval, series };
    const noticed = this.#open.filter(
      (mutant) =>
        tells.has(mutant) &&
        unmet(simulate(mutant.groups, run, end, this.#stage.labelSets), checks).length > 0,
    );
    const [first] = noticed;
    if (first === undefined) return false;
    this.#open = this.#open.filter((each) => !noticed.includes(each));
    const whats = [...new Set(noticed.map(({ what }) => what))];
    const does = fired.length === 0 ? 'silent' : 'fires';
    this.scenarios.push(
      scenario(
        this.#stage,
        this.#unused(`${does}: ${meant(first.what)}`),
        series,
        checks,
        whats.length > 1 ? `It would be otherwise if ${whats.join('; or if ')}.` : undefined,
      ),
    );
    return true;
  }

  #unused(name: string): string {
    const isUsed = (one: string): boolean =>
      this.scenarios.some((each) => each.name === `${this.#stage.rule.alert}: ${one}`);
    let found = name;
    for (let count = 2; isUsed(found); count += 1) found = `${name} (${count})`;
    return found;
  }
}

/**
 * Scenarios that tell the alert from one that was written a little differently: another aggregation, a matcher or a condition left out,
 * another window or limit. Each shows what the alert does, and names what would do something else.
 * @param known the scenarios that there are already: what these tell is not shown again
 */
export function decisive(
  stage: Stage,
  laboratory: Laboratory,
  edge: Edge,
  constants: readonly number[],
  known: readonly Scenario[],
): readonly Scenario[] {
  return new Search(stage, laboratory, edge, constants, known).run();
}
