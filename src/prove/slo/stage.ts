import type { Model, Slo } from '../../model/model.js';
import { burnAlert, noDataAlert } from '../../slo/names.js';
import type { Check, Scenario } from '../scenario.js';
import type { TestSeries } from '../series.js';
import { countersOf, flowsOf } from './counters.js';
import { lengthOf, traffic, type Course, type Phase } from './course.js';
import { gaugesOf, watched, type Watched } from './gauges.js';
import { objectiveOf, type Arm, type Objective } from './objective.js';
import { populations, type Population } from './population.js';
import { Forecast } from './predict.js';

export type Severity = Arm['severity'];

/** Paces and intervals to choose from, in seconds: each divides those that are longer, nearly always. */
export const paces = [1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** The longest of the usual paces that is no longer than a time; the shortest where none is. */
export function paceWithin(seconds: number): number {
  return paces.findLast((pace) => pace <= seconds) ?? 1;
}

/** Everything that the scenarios of one objective are made from. */
export class Stage {
  readonly model: Model;
  readonly objective: Objective;
  /** Kinds of events of no more than two groups; empty where time is watched. */
  readonly populations: readonly Population[];
  /** Gauges of no more than two groups; empty where events are counted. */
  readonly watched: readonly Watched[];
  /** Seconds between samples, short enough for rates over the shortest window. */
  readonly interval: number;
  /** Events between two samples: so many that a fifth of the budget is a hundred of them and no gate is in the way. */
  readonly volume: number;

  constructor(model: Model, slo: Slo) {
    this.model = model;
    this.objective = objectiveOf(model, slo);
    const { kind, windows, budget } = this.objective;
    this.populations = kind === 'time' ? [] : populations(model, slo);
    this.watched = kind === 'time' ? watched(model, slo) : [];
    this.interval = paceWithin(Math.min(60, (windows[0] ?? 300) / 4));
    this.volume = 10 ** Math.max(3, Math.ceil(Math.log10(500 / budget) - 1e-9));
  }

  /** The groups that the scenarios play with: none where the indicator cannot be fed. */
  get groups(): readonly ReadonlyMap<string, string>[] {
    return [...this.populations, ...this.watched].map(({ group }) => group);
  }

  /** The group that things happen to. */
  get group(): ReadonlyMap<string, string> {
    return this.groups[0] ?? new Map<string, string>();
  }

  /** Severities that there is an alert for, the urgent one first. */
  get severities(): readonly Severity[] {
    return (['page', 'ticket'] as const).filter((severity) => this.armsOf(severity).length > 0);
  }

  armsOf(severity: Severity): readonly Arm[] {
    return this.objective.arms.filter((arm) => arm.isAlerted && arm.severity === severity);
  }

  alertOf(severity: Severity): string {
    return burnAlert(this.objective.slo.name, severity);
  }

  get noData(): string | undefined {
    const { slo } = this.objective;
    return slo.alerting.noData === undefined ? undefined : noDataAlert(slo.name);
  }

  /**
   * A course at a pace. What is watched is looked at as often as it is sampled; what is counted is sampled as often as its rates need.
   * @param pace seconds between evaluations
   */
  course(pace: number, phases: readonly Phase[], interval = Math.min(pace, this.interval)): Course {
    const isWatched = this.objective.kind === 'time';
    const lead = Math.max(0, ...this.watched.map((each) => each.lead));
    return {
      interval: isWatched ? pace : interval,
      pace,
      lead: isWatched ? Math.ceil(lead / pace) * pace : 0,
      start: 0,
      phases,
    };
  }

  /**
   * As few samples as a rate needs that does not change: a year has many, and promtool refuses to read more than ten thousand for one
   * query. A user's own query reads raw series over any window, however long; all others read them over the base window at least.
   */
  sparse(pace: number, window: number): number {
    const { base, kind } = this.objective;
    const needed = paceWithin((kind === 'share' ? window / 4 : base) / 2);
    return (
      paces.findLast((each) => each <= needed && each >= this.interval && pace % each === 0) ?? this.interval
    );
  }

  /** How many samples a course at this pace has in so many seconds. */
  samples(pace: number, seconds: number, interval = Math.min(pace, this.interval)): number {
    return Math.round(seconds / (this.objective.kind === 'time' ? pace : interval));
  }

  /** A stretch of events or time with a share of bad ones. @param scale of the usual volume */
  phase(pace: number, seconds: number, share: number, scale = 1, interval?: number): Phase {
    return traffic(this.samples(pace, seconds, interval), Math.round(this.volume * scale), share);
  }

  /** The series of a group that follows a course. @param index 0 or 1 */
  series(course: Course, index = 0): readonly TestSeries[] {
    const [population, gauges] = [this.populations[index], this.watched[index]];
    if (population !== undefined)
      return countersOf(course.phases, flowsOf(population, course.phases), course.start);
    if (gauges !== undefined) return gaugesOf(gauges, course.phases, course.interval, course.lead);
    throw new Error('bug: a group that nothing is known about');
  }

  /** The same, spread over two instances, of which one does a quarter: sums see both. A user's own query may not expect them. */
  instances(course: Course): readonly TestSeries[] {
    const [population] = this.populations;
    const taken = new Set(
      population?.good.flatMap(({ grow }) => grow.flatMap(({ labels }) => [...labels.keys()])),
    );
    if (this.objective.kind !== 'events' || taken.has('instance')) return this.series(course);
    const quarter = course.phases.map(({ samples, good, bad }) => ({
      samples,
      good: Math.floor(good / 4),
      bad: Math.floor(bad / 4),
    }));
    const rest = course.phases.map(({ samples, good, bad }, index) => ({
      samples,
      good: good - (quarter[index]?.good ?? 0),
      bad: bad - (quarter[index]?.bad ?? 0),
    }));
    return [quarter, rest].flatMap((phases, index) =>
      this.series({ ...course, phases }).map((each) => ({
        ...each,
        labels: new Map([...each.labels, ['instance', `instance-${index + 1}`]]),
      })),
    );
  }

  /** The series of the second group, if there is one: healthy from the first moment to the last. */
  bystanders(course: Course): readonly TestSeries[] {
    if (this.groups.length < 2) return [];
    const samples = course.phases.reduce((sum, each) => sum + each.samples, 0);
    return this.series({ ...course, phases: [traffic(samples, this.volume, 0)] }, 1);
  }

  forecast(course: Course): Forecast {
    return new Forecast(this.objective, course);
  }

  /** Times of evaluation from the first sample on, to the end of a course. */
  times(course: Course): readonly number[] {
    const count = Math.floor(lengthOf(course) / course.pace);
    const first = Math.ceil(course.lead / course.pace);
    return Array.from({ length: count - first + 1 }, (_, index) => (first + index) * course.pace);
  }

  silent(severity: Severity, at: number, labels?: ReadonlyMap<string, string>): Check {
    return { kind: 'silent', alert: this.alertOf(severity), at, ...(labels !== undefined && { labels }) };
  }

  /** No alert on the budget fires. */
  allSilent(at: number): readonly Check[] {
    return this.severities.map((severity) => this.silent(severity, at));
  }

  /** The alert fires for the group that things happen to, and for no other. */
  firing(severity: Severity, at: number): Check {
    return { kind: 'firing', alert: this.alertOf(severity), at, groups: [this.group] };
  }

  scenario(
    name: string,
    because: string | undefined,
    { interval, pace }: Pick<Course, 'interval' | 'pace'>,
    series: readonly TestSeries[],
    checks: readonly Check[],
  ): Scenario {
    return { name, because, interval, evaluationInterval: pace, series, checks };
  }
}
