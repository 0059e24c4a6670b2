import type { Expr } from '../../../promql/ast.js';
import { EvaluationError, type Value } from '../../../promql/evaluate/index.js';
import type { Labels } from '../../../promql/evaluate/labels.js';
import type { RuleGroup } from '../../../promql/rule.js';
import type { TestSeries } from '../../series.js';
import { simulate } from '../../simulate.js';
import type { Input } from './inputs.js';
import { chances } from './chances.js';
import { seriesOfInput, type Knob, type Phase, type Settings } from './knobs.js';
import { Memory } from './memory.js';
import type { Pace } from './pace.js';

/** Most evaluations that a search takes before it gives up. */
const mostTries = 600;
/** Tries for one side of a condition. */
const mostSideTries = 400;
/** Knobs that are set to 0 in all combinations. */
const mostFlows = 4;
/** Halvings after which two settings are next to each other. */
const halvings = 60;
/** How close to the limit a scenario goes, as a share of it. */
const margin = 0.02;

/** How series come to stand as they are asked about. */
export interface Course {
  /** What they were before, for as long as anything looks back; undefined: they have always been so. */
  readonly history: Settings | undefined;
  /** For how many samples they have been so. */
  readonly samples: number;
}

/** A condition that holds at one setting of a knob and not at another. */
export interface Edge {
  readonly course: Course;
  readonly knob: number;
  /** Far on either side. */
  readonly silent: Settings;
  readonly firing: Settings;
  /** As near to the limit as tests go. */
  readonly justSilent: Settings;
  readonly justFiring: Settings;
  /** On the limit, where it is a number that can be written. */
  readonly limit: Settings | undefined;
}

function isFlow(kind: Knob['kind'] | undefined): boolean {
  return kind === 'level' || kind === 'count';
}

/** The stretches of a course. */
export function phasesOf(
  { history, samples }: Course,
  settings: Settings,
  { settled }: Pace,
): readonly Phase[] {
  return [...(history === undefined ? [] : [{ samples: settled, settings: history }]), { samples, settings }];
}

export type Query = (expr: Expr, at: number) => Value;

/** Asks whether conditions hold where series stand still at some settings. */
export class Laboratory {
  readonly inputs: readonly Input[];
  readonly knobs: readonly Knob[];
  readonly #records: readonly RuleGroup[];
  readonly #pace: Pace;
  readonly #labelSets: Labels;
  readonly #memory: Memory;
  tries = 0;

  constructor(
    inputs: readonly Input[],
    knobs: readonly Knob[],
    groups: readonly RuleGroup[],
    pace: Pace,
    labelSets: Labels,
  ) {
    this.#labelSets = labelSets;
    this.#memory = new Memory(labelSets);
    this.inputs = inputs;
    this.knobs = knobs;
    this.#pace = pace;
    this.#records = groups
      .map((group) => ({ ...group, rules: group.rules.filter((rule) => rule.kind === 'record') }))
      .filter(({ rules }) => rules.length > 0);
  }

  /** Which of some conditions hold. */
  holds(settings: Settings, conditions: readonly Expr[], course: Course): readonly boolean[] {
    this.tries += 1;
    const phases = phasesOf(course, settings, this.#pace);
    const samples = phases.reduce((sum, phase) => sum + phase.samples, 0);
    const series = this.inputs.flatMap((input, index) => seriesOfInput(input, index, this.knobs, phases));
    const until = (samples - 1) * this.#pace.interval;
    const query = this.query(series, until);
    return conditions.map((condition) => {
      try {
        const value = query(condition, until);
        return value.kind === 'vector' && value.samples.length > 0;
      } catch (error) {
        if (error instanceof EvaluationError) return false;
        throw error;
      }
    });
  }

  /** Queries over series, and over what rules record from them until a time in seconds. */
  query(series: readonly TestSeries[], until: number): Query {
    return this.#records.length === 0
      ? this.#memory.over(series, this.#pace.interval)
      : this.#recorded(series, until);
  }

  /** Queries over what rules record from series. */
  #recorded(series: readonly TestSeries[], until: number): Query {
    const { interval } = this.#pace;
    const run = { interval, evaluationInterval: interval, series };
    const timeline = simulate(this.#records, run, until, this.#labelSets);
    return (expr, at) => timeline.query(expr, at);
  }

  /** Settings to begin from: the usual ones, those with nothing going on here or there, then others at random. */
  *starts(): Generator<Settings> {
    for (const slope of [0, 1, 2])
      yield this.knobs.map(
        ({ kind, positions }) => positions[kind === 'slope' ? slope : 0] ?? positions[0] ?? 0,
      );
    const flows = [...this.knobs.entries()].flatMap(([index, { kind, positions }]) =>
      positions.includes(0) && isFlow(kind) ? [index] : [],
    );
    for (let chosen = 1; chosen < 2 ** Math.min(flows.length, mostFlows); chosen += 1)
      yield this.knobs.map(({ positions }, index) => {
        const place = flows.indexOf(index);
        return place >= 0 && place < mostFlows && (chosen & (1 << place)) !== 0 ? 0 : (positions[0] ?? 0);
      });
    const chance = chances();
    for (;;) {
      yield this.knobs.map(({ kind, positions }) => {
        // Series are there unless nothing else helps, and gauges mostly stand still.
        const next = chance.next().value;
        if (kind === 'present' || (kind === 'slope' && next < 0.6)) return positions[0] ?? 0;
        return positions[Math.floor(chance.next().value * positions.length)] ?? 0;
      });
    }
  }

  /** Settings at which conditions hold and do not hold as wanted, after the same past or another one. */
  *find(
    conditions: readonly Expr[],
    wanted: readonly boolean[],
    { course, firing }: Edge,
  ): Generator<{ readonly settings: Settings; readonly course: Course }> {
    const fits = (settings: Settings, past: Course): boolean =>
      this.holds(settings, conditions, past).every((each, index) => each === wanted[index]);
    const end = this.tries + mostSideTries;
    const { history } = course;
    if (history !== undefined) {
      // Less of everything before, so that there was too little to compare with.
      for (const share of [1 / 64, 1 / 1024]) {
        const quieter = history.map((position, index) =>
          isFlow(this.knobs[index]?.kind) ? position * share : position,
        );
        const past = { ...course, history: quieter };
        if (fits(firing, past)) yield { settings: firing, course: past };
      }
      for (const [index, knob] of this.knobs.entries())
        for (const position of knob.positions.slice(0, 6)) {
          const past = { ...course, history: history.with(index, position) };
          if (this.tries < end && fits(firing, past)) yield { settings: firing, course: past };
        }
    }
    for (const start of this.starts()) {
      for (const [index, knob] of this.knobs.entries()) {
        for (const position of knob.positions) {
          if (this.tries >= end) return;
          const settings = start.with(index, position);
          if (fits(settings, course)) yield { settings, course };
        }
      }
    }
  }

  /**
   * Where a condition begins to hold, in several ways. Series that stand still are tried before those that change, since what compares
   * with the past or looks for what has ended holds for a while only; where there is an offset it is the other way round.
   */
  *edges(condition: Expr): Generator<Edge> {
    const { settled, pending, ranges, interval } = this.#pace;
    const still: Course = { history: undefined, samples: settled + 2 };
    const history = this.#quietHistory(condition, still);
    const changes = ranges.flatMap((seconds): Course[] =>
      history === undefined ? [] : [{ history, samples: Math.ceil(seconds / interval) + pending + 2 }],
    );
    for (const course of this.#pace.looksAside ? [...changes, still] : [still, ...changes]) {
      const found = this.#along(condition, course);
      if (found !== undefined) yield found;
    }
  }

  /** Settings that series can have had for long without anything happening. */
  #quietHistory(condition: Expr, still: Course): Settings | undefined {
    const end = this.tries + 40;
    for (const start of this.starts()) {
      if (this.tries >= end) return undefined;
      if (this.holds(start, [condition], still)[0] !== true) return start;
    }
    return undefined;
  }

  /** The knobs of values are turned first, whether a series is there last. */
  #along(condition: Expr, course: Course): Edge | undefined {
    const order = ['level', 'place', 'count', 'slope', 'present'];
    const knobs = [...this.knobs.keys()].sort(
      (a, b) => order.indexOf(this.knobs[a]?.kind ?? '') - order.indexOf(this.knobs[b]?.kind ?? ''),
    );
    const end = this.tries + mostTries;
    for (const start of this.starts()) {
      for (const knob of knobs) {
        if (this.tries >= end) return undefined;
        const found = this.#alongKnob(condition, start, knob, course);
        if (found !== undefined) return this.#narrowed(condition, knob, found, course);
      }
    }
    return undefined;
  }

  /** Two neighbouring positions of a knob on either side of the limit. */
  #alongKnob(
    condition: Expr,
    start: Settings,
    knob: number,
    course: Course,
  ): { readonly silent: Settings; readonly firing: Settings } | undefined {
    const positions = [...(this.knobs[knob]?.positions ?? [])].sort((a, b) => a - b);
    let before: { readonly settings: Settings; readonly holds: boolean } | undefined;
    for (const position of positions) {
      const settings = start.with(knob, position);
      const [holds = false] = this.holds(settings, [condition], course);
      if (before !== undefined && before.holds !== holds)
        return holds
          ? { silent: before.settings, firing: settings }
          : { silent: settings, firing: before.settings };
      before = { settings, holds };
    }
    return undefined;
  }

  #narrowed(
    condition: Expr,
    knob: number,
    found: { readonly silent: Settings; readonly firing: Settings },
    course: Course,
  ): Edge {
    const coarse: Edge = {
      course,
      knob,
      ...found,
      justSilent: found.silent,
      justFiring: found.firing,
      limit: undefined,
    };
    const kind = this.knobs[knob]?.kind;
    if (kind === 'present' || kind === 'count') return coarse;
    const [farSilent, farFiring] = [found.silent[knob] ?? 0, found.firing[knob] ?? 0];
    let [silent, firing] = [farSilent, farFiring];
    const holdsAt = (position: number): boolean =>
      this.holds(found.silent.with(knob, position), [condition], course)[0] === true;
    for (
      let count = 0;
      count < halvings && Math.abs(silent - firing) > 1e-12 * Math.abs(firing);
      count += 1
    ) {
      const middle = (silent + firing) / 2;
      if (holdsAt(middle)) firing = middle;
      else silent = middle;
    }
    // One side that is a single value, such as 0 for a state: there is no limit to come near to.
    const isSingle = (position: number, other: number, holds: boolean): boolean => {
      const beyond = position + (position - other) * margin;
      const input = this.inputs[this.knobs[knob]?.input ?? 0];
      const [low, high] = input?.kind === 'gauge' ? input.range : [0, Infinity];
      return position === 0 || beyond < low || beyond > high || holdsAt(beyond) !== holds;
    };
    if (silent === farSilent && isSingle(farSilent, farFiring, false)) return coarse;
    if (firing === farFiring && isSingle(farFiring, farSilent, true)) return coarse;
    const limit = Number(((silent + firing) / 2).toPrecision(9));
    const towards = Math.sign(farFiring - farSilent);
    const distance =
      kind === 'place' ? margin : Math.max(Math.abs(limit) * margin, Math.abs(farFiring - farSilent) * 1e-6);
    const isCounter = this.inputs[this.knobs[knob]?.input ?? 0]?.kind !== 'gauge';
    const near = (position: number): number =>
      isCounter && kind !== 'place' ? onGrid(position, distance) : rounded(position, distance);
    const [justSilent, justFiring] = [near(limit - towards * distance), near(limit + towards * distance)];
    const isSharp = !holdsAt(justSilent) && holdsAt(justFiring);
    const nearest = rounded(limit, distance / 100);
    return {
      ...coarse,
      ...(isSharp && {
        justSilent: found.silent.with(knob, justSilent),
        justFiring: found.silent.with(knob, justFiring),
      }),
      limit:
        isSharp && kind === 'level' && Math.abs(nearest - limit) <= 1e-9 * Math.abs(limit)
          ? found.silent.with(knob, nearest)
          : undefined,
    };
  }
}

/** A number that is short to write and not far from another. */
function rounded(value: number, distance: number): number {
  const digits = Math.max(0, Math.ceil(-Math.log10(distance / 2)));
  return Number(value.toFixed(Math.min(digits, 15)));
}

/** A multiple of a power of two, so that adding it up again and again loses nothing. */
function onGrid(value: number, distance: number): number {
  const unit = 2 ** Math.min(0, Math.floor(Math.log2(distance / 2)));
  return Math.round(value / unit) * unit;
}
