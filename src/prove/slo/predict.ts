import { badSamples, Counted, type Course } from './course.js';
import type { Arm, Objective } from './objective.js';

/**
 * What an objective's rules have to say about a course, from arithmetic on the objective alone. For a share of bad events that jumps from
 * r0 to r and stays there, an arm with the threshold θ fires after
 *
 *     t = long × (θ − r0) / (r − r0)
 *
 * rounded up to evaluations, or when the long window holds as many bad events as the arm asks for, whichever is later. Courses with more
 * than one jump, and windows that are not full yet, follow from the same sums: what happened in a window divided by its length.
 * Windows include both of their ends up to Prometheus 2, and only the later one from Prometheus 3 on: a prediction holds for one of the
 * two, and is made for both wherever it becomes an assertion.
 */
export class Prediction {
  readonly #objective: Objective;
  readonly #course: Course;
  readonly #isOpen: boolean;
  readonly #counted: Counted;
  /** For each evaluation, sums of the base window's rates or of bad samples up to and including it. */
  readonly #sums: { readonly bad: number; readonly total: number }[] = [];
  readonly #slices: readonly boolean[];

  constructor(objective: Objective, course: Course, isOpen: boolean) {
    this.#objective = objective;
    this.#course = course;
    this.#isOpen = isOpen;
    this.#counted = new Counted(course.phases);
    this.#slices = objective.kind === 'time' ? badSamples(course.phases) : [];
  }

  /** Index of the sample at a time; negative before the first. */
  #sampleAt(time: number): number {
    return Math.floor((time - this.#course.lead) / this.#course.interval);
  }

  /** Events a second over a window; undefined where it holds no two samples. */
  #rate(window: number, at: number): { bad: number; total: number } | undefined {
    const { interval, lead, start: stand } = this.#course;
    const last = this.#sampleAt(at);
    const start = (at - window - lead) / interval;
    const first = Math.max(0, this.#isOpen ? Math.floor(start) + 1 : Math.ceil(start));
    if (last - first < 1) return undefined;
    const [from, to] = [this.#counted.upTo(first), this.#counted.upTo(last)];
    const sampled = (last - first) * interval;
    // As far as rate() extrapolates: to the start of the window where that is near, by half an interval where it is not, and not at all
    // before a first sample of 0. Behind the last sample there is never a gap.
    const missing = first * interval + lead - (at - window);
    const guessed = first === 0 && stand === 0 ? 0 : missing < 1.1 * interval ? missing : interval / 2;
    const scale = (sampled + guessed) / sampled / window;
    const bad = (to.bad - from.bad) * scale;
    return { bad, total: bad + (to.good - from.good) * scale };
  }

  /** Sums over all evaluations up to a time. */
  #sumUpTo(evaluation: number): { readonly bad: number; readonly total: number } {
    while (this.#sums.length <= evaluation) {
      const index = this.#sums.length;
      const before = this.#sums[index - 1] ?? { bad: 0, total: 0 };
      const here = this.#one(index * this.#course.pace);
      this.#sums.push({ bad: before.bad + here.bad, total: before.total + here.total });
    }
    return this.#sums[evaluation] ?? { bad: 0, total: 0 };
  }

  /** What one evaluation adds to the sums: a rate, or a sample. */
  #one(at: number): { readonly bad: number; readonly total: number } {
    if (this.#objective.kind !== 'time') return this.#rate(this.#objective.base, at) ?? { bad: 0, total: 0 };
    const isBad = this.#slices[this.#sampleAt(at)];
    return isBad === undefined ? { bad: 0, total: 0 } : { bad: isBad ? 1 : 0, total: 1 };
  }

  /** Sums over the evaluations in a window. */
  summed(window: number, at: number): { readonly bad: number; readonly total: number } {
    const { pace } = this.#course;
    const last = Math.floor(at / pace);
    const start = (at - window) / pace;
    const first = Math.max(0, this.#isOpen ? Math.floor(start) + 1 : Math.ceil(start));
    const to = this.#sumUpTo(last);
    const before = first === 0 ? { bad: 0, total: 0 } : this.#sumUpTo(first - 1);
    return { bad: to.bad - before.bad, total: to.total - before.total };
  }

  /** Bad and all events a second over a window, or bad and all evaluations in it. */
  measured(window: number, at: number): { readonly bad: number; readonly total: number } {
    const { kind } = this.#objective;
    if (kind === 'time' || (kind === 'events' && !this.#objective.direct.includes(window)))
      return this.summed(window, at);
    return this.#rate(window, at) ?? { bad: 0, total: 0 };
  }

  /** Share of bad events or of bad time; undefined where there was nothing. */
  ratio(window: number, at: number): number | undefined {
    const { bad, total } = this.measured(window, at);
    return total > 0 ? Math.max(0, bad) / total : undefined;
  }

  /** What an arm's long window counts. */
  count({ long }: Pick<Arm, 'long'>, at: number): number {
    const { kind, evaluationInterval } = this.#objective;
    const { bad } = this.measured(long, at);
    if (kind === 'time') return bad;
    return this.#objective.direct.includes(long) ? bad * long : bad * evaluationInterval;
  }

  /**
   * Whether an arm's conditions hold at a time.
   * @param margin what the comparisons have to be clear by, relative to their thresholds: above 0 to be sure that it holds, below 0 to
   * find all times at which it might
   */
  holds(arm: Arm, at: number, margin = 0): boolean {
    const [short, long] = [this.ratio(arm.short, at) ?? 0, this.ratio(arm.long, at) ?? 0];
    const threshold = arm.threshold * (1 + margin);
    if (!(short > threshold && long > threshold)) return false;
    // Looks are counted in whole numbers, events by way of rates.
    const least = this.#objective.kind === 'time' ? arm.least : arm.least * (1 + margin / 10);
    return arm.least === 0 || this.count(arm, at) >= least;
  }
}

/** Rounding in sums of rates is far below this, and a share that is asserted far above. */
const noise = 1e-6;

/** Predictions for both kinds of windows. */
export class Forecast {
  readonly both: readonly Prediction[];

  constructor(objective: Objective, course: Course) {
    this.both = [new Prediction(objective, course, false), new Prediction(objective, course, true)];
  }

  /** Whether one of the arms certainly holds. */
  fires(arms: readonly Arm[], at: number): boolean {
    return this.both.every((each) => arms.some((arm) => each.holds(arm, at, noise)));
  }

  /** Whether one of the arms might hold. */
  mayFire(arms: readonly Arm[], at: number): boolean {
    return this.both.some((each) => arms.some((arm) => each.holds(arm, at, -noise)));
  }

  /** The least and the largest of what both say about something. */
  band(value: (prediction: Prediction) => number | undefined): readonly [number, number] | undefined {
    const found = this.both.map(value);
    if (found.some((each) => each === undefined)) return undefined;
    const numbers = found.filter((each) => each !== undefined);
    return [Math.min(...numbers), Math.max(...numbers)];
  }
}
